import { Menu, type MenuItemConstructorOptions } from 'electron'
import { systemWords, type SystemWords } from '#shared/i18n/systemWords'
import type { NativeMenuItem, NativeMenuName } from '#shared/model/nativeMenu'
import type { Language } from '#shared/model/settings'

export interface MenuOptions {
  readonly language: Language
  readonly isMac: boolean
  /** The window's actions; empty until it has told them. */
  readonly items: readonly NativeMenuItem[]
  readonly onChosen: (id: string) => void
}

/** The native menu as it stands. */
export interface NativeMenu {
  setLanguage(language: Language): void
  /** The window's actions; before it tells them there are the system's entries only. */
  setItems(items: readonly NativeMenuItem[]): void
}

export const createNativeMenu = (options: Pick<MenuOptions, 'isMac' | 'onChosen'>): NativeMenu => {
  let shown: Pick<MenuOptions, 'language' | 'items'> = { language: 'en', items: [] }
  const show = (change: Partial<typeof shown>) => {
    shown = { ...shown, ...change }
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate({ ...options, ...shown })))
  }
  return { setLanguage: (language) => show({ language }), setItems: (items) => show({ items }) }
}

/** The menu as data. A menu with nothing in it is left out. */
export const menuTemplate = (options: MenuOptions): MenuItemConstructorOptions[] => {
  const { language, isMac } = options
  const words = systemWords[language].menu
  const menus = [
    { label: words.file, submenu: actionsIn('file', options) },
    { label: words.connection, submenu: inGroups(actionsIn('connection', options), isMac ? [] : quit(words)) },
    { label: words.edit, submenu: inGroups(editing(words), actionsIn('edit', options)) },
    { label: words.messages, submenu: actionsIn('messages', options) },
    { label: words.view, submenu: inGroups(actionsIn('view', options), viewing(words)) },
  ].filter(({ submenu }) => submenu.length > 0)
  return [
    ...(isMac ? [{ role: 'appMenu' } satisfies MenuItemConstructorOptions] : []),
    ...menus,
    {
      label: words.window,
      role: 'window',
      submenu: [
        { role: 'minimize', label: words.minimize },
        { role: 'close', label: words.close },
      ],
    },
  ]
}

type Words = SystemWords['menu']

const separator: MenuItemConstructorOptions = { type: 'separator' }

const inGroups = (...groups: readonly MenuItemConstructorOptions[][]): MenuItemConstructorOptions[] =>
  groups.filter(({ length }) => length > 0).flatMap((group, index) => (index === 0 ? group : [separator, ...group]))

/** What the window has for one menu, in its groups. */
const actionsIn = (menu: NativeMenuName, options: MenuOptions): MenuItemConstructorOptions[] => {
  const items = options.items.filter((item) => item.menu === menu)
  const groups = [...new Set(items.map(({ group }) => group))].toSorted((one, other) => one - other)
  return inGroups(
    ...groups.map((group) => items.filter((item) => item.group === group).map((item) => entryOf(item, options))),
  )
}

/**
 * The page hears its shortcuts itself, so that they work whatever has the focus; the menu only writes them beside its
 * entries. On a Mac the menu takes them before the page. None is a key of text editing, and reloading has none, because
 * it would empty the message log.
 */
const entryOf = (item: NativeMenuItem, { isMac, onChosen }: MenuOptions): MenuItemConstructorOptions => {
  const { id, label, accelerator, enabled } = item
  return {
    id,
    label,
    enabled,
    ...(accelerator !== null && {
      accelerator,
      registerAccelerator: isMac,
    }),
    click: () => onChosen(id),
  }
}

const quit = (words: Words): MenuItemConstructorOptions[] => [{ role: 'quit', label: words.quit }]

const editing = (words: Words): MenuItemConstructorOptions[] => [
  { role: 'undo', label: words.undo },
  { role: 'redo', label: words.redo },
  separator,
  { role: 'cut', label: words.cut },
  { role: 'copy', label: words.copy },
  { role: 'paste', label: words.paste },
  { role: 'selectAll', label: words.selectAll },
]

const viewing = (words: Words): MenuItemConstructorOptions[] => [
  { role: 'resetZoom', label: words.actualSize },
  { role: 'zoomIn', label: words.zoomIn },
  { role: 'zoomOut', label: words.zoomOut },
  separator,
  { role: 'togglefullscreen', label: words.fullScreen },
  { role: 'toggleDevTools', label: words.developerTools },
]
