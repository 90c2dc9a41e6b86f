import type { ElectronApplication } from '@playwright/test'
import { expect, test } from '../support/application'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import { publishWithMosquitto } from '../support/mosquittoClients'
import { personAt } from '../support/person'
import { personOnlineIn } from '../support/personOnline'

let broker: Mosquitto

test.beforeAll(async () => {
  broker = await startMosquitto()
})
test.afterAll(() => broker.stop())

const send = (topic: string, payload: string, retain = false) =>
  publishWithMosquitto({ port: broker.port(), topic, payload, qos: 1, retain })

const clipboardOf = (app: ElectronApplication) => app.evaluate(({ clipboard }) => clipboard.readText())

test('columns and pinned topics are chosen, and are there again after a restart', async ({ launch }) => {
  await send('hall/line1/temp', '21.5', true)
  await send('hall/line1/humidity', '48', true)
  await send('hall/line2/temp', '19', true)
  const started = await launch()
  const { app, page } = started
  const person = personAt(page)
  await person.createProfile({ name: 'Hall', port: broker.port() })
  await person.chooseProfile('Hall')
  await person.connect()
  await person.subscribe('hall/#')
  const cell = (topic: string, column: string) => person.treeItem(topic).locator(`[data-column="${column}"]`)
  const chooseFor = async (topic: string, entry: string) => {
    await person.treeItem(topic).click({ button: 'right' })
    await page.getByRole('menuitem', { name: entry, exact: true }).click()
  }

  await test.step('a value stands beside its name, and a branch says how many topics it holds', async () => {
    await expect(cell('hall/line1/temp', 'value')).toHaveText('21.5')
    await expect(cell('hall/line1', 'value')).toHaveText('2 topics')
    await expect(person.treeItem('hall/line1/temp')).toHaveAccessibleName('temp: 21.5')
    await expect(cell('hall', 'count')).toHaveCount(0)
  })

  await test.step('columns come and go by their menu', async () => {
    for (const column of ['Count', 'Rate']) {
      await person.button('Topic columns').click()
      await page.getByRole('menuitem', { name: column, exact: true }).click()
    }
    await expect(cell('hall', 'count')).toHaveText('3')
    await expect(cell('hall', 'rate')).toHaveCount(0)
  })

  const widthOf = async (topic: string, column: string) =>
    Math.round((await cell(topic, column).boundingBox())?.width ?? 0)

  await test.step('an edge in the head is dragged, a key moves it, and a double click fits it', async () => {
    const head = page.getByRole('button', { name: 'Sort by Count' })
    const edge = head.locator('[data-edge]')
    const before = await widthOf('hall', 'count')
    const { x = 0, y = 0, width = 0, height = 0 } = (await edge.boundingBox()) ?? {}
    await page.mouse.move(x + width / 2, y + height / 2)
    await page.mouse.down()
    await page.mouse.move(x + width / 2 - 30, y + height / 2, { steps: 3 })
    await page.mouse.up()
    await expect.poll(() => widthOf('hall', 'count')).toBe(before + 30)
    const inHead = await head.boundingBox()
    const inRow = await cell('hall', 'count').boundingBox()
    expect([Math.round(inRow?.x ?? 0), Math.round(inRow?.width ?? 0)]).toEqual([
      Math.round(inHead?.x ?? 1),
      Math.round(inHead?.width ?? 1),
    ])
    await head.focus()
    await page.keyboard.press('Alt+ArrowRight')
    await expect.poll(() => widthOf('hall', 'count')).toBe(before + 38)
    await edge.dblclick()
    await expect.poll(() => widthOf('hall', 'count')).toBeLessThan(before)
    const nameEdge = page.getByRole('button', { name: 'Sort by Topic' }).locator('[data-edge]')
    await nameEdge.dblclick()
    await expect(cell('hall/line1/humidity', 'name')).toContainText('humidity')
  })
  const fitted = await widthOf('hall', 'count')

  await test.step('a value is copied, and a message written to its topic', async () => {
    await chooseFor('hall/line1/temp', 'Copy value')
    await expect.poll(() => clipboardOf(app)).toBe('21.5')
    await chooseFor('hall/line2/temp', 'Send to this topic')
    await expect(person.publishForm.getByLabel('Topic', { exact: true })).toHaveValue('hall/line2/temp')
  })

  await test.step('a topic is pinned, and its value is followed there', async () => {
    await chooseFor('hall/line2/temp', 'Pin')
    await send('hall/line2/temp', '19.5', true)
    await expect(page.getByRole('option', { name: 'hall/line2/temp: 19.5' })).toBeVisible()
  })

  await test.step('both are there again after a restart', async () => {
    const again = await started.relaunch()
    const person = personAt(again.page)
    await person.chooseProfile('Hall')
    const pinned = again.page.getByRole('listbox', { name: 'Pinned topics' }).getByRole('option')
    await expect(pinned).toHaveAccessibleDescription('No message has come on it yet.')
    await person.connect()
    await expect(pinned).toHaveAccessibleName('hall/line2/temp: 19.5')
    const hall = person.treeItem('hall')
    await expect(hall.locator('[data-column="count"]')).toHaveText('3')
    expect(Math.round((await hall.locator('[data-column="count"]').boundingBox())?.width ?? 0)).toBe(fitted)
    await expect(hall.locator('[data-column="rate"]')).toHaveCount(0)
  })
})

test('a probe scrolls to the first topic it matches, and shows nothing but what matches', async ({
  clearedApplication,
}) => {
  const person = await personOnlineIn(clearedApplication, broker.port(), ['probe/#'])
  const { page } = person
  const topics = Array.from({ length: 60 }, (_, at) => `probe/line${String(at).padStart(2, '0')}/temp`)
  for (const topic of topics) await send(topic, 'x')
  await send('probe/zone/state', 'on')
  await person.expectCounter('received', topics.length + 1)
  await person.treeItem('probe').click()
  await person.button('Expand all').click()
  const shown = () => person.tree.getByRole('treeitem')
  const only = person.button('Show only what matches')
  const field = person.field('Probe a filter')

  await test.step('what matches comes into view', async () => {
    await expect(person.treeItem('probe/zone/state')).toHaveCount(0)
    await field.fill('probe/zone/+')
    await expect(person.treeItem('probe/zone/state')).toBeInViewport()
  })

  await test.step('and stands alone with the way there when that is wanted, also as more comes', async () => {
    await only.click()
    await expect(only).toHaveAttribute('aria-pressed', 'true')
    await expect(shown()).toHaveCount(3)
    await send('probe/other/state', 'off')
    await send('probe/zone/extra', 'new')
    await expect(person.treeItem('probe/zone/extra')).toBeVisible()
    await expect(shown()).toHaveCount(4)
    await field.fill('probe/nothing')
    await expect(page.getByText('No topic matches the probed filter.')).toBeVisible()
  })

  await test.step('everything is there again without the probe', async () => {
    await field.press('Escape')
    await expect(person.treeItem('probe/line00/temp')).toBeVisible()
  })
})
