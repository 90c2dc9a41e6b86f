import type { Page } from '@playwright/test'
import { expect, type RunningApplication } from './application'

/** Gives the main window this size, in CSS pixels of its page. */
export const resizeWindow = async ({ app, page }: RunningApplication, width: number, height: number): Promise<void> => {
  await app.evaluate(
    ({ BrowserWindow }, size) =>
      BrowserWindow.getAllWindows()
        .find(({ webContents }) => webContents.getURL() === size.address)
        ?.setContentSize(size.width, size.height),
    { width, height, address: page.url() },
  )
  await expect.poll(() => page.evaluate(() => window.innerWidth)).toBe(width)
}

/** The views of a workspace, and what a person does with them. */
export const viewsIn = (page: Page) => {
  const tab = (name: string) => page.getByRole('tab', { name, exact: true })
  return {
    tab,
    view: (id: string) => page.locator(`[data-view="${id}"]`),
    area: (id: string) => page.locator(`[data-area="${id}"]`),
    /** Entry after entry of the menu of a tab. */
    choose: async (name: string, ...entries: readonly string[]) => {
      await tab(name).click({ button: 'right' })
      for (const entry of entries) await page.getByRole('menuitem', { name: entry, exact: true }).click()
      await expect(page.getByRole('menu')).toHaveCount(0)
    },
    /** By the command palette. */
    run: async (action: string) => {
      await page.keyboard.press('Control+K')
      await page.getByRole('dialog', { name: 'Command palette' }).getByRole('combobox').fill(action)
      await page.getByRole('option', { name: action }).first().click()
    },
  }
}
