import { Menu, type MenuItemConstructorOptions } from 'electron'
import type { MenuAction } from '#shared/contract'
import type { Language } from '#shared/model/settings'
import { menuLabels, type MenuLabels } from './menuLabels'

export interface MenuOptions {
  readonly language: Language
  readonly isMac: boolean
  readonly onAction: (action: MenuAction) => void
}

/**
 * Shortcuts of the menu. The page listens to none of them: it hears `menu.chosen`. None is a key of text editing, and
 * reloading has none, because it would empty the message log.
 */
export const menuShortcuts: Readonly<Record<MenuAction, string>> = {
  newConnection: 'CmdOrCtrl+N',
  settings: 'CmdOrCtrl+,',
  find: 'CmdOrCtrl+F',
  publish: 'CmdOrCtrl+Shift+P',
  subscribe: 'CmdOrCtrl+Shift+S',
  probe: 'CmdOrCtrl+Shift+F',
  clearMessages: 'CmdOrCtrl+Shift+Delete',
}

const separator: MenuItemConstructorOptions = { type: 'separator' }

const editMenu = (labels: MenuLabels, find: MenuItemConstructorOptions): MenuItemConstructorOptions => ({
  label: labels.edit,
  submenu: [
    { role: 'undo', label: labels.undo },
    { role: 'redo', label: labels.redo },
    separator,
    { role: 'cut', label: labels.cut },
    { role: 'copy', label: labels.copy },
    { role: 'paste', label: labels.paste },
    { role: 'selectAll', label: labels.selectAll },
    separator,
    find,
  ],
})

const viewMenu = (labels: MenuLabels): MenuItemConstructorOptions => ({
  label: labels.view,
  submenu: [
    { role: 'resetZoom', label: labels.actualSize },
    { role: 'zoomIn', label: labels.zoomIn },
    { role: 'zoomOut', label: labels.zoomOut },
    separator,
    { role: 'togglefullscreen', label: labels.fullScreen },
    { role: 'toggleDevTools', label: labels.developerTools },
  ],
})

/** The menu as data; `buildFromTemplate` makes it. */
export const menuTemplate = ({ language, isMac, onAction }: MenuOptions): MenuItemConstructorOptions[] => {
  const labels = menuLabels[language]
  const action = (name: MenuAction): MenuItemConstructorOptions => ({
    id: name,
    label: labels[name],
    accelerator: menuShortcuts[name],
    click: () => onAction(name),
  })
  const quit: MenuItemConstructorOptions[] = isMac ? [] : [separator, { role: 'quit', label: labels.quit }]
  return [
    ...(isMac ? [{ role: 'appMenu' } satisfies MenuItemConstructorOptions] : []),
    { label: labels.connection, submenu: [action('newConnection'), separator, action('settings'), ...quit] },
    editMenu(labels, action('find')),
    {
      label: labels.messages,
      submenu: [action('publish'), action('subscribe'), action('probe'), separator, action('clearMessages')],
    },
    viewMenu(labels),
    {
      label: labels.window,
      role: 'window',
      submenu: [
        { role: 'minimize', label: labels.minimize },
        { role: 'close', label: labels.close },
      ],
    },
  ]
}

export const setMenu = (options: MenuOptions): void => {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(options)))
}
