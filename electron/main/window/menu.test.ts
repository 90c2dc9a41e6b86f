import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it, vi } from 'vitest'
import { systemWords } from '#shared/i18n/systemWords'
import type { NativeMenuItem } from '#shared/model/nativeMenu'
import { languages } from '#shared/model/settings'
import { menuTemplate, type MenuOptions } from './menu'

vi.mock('electron', () => ({ Menu: {} }))

const item = (given: Partial<NativeMenuItem> & Pick<NativeMenuItem, 'id' | 'menu'>): NativeMenuItem => ({
  label: given.id,
  group: 0,
  accelerator: null,
  enabled: true,
  ...given,
})

const shown = (options: Partial<MenuOptions>) =>
  menuTemplate({ language: 'en', isMac: false, items: [], onChosen: () => undefined, ...options })

const entriesOf = (menus: MenuItemConstructorOptions[], label: string) => {
  const menu = menus.find((one) => one.label === label)
  return (menu?.submenu as MenuItemConstructorOptions[] | undefined) ?? []
}

describe('the native menu', () => {
  it('has the actions of the window in the menus they name, with key and state, among the entries of the system', () => {
    const menus = shown({
      items: [
        item({ id: 'newConnection', menu: 'connection', accelerator: 'CmdOrCtrl+N' }),
        item({ id: 'find', menu: 'edit' }),
        item({ id: 'clearMessages', menu: 'messages', group: 1, enabled: false }),
        item({ id: 'publish', menu: 'messages' }),
      ],
    })
    const connection = entriesOf(menus, '&Connection')
    expect(connection.map(({ id, role, type }) => id ?? role ?? type)).toEqual(['newConnection', 'separator', 'quit'])
    expect(connection[0]).toMatchObject({ accelerator: 'CmdOrCtrl+N', registerAccelerator: false })
    expect(entriesOf(menus, '&Edit').at(-1)).toMatchObject({ id: 'find' })
    expect(entriesOf(menus, '&Messages')).toMatchObject([
      { id: 'publish' },
      { type: 'separator' },
      { id: 'clearMessages', enabled: false },
    ])
  })

  it('leaves a menu out that has nothing, before the window has told its actions', () => {
    expect(shown({}).map(({ label }) => label)).toEqual(['&Connection', '&Edit', '&View', '&Window'])
  })

  it.each(languages)('speaks %s', (language) => {
    const { window, edit, view } = systemWords[language].menu
    expect(shown({ language }).map(({ label }) => label)).toEqual(expect.arrayContaining([window, edit, view]))
  })
})
