import type { Page } from '@playwright/test'
import { expect, test } from '../support/application'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import { publishWithMosquitto } from '../support/mosquittoClients'
import { personOnlineIn } from '../support/personOnline'

let broker: Mosquitto

test.beforeAll(async () => {
  broker = await startMosquitto()
})
test.afterAll(() => broker.stop())

const filters = Array.from({ length: 500 }, (_, at) => `plant/line${at}/+`)

/** As a person pastes: from the clipboard, into what has the focus. */
const paste = async (page: Page, text: string) => {
  await page.evaluate((written) => window.bridge.invoke('clipboard.write', { text: written }), text)
  await page.keyboard.press('ControlOrMeta+V')
}

test('500 filters are pasted, found, sorted, and worked on together', async ({ clearedApplication }) => {
  const person = await personOnlineIn(clearedApplication, broker.port(), ['plant/line7/+'])
  const { page, subscriptions } = person
  const field = subscriptions.getByLabel('Topic filter', { exact: true })
  const list = subscriptions.getByRole('list', { name: 'Topic filters' })
  const row = (filter: string) => list.locator(`[data-filter="${filter}"]`)
  const box = (filter: string) => row(filter).getByRole('checkbox')
  const search = subscriptions.getByRole('searchbox', { name: 'Search filters' })
  const count = page.locator('[data-filters]')
  const firstRows = (some: number) =>
    list
      .getByRole('listitem')
      .evaluateAll((rows, most) => rows.slice(0, most).map((one) => (one as HTMLElement).dataset['filter']), some)

  await test.step('a list is looked at before it is added, and what is wrong in it is mended there', async () => {
    await expect(search).toHaveCount(0)
    await field.focus()
    await paste(page, ['# ', 'plant/bad+', ...filters, 'plant/line1/+'].join('\n'))
    const dialog = page.getByRole('dialog', { name: 'Add pasted filters' })
    const wrong = dialog.getByLabel('Line 2', { exact: true })
    await expect(dialog.getByRole('alert')).toContainText('Level 2, “bad+”: + must stand alone in its level.')
    await expect(dialog.locator('[data-filter="plant/line7/+"]')).toContainText('is there already')
    await expect(dialog.getByRole('button', { name: 'Add 500 filters' })).toBeVisible()
    await wrong.fill('plant/+/mended')
    await expect(dialog.getByRole('alert')).toHaveCount(0)
    await dialog.getByLabel('QoS', { exact: true }).selectOption('1')
    await dialog.getByRole('button', { name: 'Add 501 filters' }).click()
    await expect(dialog).toBeHidden()
    await expect(count).toHaveAttribute('data-filters', '502')
  })

  await test.step('the broker grants all of them, and each says so', async () => {
    const last = row('plant/line499/+')
    await box('plant/line7/+').focus()
    await page.keyboard.press('End')
    await expect(box('plant/line499/+')).toBeFocused()
    await expect(last.locator('[data-state="granted"]')).toHaveText('QoS 1')
    await expect(last).toHaveAttribute('aria-setsize', '502')
    await publishWithMosquitto({ port: broker.port(), topic: 'plant/line499/a', payload: 'x', qos: 1 })
    await expect(last.locator('[data-messages="1"]')).toBeVisible()
    await page.keyboard.press('Home')
    await expect(box('plant/line7/+')).toBeFocused()
  })

  await test.step('the list has up to 40 % of its area', async () => {
    const pane = await page.locator('[data-view="subscriptions"]').boundingBox()
    const tree = await page.locator('[data-view="topics"]').boundingBox()
    expect(pane!.height / (pane!.height + tree!.height)).toBeGreaterThan(0.3)
    expect(pane!.height / (pane!.height + tree!.height)).toBeLessThan(0.41)
  })

  await test.step('it is searched, by words in any order', async () => {
    await search.fill('line49 plant')
    await expect(list.getByRole('listitem')).toHaveCount(11)
    await expect(count).toHaveText('11 of 502')
  })

  await test.step('several are muted together, and removed, and come back to their places', async () => {
    await row('plant/line490/+').click()
    await row('plant/line493/+').click({ modifiers: ['Shift'] })
    await row('plant/line499/+').click({ modifiers: ['ControlOrMeta'] })
    const chosen = subscriptions.getByRole('region', { name: 'Chosen filters' })
    await expect(chosen.getByRole('status')).toHaveText('5 chosen')
    await chosen.getByRole('button', { name: 'Mute (5)' }).click()
    await expect(list.locator('[data-muted="true"]')).toHaveCount(5)
    await page.keyboard.press('Escape')
    await expect(chosen).toHaveCount(0)
    await box('plant/line49/+').focus()
    await page.keyboard.press('ControlOrMeta+A')
    await expect(chosen.getByRole('status')).toHaveText('11 chosen')
    await page.keyboard.press('Space')
    await expect(list.locator('[data-off="true"]')).toHaveCount(11)
    await expect(list.locator('[data-state="disabled"]')).toHaveCount(11)
    await page.keyboard.press('Delete')
    await expect(count).toHaveText('0 of 491')
    await person.button('Undo').click()
    await expect(list.getByRole('listitem')).toHaveCount(11)
    await search.press('Escape')
    await expect(count).toHaveText('502')
    expect(await firstRows(4)).toEqual(['plant/line7/+', '#', 'plant/+/mended', 'plant/line0/+'])
  })

  await test.step('the menu of a row does the same, and Enter edits it', async () => {
    await row('#').click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Colour' }).click()
    await page.getByRole('menuitem', { name: 'Violet' }).click()
    await expect(row('#').locator('[data-colour="violet"]')).toBeVisible()
    await box('#').focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('dialog').getByLabel('Topic filter', { exact: true })).toHaveValue('#')
    await page.keyboard.press('Escape')
    await expect(box('#')).toBeFocused()
    await page.keyboard.press('Delete')
    await expect(box('plant/+/mended')).toBeFocused()
    await expect(count).toHaveText('501')
  })

  await test.step('sorted by messages, rows stay where they are until they are sorted again', async () => {
    const sortBy = async (order: string) => {
      await page.getByRole('button', { name: 'Sort filters' }).click()
      await page.getByRole('menuitem', { name: order }).click()
    }
    const send = (line: number) =>
      publishWithMosquitto({ port: broker.port(), topic: `plant/line${line}/b`, payload: 'x', qos: 1 })
    await sortBy('By filter')
    expect(await firstRows(3)).toEqual(['plant/+/mended', 'plant/line0/+', 'plant/line1/+'])
    await send(20)
    await expect(row('plant/line20/+').locator('[data-messages="1"]')).toBeVisible()
    await sortBy('By messages')
    // That of line 499 came first, before it was muted and switched off.
    await expect.poll(() => firstRows(2)).toEqual(['plant/line20/+', 'plant/line499/+'])
    for (let times = 0; times < 3; times += 1) await send(30)
    await page.keyboard.press('Escape')
    await search.fill('line30/')
    await expect(row('plant/line30/+').locator('[data-messages="3"]')).toBeVisible()
    await search.fill('')
    expect((await firstRows(1))[0]).toBe('plant/line20/+')
    await sortBy('By messages')
    await expect.poll(() => firstRows(2)).toEqual(['plant/line30/+', 'plant/line20/+'])
  })
})

test('the pane is as high as its list until a person chooses, which is remembered', async ({ launch }) => {
  const { page, relaunch } = await launch({ arguments: [`mqtt://127.0.0.1:${broker.port()}`, '--subscribe', 'a'] })
  const height = async () => (await page.locator('[data-view="subscriptions"]').boundingBox())?.height ?? 0
  const list = page.getByRole('list', { name: 'Topic filters' })
  const isWhole = () => list.evaluate((element) => element.scrollHeight <= element.clientHeight)
  const one = await height()
  const field = page.getByRole('region', { name: 'Subscriptions' }).getByLabel('Topic filter', { exact: true })
  for (const filter of ['b', 'c', 'd', 'e']) {
    await field.fill(filter)
    await field.press('Enter')
  }
  await expect(list.getByRole('listitem')).toHaveCount(5)
  await expect.poll(height).toBe(one + 4 * 24)
  expect(await isWhole()).toBe(true)

  const left = page.locator('[data-area="left"]').first()
  const box = await left.boundingBox()
  const [x, y] = [box!.x + box!.width / 2, box!.y + box!.height]
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x, y + 60, { steps: 4 })
  await page.mouse.up()
  const chosen = await height()
  expect(chosen).toBeGreaterThan(one + 4 * 24 + 40)
  await field.fill('f')
  await field.press('Enter')
  await expect(list.getByRole('listitem')).toHaveCount(6)
  expect(await height()).toBe(chosen)

  const again = await relaunch()
  const pane = again.page.locator('[data-view="subscriptions"]')
  await expect.poll(async () => Math.abs(((await pane.boundingBox())?.height ?? 0) - chosen)).toBeLessThan(2)
})
