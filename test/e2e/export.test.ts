import type { ElectronApplication, Page } from '@playwright/test'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '../support/application'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import { publishLinesWithMosquitto, publishWithMosquitto } from '../support/mosquittoClients'
import { personOnlineIn } from '../support/personOnline'
import { createTemporaryFolder, type TemporaryFolder } from '../support/temporaryFolder'

let broker: Mosquitto
let folder: TemporaryFolder

test.beforeAll(async () => {
  broker = await startMosquitto()
})
test.afterAll(() => broker.stop())
test.beforeEach(() => void (folder = createTemporaryFolder('export')))
test.afterEach(() => folder.remove())

/** From now on the person names this file in the system's dialog. */
const answerSavePath = (app: ElectronApplication, name: string) =>
  app.evaluate(
    ({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
    },
    join(folder.path, name),
  )

const dialogOf = (page: Page) => {
  const dialog = page.getByRole('dialog', { name: 'Export messages' })
  return {
    dialog,
    /** By keyboard only: the palette, its first action, and the dialog is there. */
    open: async () => {
      await page.keyboard.press('Control+k')
      await page.keyboard.insertText('export messages')
      await expect(page.getByRole('option').first()).toContainText('Export messages')
      await page.keyboard.press('Enter')
      await expect(dialog).toBeVisible()
    },
    choose: (name: string) => dialog.getByRole('radio', { name, exact: true }).check(),
    export: () => dialog.getByRole('button', { name: 'Export…' }).click(),
  }
}

const linesOf = (name: string) => readFileSync(join(folder.path, name), 'utf8').trimEnd().split('\n')

test('a selection is exported as JSON lines, CSV and files, and everything by keyboard', async ({
  clearedApplication,
}) => {
  const { app, page } = clearedApplication
  const person = await personOnlineIn(clearedApplication, broker.port(), ['e/#'])
  const send = (topic: string, payload: Uint8Array | string) =>
    publishWithMosquitto({ port: broker.port(), topic, payload })
  await send('e/1', 'first\nline')
  await send('e/2', Uint8Array.of(0xff, 0, 0x80))
  await send('e/3', '=1+1')
  await expect(person.rows('e/3')).toHaveCount(1)
  const { dialog, ...verbs } = dialogOf(page)

  await person.rows('e/1').click()
  await person.rows('e/2').click({ modifiers: ['Shift'] })
  await person.rows('e/2').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Export 2 messages' }).click()
  await expect(dialog.getByText('2 messages', { exact: true })).toBeVisible()
  await expect(dialog.getByRole('region', { name: 'The first message' })).toContainText('"topic":"e/1"')
  await answerSavePath(app, 'two.jsonl')
  await verbs.export()
  await expect(dialog.getByRole('status')).toContainText('2 messages exported.')
  expect(linesOf('two.jsonl').map((line) => JSON.parse(line) as object)).toMatchObject([
    { topic: 'e/1', payload: 'first\nline', payloadlen: 10, direction: 'in' },
    { topic: 'e/2', payload_base64: '/wCA', payloadlen: 3 },
  ])

  await verbs.choose('Everything in the log')
  await verbs.choose('CSV')
  await answerSavePath(app, 'all.csv')
  await verbs.export()
  await expect(dialog.getByRole('status')).toContainText('3 messages exported.')
  const csv = readFileSync(join(folder.path, 'all.csv'), 'utf8')
  expect(csv).toMatch(/^client_id,connection_name,topic,payload,/)
  expect(csv).toContain(",e/3,'=1+1,0,false,received,")

  await verbs.choose('Payloads as files')
  await answerSavePath(app, 'files')
  await verbs.export()
  await expect(dialog.getByRole('status')).toContainText('/files')
  expect(linesOf('files/manifest.jsonl')).toHaveLength(3)
  expect([...readFileSync(join(folder.path, 'files/e_2/0000002.bin'))]).toEqual([0xff, 0, 0x80])
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()

  await answerSavePath(app, 'typed.txt')
  await verbs.open()
  await page.keyboard.press('Tab')
  for (let press = 0; press < 2; press += 1) await page.keyboard.press('ArrowUp')
  await verbs.choose('Lines by a template')
  await dialog.getByLabel('Template', { exact: true }).fill('%t|%l|%p')
  await expect(dialog.getByRole('region', { name: 'The first message' })).toContainText('e/1|10|first')
  await dialog.getByRole('button', { name: 'Export…' }).focus()
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('status')).toContainText('3 messages exported.')
  expect(linesOf('typed.txt').at(-1)).toBe('e/3|4|=1+1')
  expect(readdirSync(folder.path).toSorted()).toEqual(['all.csv', 'files', 'two.jsonl', 'typed.txt'])
})

test('an export is cancelled without anything left, and another one goes on in the background', async ({
  clearedApplication,
}) => {
  const { app, page } = clearedApplication
  const person = await personOnlineIn(clearedApplication, broker.port(), ['m/#'])
  const lines = Array.from({ length: 1_000 }, (_, index) => `${index} ${'x'.repeat(10_000)}`)
  await publishLinesWithMosquitto({ port: broker.port(), topic: 'm/1', lines })
  await person.expectCounter('received', 1_000)
  const { dialog, ...verbs } = dialogOf(page)

  await verbs.open()
  await verbs.choose('Lines by a template')
  // Each message is half a megabyte, so that there is time to change one's mind.
  await dialog.getByLabel('Template', { exact: true }).fill('%x'.repeat(25))
  await answerSavePath(app, 'cancelled.txt')
  await verbs.export()
  await dialog.getByRole('button', { name: 'Cancel export' }).click()
  await expect(dialog.getByRole('status')).toContainText(/^Cancelled after [\d,]+ messages?\./)
  expect(readdirSync(folder.path)).toEqual([])

  await verbs.choose('Parquet')
  await answerSavePath(app, 'all.parquet')
  await verbs.export()
  await page.keyboard.press('Escape')
  const path = () => readdirSync(folder.path)
  await expect.poll(path).toEqual(['all.parquet'])
  expect(readFileSync(join(folder.path, 'all.parquet')).subarray(-4).toString()).toBe('PAR1')
})
