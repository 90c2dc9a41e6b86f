import type { ElectronApplication } from '@playwright/test'
import { expect, test } from '../support/application'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import { publishWithMosquitto } from '../support/mosquittoClients'
import { personOnlineIn } from '../support/personOnline'
import { watchSystemMenus } from '../support/systemMenus'

let broker: Mosquitto

test.beforeAll(async () => {
  broker = await startMosquitto()
})
test.afterAll(() => broker.stop())

const send = (topic: string, payload: string | Uint8Array) =>
  publishWithMosquitto({ port: broker.port(), topic, payload })

const clipboardOf = (app: ElectronApplication) => app.evaluate(({ clipboard }) => clipboard.readText())

test('the details, Select All, Copy and the menus follow what a person selected last', async ({
  clearedApplication,
}) => {
  const person = await personOnlineIn(clearedApplication, broker.port(), ['#'])
  const { app, page } = clearedApplication
  const payload = person.details.getByRole('group', { name: 'Payload content' })
  const marked = () => page.evaluate(() => document.getSelection()?.toString() ?? '')
  await send('d/one', 'first of one')
  await send('d/two', 'first of two')
  await expect(person.treeItem('d/two')).toBeVisible()

  await test.step('message, then topic, by mouse and by keyboard', async () => {
    await person.rows('d/one').click()
    await expect(payload).toHaveText('first of one')
    await person.treeItem('d/two').click()
    await expect(payload).toHaveText('first of two')
    await send('d/two', 'second of two')
    await expect(payload).toHaveText('second of two')
    await person.rows('d/two').first().click()
    await send('d/two', 'third of two')
    await expect(person.rows('d/two')).toHaveCount(3)
    await expect(payload).toHaveText('first of two')
    await person.tree.focus()
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect(person.treeItem('d/one')).toHaveAttribute('aria-selected', 'true')
    await expect(payload).toHaveText('first of one')
  })

  await test.step('a selected message that the filters hide or that is cleared stays readable', async () => {
    await person.rows('d/one').click()
    await person.field('Filter messages').fill('nothing like it')
    await expect(person.rows('d/one')).toHaveCount(0)
    await expect(payload).toHaveText('first of one')
    await person.button('Clear messages').click()
    await expect(payload).toHaveText('first of one')
    await expect(person.details.getByText(/No longer in the log/)).toBeVisible()
    await person.field('Filter messages').fill('')
  })

  await test.step('Select All and Copy take the payload, also what is out of view', async () => {
    const lines = Array.from({ length: 2_000 }, (_, index) => (index % 100 === 7 ? '' : `line ${index}`))
    await send('long', lines.join('\n'))
    await person.rows('long').click()
    await payload.focus()
    await page.keyboard.press('Control+A')
    expect(await marked()).toMatch(/^line 0\n/)
    expect(await marked()).not.toContain('Topic')
    await page.keyboard.press('Control+C')
    await expect.poll(() => clipboardOf(app)).toBe(lines.join('\n'))
    await payload.evaluate((element) => {
      const range = document.createRange()
      range.setStart(element.querySelector('[data-index="5"]')!, 0)
      range.setEnd(element.querySelector('[data-index="9"]')!, 0)
      document.getSelection()?.removeAllRanges()
      document.getSelection()?.addRange(range)
    })
    await page.keyboard.press('Control+C')
    await expect.poll(() => clipboardOf(app)).toBe(lines.slice(5, 9).join('\n') + '\n')
    await person.details.getByText('Hex', { exact: true }).click()
    await payload.focus()
    await page.keyboard.press('Control+C')
    await expect.poll(() => clipboardOf(app)).toMatch(/^6c 69 6e 65 20 30 0a/)
  })

  await test.step('elsewhere Select All marks nothing, and Copy takes what has the focus', async () => {
    await person.rows('long').click()
    await page.keyboard.press('Control+A')
    expect(await marked()).toBe('')
    await page.keyboard.press('Control+C')
    await expect.poll(() => clipboardOf(app)).toMatch(/^line 0\nline 1\n/)
    await person.treeItem('long').click()
    await page.keyboard.press('Control+C')
    await expect.poll(() => clipboardOf(app)).toBe('long')
    await person.button('Settings').focus()
    await page.keyboard.press('Control+A')
    expect(await marked()).toBe('')
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.selectAll())
    expect(await marked()).toBe('')
    const filter = person.subscriptions.getByLabel('Topic filter', { exact: true })
    await filter.fill('typed/here')
    await page.keyboard.press('Control+A')
    await page.keyboard.press('Control+C')
    await expect.poll(() => clipboardOf(app)).toBe('typed/here')
  })

  await test.step('text fields and payload have the usual menus, the header of the log that of its column', async () => {
    const { forget, offered } = await watchSystemMenus(app)
    const filter = person.subscriptions.getByLabel('Topic filter', { exact: true })
    await filter.click({ button: 'right' })
    await expect
      .poll(async () => (await offered())?.map(({ role }) => role))
      .toEqual(['undo', 'redo', 'cut', 'copy', 'paste', 'selectAll'])
    expect((await offered())?.find(({ role }) => role === 'paste')).toMatchObject({ label: 'Paste', enabled: true })
    await filter.fill('')
    await forget()
    await filter.click({ button: 'right' })
    await expect
      .poll(async () => (await offered())?.filter(({ role, enabled }) => role === 'copy' && enabled === false).length)
      .toBe(1)
    await payload.click({ button: 'right' })
    await expect(page.getByRole('menuitem', { name: 'Select all' })).toBeVisible()
    await expect(page.getByRole('menuitem', { name: 'Copy', exact: true })).toBeDisabled()
    await page.getByRole('menuitem', { name: /^Copy payload as shown/ }).click()
    await expect.poll(() => clipboardOf(app)).toMatch(/^6c 69 6e 65/)
    await person.log.getByRole('columnheader', { name: 'Topic' }).click({ button: 'right' })
    await expect(page.getByRole('menuitem', { name: 'Hide this column' })).toBeVisible()
    await expect(page.getByRole('menuitem', { name: 'Copy topic' })).toHaveCount(0)
    await page.keyboard.press('Escape')
    await person.rows('long').click({ button: 'right' })
    await expect(page.getByRole('menuitem', { name: 'Copy topic' })).toBeVisible()
    await page.keyboard.press('Escape')
  })
})
