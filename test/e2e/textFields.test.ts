import type { Locator, Page } from '@playwright/test'
import { expect, test } from '../support/application'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import { publishWithMosquitto } from '../support/mosquittoClients'
import { personAt } from '../support/person'
import { personOnlineIn } from '../support/personOnline'
import { watchSystemMenus } from '../support/systemMenus'

let broker: Mosquitto

test.beforeAll(async () => {
  broker = await startMosquitto()
})
test.afterAll(() => broker.stop())

const fieldsIn = (part: Locator | Page) =>
  part
    .locator('input:not([type=checkbox], [type=radio], [aria-hidden]), textarea, .cm-content')
    .filter({ visible: true })

/** Examples that are wider than their field. */
const cutExamples = (part: Page | Locator) =>
  fieldsIn(part).evaluateAll((fields) =>
    fields.flatMap((field) => {
      if (!(field instanceof HTMLInputElement) || field.placeholder === '') return []
      const { font, paddingLeft, paddingRight } = getComputedStyle(field)
      const context = document.createElement('canvas').getContext('2d')
      if (!context) throw new Error('no canvas')
      context.font = font
      const width = Math.ceil(context.measureText(field.placeholder).width)
      const room = field.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight)
      return width > room ? [`${field.placeholder}: ${width} in ${room}`] : []
    }),
  )

/** Opens, one after the other, what has text fields; `look` is called with each. */
const walk = async (page: Page, look: (part: string, at: Page | Locator) => Promise<void>) => {
  const person = personAt(page)
  const dialog = page.getByRole('dialog')
  await look('workspace', page)
  await person.publishForm.getByRole('button', { name: /^Properties/ }).click()
  await person.publishForm.getByRole('button', { name: 'Add', exact: true }).click()
  await look('properties of a message', person.publishForm)
  await page.locator('[data-view="messages"]').getByRole('button', { name: 'Columns', exact: true }).click()
  await look('columns', dialog)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await look('palette', dialog)
  await page.keyboard.press('Escape')
  await person.button('Settings').click()
  await look('settings', dialog)
  await page.keyboard.press('Escape')
  await person.button('New connection').click()
  for (const section of await dialog.getByRole('listitem').getByRole('button').all()) {
    await section.click()
    await look(`profile, ${await section.textContent()}`, dialog)
  }
}

test('no example in an empty text field is cut', async ({ clearedApplication }) => {
  const { page } = await personOnlineIn(clearedApplication, broker.port(), ['#'])
  const cut: string[] = []
  await walk(page, async (part, at) => {
    cut.push(...(await cutExamples(at)).map((text) => `${part}: ${text}`))
  })
  expect(cut).toEqual([])
})

test('every text field has the usual menu, and Ctrl+A selects what is in it', async ({ clearedApplication }) => {
  const person = await personOnlineIn(clearedApplication, broker.port(), ['#'])
  const { app, page } = clearedApplication
  await publishWithMosquitto({ port: broker.port(), topic: 'f/one', payload: 'one' })
  await person.rows('f/one').click()
  const menus = await watchSystemMenus(app)
  await walk(page, async (part, at) => {
    for (const field of await fieldsIn(at).all()) {
      await menus.forget()
      // What is said of the field that is left may move this one.
      await field.focus()
      await field.click({ button: 'right' })
      await expect
        .poll(async () => (await menus.offered())?.map(({ role }) => role), { message: part })
        .toEqual(['undo', 'redo', 'cut', 'copy', 'paste', 'selectAll'])
      await page.keyboard.type('12')
      await page.keyboard.press('Control+a')
      const left = await field.evaluate((one) => {
        if (!(one instanceof HTMLInputElement || one instanceof HTMLTextAreaElement))
          return one.textContent.replace(document.getSelection()?.toString() ?? '', '')
        return one.type === 'number'
          ? ''
          : one.value.slice(0, one.selectionStart ?? 0) + one.value.slice(one.selectionEnd ?? 0)
      })
      expect(left, part).toBe('')
      await page.keyboard.press('Delete')
    }
  })
})
