import type { ElectronApplication } from '@playwright/test'
import { expect, clearedOnce, test } from '../support/application'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import { publishLinesWithMosquitto, publishWithMosquitto } from '../support/mosquittoClients'
import { personOnlineIn } from '../support/personOnline'
import { personAt } from '../support/person'

let broker: Mosquitto

test.beforeAll(async () => {
  broker = await startMosquitto()
})
test.afterAll(() => broker.stop())

const send = (topic: string, payload: Uint8Array | string, qos: 0 | 1 = 0) =>
  publishWithMosquitto({ port: broker.port(), topic, payload, qos })

const clipboardOf = (app: ElectronApplication) => app.evaluate(({ clipboard }) => clipboard.readText())

test.describe('with a connection of its own in one application', () => {
  const shared = clearedOnce((application) => application)

  test('two selected messages are compared with each other, whatever came between them', async () => {
    const person = await personOnlineIn(shared(), broker.port(), ['c/#'])
    const { page, details } = person
    for (const celsius of [20, 21, 22, 23]) await send('c/press', JSON.stringify({ celsius, state: 'running' }))
    await send('c/oven', '{"celsius":180,"state":"off"}')
    await expect(person.rows('c/oven')).toHaveCount(1)
    const values = details.getByRole('group', { name: 'Changed values' })
    const presses = person.rows('c/press')

    await presses.nth(0).click()
    await presses.nth(2).click({ modifiers: ['Control'] })
    await presses.nth(2).click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Compare the two' }).click()
    await expect(details.getByText(/^Compared with number 1,/)).toBeVisible()
    await expect(values).toContainText('$.celsius 20 → 22')
    await expect(values).not.toContainText('$.state')

    await person.rows('c/oven').click({ modifiers: ['Control'] })
    await presses.nth(2).click({ button: 'right' })
    await expect(page.getByRole('menuitem', { name: 'Export 3 messages' })).toBeVisible()
    await expect(page.getByRole('menuitem', { name: 'Compare the two' })).toHaveCount(0)
    await page.keyboard.press('Escape')

    // The one under the pointer is shown, and the other one is what it is compared with.
    await presses.nth(3).click()
    await person.rows('c/oven').click({ modifiers: ['Control'] })
    await presses.nth(3).click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Compare the two' }).click()
    await expect(details.getByText(/^Compared with number 5,.*c\/oven/)).toBeVisible()
    await expect(values).toContainText('$.celsius 180 → 23')
    await expect(values).toContainText('$.state "off" → "running"')
  })

  test('Ctrl+A means every message that is shown, however many', async () => {
    const person = await personOnlineIn(shared(), broker.port(), ['many/#'])
    const { page } = person
    const lines = Array.from({ length: 5_000 }, (_, index) => (index % 100 === 0 ? `needle ${index}` : `hay ${index}`))
    await publishLinesWithMosquitto({ port: broker.port(), topic: 'many/lines', lines })
    await person.expectCounter('received', 5_000)
    await person.log.focus()
    await page.keyboard.press('Control+A')
    await expect(page.locator('[data-chosen]')).toHaveAttribute('data-chosen', '5000')
    await person.field('Filter messages').fill('needle')
    await expect(person.log).toHaveAttribute('aria-rowcount', '51')
    await person.log.focus()
    await page.keyboard.press('Control+A')
    await expect(page.locator('[data-chosen]')).toHaveAttribute('data-chosen', '50')
    await person.field('Filter messages').fill('')
    await expect(person.log).toHaveAttribute('aria-rowcount', '5001')
    await expect(page.locator('[data-chosen]')).toHaveCount(0)
  })
})

test('a bookmark leads back to its message, also past a filter', async ({ clearedApplication }) => {
  const person = await personOnlineIn(clearedApplication, broker.port(), ['b/#'])
  const { page } = person
  await send('b/marked', 'the one')
  const lines = Array.from({ length: 300 }, (_, index) => `line ${index}`)
  await publishLinesWithMosquitto({ port: broker.port(), topic: 'b/other', lines })
  await person.expectCounter('received', 301)
  await person.log.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('b')
  await page.keyboard.press('End')
  await expect(person.rows('b/marked')).toHaveCount(0)
  await person.field('Filter messages').fill('line 29')
  await person.button('Bookmarks (1)').click()
  const list = page.getByRole('dialog', { name: 'Bookmarks' })
  await list.getByLabel('Note').fill('began here')
  await page.keyboard.press('Escape')
  await person.field('Filter messages').fill('')
  await person.button('Bookmarks (1)').click()
  await expect(list.getByLabel('Note')).toHaveValue('began here')
  await list.getByRole('button', { name: /b\/marked/ }).click()
  await expect(person.rows('b/marked')).toHaveAttribute('aria-selected', 'true')
  await expect(person.rows('b/marked').getByText('Bookmark: began here')).toBeAttached()
  await expect(person.details).toContainText('the one')
})

test('columns are chosen, sized and kept over a restart, a field of JSON among them', async ({ launch }) => {
  const address = [`mqtt://127.0.0.1:${broker.port()}`, '--subscribe', 'w/#']
  const first = await launch({ arguments: address })
  const { page } = first
  const person = personAt(page)
  await expect(person.status).toHaveText(/Online/)
  await send('w/1', '{"temp":21.50,"n":9007199254740993}')
  await expect(person.rows('w/1')).toHaveCount(1)
  const headers = () => person.log.getByRole('columnheader').allTextContents()
  expect(await headers()).not.toContain('QoS')

  await test.step('from the list of columns', async () => {
    await person.button('Columns').click()
    const list = page.getByRole('dialog', { name: 'Columns' })
    await list.getByRole('checkbox', { name: 'Size' }).uncheck()
    await list.getByRole('checkbox', { name: 'Δ row' }).check()
    await list.getByLabel('Add a column for a JSON field').fill('$.n')
    await list.getByRole('button', { name: 'Add', exact: true }).click()
    await page.keyboard.press('Escape')
    await expect(list).toBeHidden()
    expect(await headers()).toEqual(['Time', 'Δ row', 'Topic', '$.n', 'Payload'])
    await expect(person.rows('w/1').getByText('9007199254740993', { exact: true })).toBeVisible()
  })

  const topicHeader = person.log.getByRole('columnheader', { name: 'Topic' })
  const widthNow = async () => Math.round((await topicHeader.boundingBox())?.width ?? 0)
  await test.step('an edge is dragged, and fits the content at a double click', async () => {
    const before = await widthNow()
    const edge = await topicHeader.boundingBox()
    const x = (edge?.x ?? 0) + (edge?.width ?? 0) + 4
    const y = (edge?.y ?? 0) + 10
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x - 20, y, { steps: 3 })
    await page.mouse.up()
    expect(await widthNow()).toBe(before - 20)
    const cell = person.rows('w/1').getByRole('gridcell').nth(2)
    expect(Math.round((await cell.boundingBox())?.width ?? 0)).toBe(before - 20)
    await page.mouse.dblclick(x - 20, y)
    await expect.poll(widthNow).not.toBe(before - 20)
  })

  const chosen = await widthNow()
  const { page: next } = await first.relaunch()
  const again = personAt(next)
  await expect(again.status).toHaveText(/Online/)
  await send('w/1', '{"temp":1,"n":2}')
  await expect(again.rows('w/1')).toHaveCount(1)
  expect(await again.log.getByRole('columnheader').allTextContents()).toEqual([
    'Time',
    'Δ row',
    'Topic',
    '$.n',
    'Payload',
  ])
  expect(Math.round((await again.log.getByRole('columnheader', { name: 'Topic' }).boundingBox())?.width ?? 0)).toBe(
    chosen,
  )
})

test('several messages are selected, copied and sent again', async ({ clearedApplication }) => {
  const { app, page } = clearedApplication
  const person = await personOnlineIn(clearedApplication, broker.port(), ['s/#'])
  await send('s/1', 'first\nline')
  await send('s/2', Uint8Array.of(0xff, 0, 0x80), 1)
  await send('s/3', '{"a":"溫度"}')
  await expect(person.rows('s/3')).toHaveCount(1)

  await person.rows('s/1').click()
  await person.rows('s/3').click({ modifiers: ['Shift'] })
  await expect(page.getByText('3 selected · 27 B')).toBeVisible()
  await page.keyboard.press('Control+C')
  const lines = async () => (await clipboardOf(app)).split('\n').map((line) => line.split('\t').slice(1))
  await expect.poll(lines).toEqual([
    ['s/1', 'first\\nline'],
    ['s/2', 'ff 00 80'],
    ['s/3', '{"a":"溫度"}'],
  ])

  await person.rows('s/1').click()
  await person.rows('s/2').click({ modifiers: ['Control'] })
  await person.rows('s/2').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Send 2 messages again …' }).click()
  await page.getByRole('button', { name: 'Send 2 messages', exact: true }).click()
  await expect(page.getByText('2 messages were sent again.')).toBeVisible()
  await person.expectCounter('sent', 2)
  await person.expectCounter('received', 5)
  await expect(person.rows('s/1')).toHaveCount(3)
})

test('a note outlives the window, with what was seen of its message', async ({ launch }) => {
  const first = await launch()
  const before = personAt(first.page)
  await before.createProfile({ name: 'Noted', port: broker.port() })
  await before.chooseProfile('Noted')
  await before.connect()
  await before.subscribe('n/#')
  await send('n/press', '{"celsius":99}')
  await expect(before.rows('n/press')).toHaveCount(1)
  await before.rows('n/press').click()
  await first.page.keyboard.press('b')
  await before.button('Bookmarks (1)').click()
  await first.page.getByRole('dialog', { name: 'Bookmarks' }).getByLabel('Note').fill('too hot')

  const { page } = await first.relaunch()
  const after = personAt(page)
  await after.chooseProfile('Noted')
  await after.button('Bookmarks').click()
  const earlier = page.getByRole('dialog', { name: 'Bookmarks' }).getByRole('region', { name: /^From before/ })
  await expect(earlier.getByLabel('Note')).toHaveValue('too hot')
  await expect(earlier).toContainText('n/press')
  await expect(earlier).toContainText('{"celsius":99}')
  await earlier.getByRole('button', { name: 'Remove bookmark' }).click()
  await expect(earlier).toHaveCount(0)
})

test('an outage stands between the messages before and after it, with its reason', async ({ clearedApplication }) => {
  const own = await startMosquitto()
  try {
    const person = await personOnlineIn(clearedApplication, own.port(), ['o/#'])
    const publish = (payload: string) => publishWithMosquitto({ port: own.port(), topic: 'o/1', payload })
    await expect(person.subscriptions.locator('[data-state="granted"]')).toHaveCount(1)
    await publish('before')
    await expect(person.rows('o/1')).toHaveCount(1)
    await own.halt('SIGKILL')
    await expect(person.status).toHaveText(/Waiting|Connecting/)
    await own.start()
    await expect(person.status).toHaveText(/Online/)
    await expect(person.subscriptions.locator('[data-state="granted"]')).toHaveCount(1)
    await publish('after')
    await expect(person.rows('o/1')).toHaveCount(2)
    const said = () =>
      person.log
        .locator('[data-event], [data-topic]')
        .evaluateAll((all) => all.map((one) => one.getAttribute('data-event') ?? one.getAttribute('data-topic')))
    await expect
      .poll(async () => (await said()).filter((kind) => kind !== 'failed').slice(-5))
      .toEqual(['o/1', 'lost', 'online', 'granted', 'o/1'])
    await expect(person.log.locator('[data-event="lost"]')).toContainText(/Connection lost: .+/)
    await expect(person.log.locator('[data-event="granted"]').last()).toContainText('o/#')
    await expect(person.log).toHaveAttribute('aria-rowcount', '3')
    await person.button('Columns').click()
    await person.page.getByRole('checkbox', { name: /connection events/ }).uncheck()
    await expect(person.log.locator('[data-event]')).toHaveCount(0)
  } finally {
    await own.stop()
  }
})
