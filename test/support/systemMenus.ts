import type { ElectronApplication } from '@playwright/test'

interface OfferedItem {
  readonly role: string | undefined
  readonly label: string | undefined
  readonly enabled: boolean | undefined
}

/** Keeps the system's menus closed, which would wait for a person, and answers what the last one offered. */
export const watchSystemMenus = async (app: ElectronApplication) => {
  await app.evaluate(({ Menu }) => {
    const build = Menu.buildFromTemplate.bind(Menu)
    Menu.buildFromTemplate = (template) => {
      const menu = build(template)
      menu.popup = () => {
        const items = template.flatMap(({ type, role, label, enabled }) =>
          type === 'separator' ? [] : [{ role, label, enabled }],
        )
        Object.assign(globalThis, { offeredItems: items })
      }
      return menu
    }
  })
  return {
    forget: () => app.evaluate(() => void Object.assign(globalThis, { offeredItems: null })),
    offered: () =>
      app.evaluate(() => (globalThis as unknown as { offeredItems: readonly OfferedItem[] | null }).offeredItems),
  }
}
