import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '../support/application'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import { publishWithMosquitto } from '../support/mosquittoClients'
import { personAt } from '../support/person'
import { personOnlineIn } from '../support/personOnline'
import { createTemporaryFolder } from '../support/temporaryFolder'

let broker: Mosquitto

test.beforeAll(async () => {
  broker = await startMosquitto()
})
test.afterAll(() => broker.stop())

const send = (topic: string, payload: string | Uint8Array, retain = false) =>
  publishWithMosquitto({ port: broker.port(), topic, payload, retain })

/** Each differs from the one before by its end, so that a character that goes astray makes another filter. */
const filters = Array.from({ length: 12 }, (_, at) => `plant/line${at}/+/value${at * 7}`)

test('what is typed at full speed is what is subscribed to, published to, searched and named', async ({
  clearedApplication,
}) => {
  const person = await personOnlineIn(clearedApplication, broker.port(), [])
  const { page } = person

  await test.step('twelve filters, one after the other', async () => {
    const field = person.subscriptions.getByLabel('Topic filter', { exact: true })
    await field.focus()
    for (const filter of filters) {
      await page.keyboard.type(filter)
      await page.keyboard.press('Enter')
    }
    const rows = person.subscriptions.getByRole('listitem')
    await expect(rows).toHaveCount(filters.length)
    expect(await rows.evaluateAll((all) => all.map((row) => (row as HTMLElement).dataset['filter']))).toEqual(filters)
    await expect(person.subscriptions.locator('[data-state="granted"]')).toHaveCount(filters.length)
    await expect(field).toHaveValue('')
  })

  await test.step('every other field', async () => {
    const text = 'abcdefghijklmnop/0123'
    for (const field of [
      person.field('Probe a filter'),
      person.field('Search topics'),
      person.field('Filter messages'),
      page.getByRole('navigation', { name: 'Connections' }).getByRole('searchbox'),
      person.publishForm.getByLabel('Topic', { exact: true }),
    ]) {
      await field.focus()
      await page.keyboard.type(text)
      await expect(field).toHaveValue(text)
      await field.fill('')
    }
    const payload = person.publishForm.getByLabel('Payload', { exact: true })
    await payload.focus()
    await page.keyboard.type(text)
    await expect(payload).toHaveText(text)
  })

  await test.step('names of saved messages', async () => {
    await person.publishForm.getByLabel('Topic', { exact: true }).fill('kept')
    await person.publishForm.getByRole('button', { name: 'Library' }).click()
    const name = page.getByRole('dialog').getByLabel('Name', { exact: true })
    await name.focus()
    for (let at = 0; at < 4; at += 1) {
      await page.keyboard.type(`message number ${at}`)
      await page.keyboard.press('Enter')
    }
    for (let at = 0; at < 4; at += 1)
      await expect(page.getByRole('dialog').getByText(`message number ${at}`, { exact: true })).toBeVisible()
    await page.keyboard.press('Escape')
  })
})

test('what the window says of messages, rows and places is true', async ({ launch }) => {
  const folder = createTemporaryFolder('user-data')
  const state = join(folder.path, 'window.json')
  writeFileSync(
    state,
    JSON.stringify({
      version: 1,
      content: { bounds: { x: -40.5, y: 0, width: 9_000, height: 7_000 }, maximized: false },
    }),
  )
  const { app, page } = await launch({
    arguments: [`mqtt://127.0.0.1:${broker.port()}`, '--subscribe', 'w/#'],
    userDataFolder: folder.path,
  })
  const person = personAt(page)
  await expect(person.status).toHaveText(/Online/)

  await test.step('the window is no larger than the screen', async () => {
    expect(existsSync(state)).toBe(true)
    const { bounds, workArea } = await app.evaluate(({ BrowserWindow, screen }) => ({
      bounds: BrowserWindow.getAllWindows()[0]!.getBounds(),
      workArea: screen.getPrimaryDisplay().workArea,
    }))
    expect(bounds.width).toBeLessThanOrEqual(workArea.width)
    expect(bounds.height).toBeLessThanOrEqual(workArea.height)
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.setBounds({ width: 1280, height: 800 }))
  })

  const newest = page.getByRole('button', { name: /new$|To the newest/ })
  await test.step('nothing is called new that stands in view', async () => {
    await send('w/1', 'one')
    await person.rows('w/1').click()
    await send('w/2', 'two')
    await expect(person.rows('w/2')).toBeVisible()
    await expect(newest).toHaveCount(0)
  })

  await test.step('rows keep their height whatever they hold', async () => {
    await send('w/long', `${'x'.repeat(5_000)}\n${'y\n'.repeat(500)}`)
    await send('w/' + 'deep/'.repeat(60), '')
    await expect(person.log.locator('[data-seq]')).toHaveCount(4)
    const heights = () =>
      person.log
        .locator('[data-seq]')
        .evaluateAll((rows) => [...new Set(rows.map((row) => row.getBoundingClientRect().height))])
    const before = await heights()
    expect(before).toHaveLength(1)
    await person.rows('w/long').hover()
    await person.rows('w/long').click()
    expect(await heights()).toEqual(before)
    const line = person.subscriptions.getByRole('listitem').first()
    const lineHeight = (await line.boundingBox())?.height
    await line.hover()
    expect((await line.boundingBox())?.height).toBe(lineHeight)
  })

  await test.step('a clear is undone, and the numbers add up', async () => {
    await person.button('Clear messages').click()
    await expect(person.log.locator('[data-seq]')).toHaveCount(0)
    await person.expectCounter('kept', 0)
    await expect(newest).toHaveCount(0)
    await send('w/3', 'three')
    await person.expectCounter('received', 5)
    await person.expectCounter('kept', 1)
    await expect(page.locator('[data-counter="cleared"]')).toHaveAttribute('data-value', '4')
    await expect(person.treeItem('w/1')).toHaveCount(0)
    await person.button('Undo').click()
    await person.expectCounter('kept', 5)
    await expect(person.rows('w/1')).toHaveCount(1)
    await expect(person.rows('w/3')).toHaveCount(1)
    await expect(person.treeItem('w/1')).toHaveCount(1)
  })

  await test.step('the pin goes with a retained message and comes back with it', async () => {
    const pinned = person.treeItem('w/5pin')
    const isKept = /The broker keeps a message/
    await person.publishForm.getByLabel('Retain', { exact: true }).check()
    await person.publish('w/5pin', 'kept')
    await expect(pinned).toHaveAttribute('aria-description', isKept)
    await expect(pinned).toHaveAccessibleName('5pin: kept')
    await send('w/5pin', '', true)
    await expect(pinned).not.toHaveAttribute('aria-description', isKept)
    await person.publish('w/5pin', 'kept again')
    await expect(pinned).toHaveAttribute('aria-description', isKept)
  })

  await test.step('a log filter that is not valid is marked at its field', async () => {
    const field = person.field('Filter messages')
    await field.fill('topic:w/#/x')
    await expect(field).toHaveAttribute('aria-invalid', 'true')
    await expect(page.getByText(/must be the last level/)).toBeVisible()
    await field.fill('')
  })

  await test.step('a new connection is scrolled into view', async () => {
    const list = page.getByRole('navigation', { name: 'Connections' })
    for (let at = 0; at < 2; at += 1) {
      await person.createProfile({ name: `First of many ${at}`, port: 1883 })
    }
    await list.getByRole('searchbox').fill('First of many')
    await person.createProfile({ name: 'Zebra', port: 1883 })
    await expect(list.getByRole('searchbox')).toHaveValue('')
    await expect(list.getByText('Zebra')).toBeInViewport()
  })
  folder.remove()
})
