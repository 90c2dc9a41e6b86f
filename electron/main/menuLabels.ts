import type { Language } from '#shared/model/settings'

export interface MenuLabels {
  readonly connection: string
  readonly newConnection: string
  readonly settings: string
  readonly quit: string
  readonly edit: string
  readonly undo: string
  readonly redo: string
  readonly cut: string
  readonly copy: string
  readonly paste: string
  readonly selectAll: string
  readonly find: string
  readonly messages: string
  readonly publish: string
  readonly subscribe: string
  readonly probe: string
  readonly clearMessages: string
  readonly view: string
  readonly actualSize: string
  readonly zoomIn: string
  readonly zoomOut: string
  readonly fullScreen: string
  readonly developerTools: string
  readonly window: string
  readonly minimize: string
  readonly close: string
}

export const menuLabels: Readonly<Record<Language, MenuLabels>> = {
  en: {
    connection: '&Connection',
    newConnection: 'New Connection',
    settings: 'Settings…',
    quit: 'Quit Topicscope',
    edit: '&Edit',
    undo: 'Undo',
    redo: 'Redo',
    cut: 'Cut',
    copy: 'Copy',
    paste: 'Paste',
    selectAll: 'Select All',
    find: 'Find',
    messages: '&Messages',
    publish: 'Publish…',
    subscribe: 'Subscribe…',
    probe: 'Probe a Filter…',
    clearMessages: 'Clear Messages',
    view: '&View',
    actualSize: 'Actual Size',
    zoomIn: 'Zoom In',
    zoomOut: 'Zoom Out',
    fullScreen: 'Full Screen',
    developerTools: 'Developer Tools',
    window: '&Window',
    minimize: 'Minimize',
    close: 'Close',
  },
  'zh-CN': {
    connection: '连接(&C)',
    newConnection: '新建连接',
    settings: '设置…',
    quit: '退出 Topicscope',
    edit: '编辑(&E)',
    undo: '撤销',
    redo: '重做',
    cut: '剪切',
    copy: '复制',
    paste: '粘贴',
    selectAll: '全选',
    find: '查找',
    messages: '消息(&M)',
    publish: '发布…',
    subscribe: '订阅…',
    probe: '试探过滤器…',
    clearMessages: '清空消息',
    view: '视图(&V)',
    actualSize: '实际大小',
    zoomIn: '放大',
    zoomOut: '缩小',
    fullScreen: '全屏',
    developerTools: '开发者工具',
    window: '窗口(&W)',
    minimize: '最小化',
    close: '关闭',
  },
  'zh-TW': {
    connection: '連線(&C)',
    newConnection: '新增連線',
    settings: '設定…',
    quit: '結束 Topicscope',
    edit: '編輯(&E)',
    undo: '復原',
    redo: '重做',
    cut: '剪下',
    copy: '複製',
    paste: '貼上',
    selectAll: '全選',
    find: '尋找',
    messages: '訊息(&M)',
    publish: '發布…',
    subscribe: '訂閱…',
    probe: '試探篩選器…',
    clearMessages: '清除訊息',
    view: '檢視(&V)',
    actualSize: '實際大小',
    zoomIn: '放大',
    zoomOut: '縮小',
    fullScreen: '全螢幕',
    developerTools: '開發人員工具',
    window: '視窗(&W)',
    minimize: '最小化',
    close: '關閉',
  },
}
