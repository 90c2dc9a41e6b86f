import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { accessibilityFindings } from '../support/accessibility'
import { expect, test } from '../support/application'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import { publishLinesWithMosquitto, publishWithMosquitto } from '../support/mosquittoClients'
import { personOnlineIn } from '../support/personOnline'
import { createTemporaryFolder } from '../support/temporaryFolder'

let broker: Mosquitto

test.beforeAll(async () => {
  broker = await startMosquitto()
})
test.afterAll(() => broker.stop())

type WatchedWindow = Window & { violations?: string[] }

/** From now on the page notes what its policy refused. */
const watchPolicy = (page: Page) =>
  page.evaluate(() => {
    const violations: string[] = []
    ;(window as WatchedWindow).violations = violations
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
      violations.push(effectiveDirective),
    )
  })

const answerSaving = (app: ElectronApplication, path: string) =>
  app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, path)

/** Colours other than that of the page, in what is drawn: 0 = nothing is. */
const drawnPixels = (page: Page) =>
  page
    .locator('figure canvas')
    .first()
    .evaluate((canvas: HTMLCanvasElement) => {
      const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
      let drawn = 0
      for (let at = 3; at < data.length; at += 4) if ((data[at] ?? 0) > 0) drawn += 1
      return drawn
    })

const topic = 'plant/oven'
const publishCelsius = (values: readonly number[]) =>
  publishLinesWithMosquitto({
    port: broker.port(),
    topic,
    lines: values.map((celsius) => JSON.stringify({ celsius, door: 'shut' })),
  })

test('a number of a payload is charted from the history on, live, and exported', async ({ clearedApplication }) => {
  const person = await personOnlineIn(clearedApplication, broker.port(), ['plant/#'])
  const { app, page } = clearedApplication
  const { details } = person
  await watchPolicy(page)
  await publishCelsius(Array.from({ length: 20 }, (_, index) => 20 + index))
  await person.treeItem(topic).click()
  await details.getByText('Tree', { exact: true }).click()
  const values = details.getByRole('tree', { name: 'Values of the payload' })
  const charts = page.getByRole('region', { name: 'Charts', exact: true })
  const row = charts.getByRole('row', { name: /\$\.celsius/ })

  await test.step('one click draws what the log has', async () => {
    await values.getByRole('treeitem', { name: 'celsius: 39' }).click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Chart this' }).click()
    await expect(row).toContainText('mean 29.5')
    await expect.poll(() => drawnPixels(page)).toBeGreaterThan(1_000)
  })

  await test.step('a text is a lane of states beside it', async () => {
    await values.getByRole('treeitem', { name: /^door/ }).click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Add to the newest chart' }).click()
    await expect(charts.getByRole('row', { name: /\$\.door/ })).toContainText('mostly shut (20)')
  })

  await test.step('what comes is drawn, but while it is paused', async () => {
    await publishWithMosquitto({ port: broker.port(), topic, payload: '{"celsius":"99,5 °C","door":"open"}' })
    await expect(row).toContainText('99,5 °C')
    await charts.getByRole('button', { name: 'Pause' }).click()
    await publishWithMosquitto({ port: broker.port(), topic, payload: '{"celsius":7,"door":"open"}' })
    await expect(person.treeItem(topic)).toContainText('"celsius":7')
    await expect(row).toContainText('99,5 °C')
    await charts.getByRole('button', { name: 'Live' }).click()
    await expect(row.getByRole('cell').first()).toHaveText('7')
  })

  await test.step('the keyboard reads values, zooms and shows everything again', async () => {
    await page.getByRole('group', { name: /^Chart of/ }).focus()
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowLeft')
    await expect(row.getByRole('cell').first()).toHaveText('99,5 °C')
    await page.keyboard.press('+')
    await expect(row).toContainText('too few to say more')
    await page.keyboard.press('Home')
    await expect(row).toContainText('mean')
  })

  await test.step('a drag with Shift moves the time that is shown, and stands still there', async () => {
    const box = await page.getByRole('group', { name: /^Chart of/ }).boundingBox()
    if (!box) throw new Error('The chart is not drawn.')
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
    await page.mouse.move(x, y)
    await page.keyboard.down('Shift')
    await page.mouse.down()
    await page.mouse.move(x + 40, y)
    await page.mouse.move(x + 80, y)
    await page.mouse.up()
    await page.keyboard.up('Shift')
    await expect(charts.getByRole('button', { name: 'Live' })).toBeVisible()
    await page.getByRole('group', { name: /^Chart of/ }).focus()
    await page.keyboard.press('Home')
    await expect(charts.getByRole('button', { name: 'Pause' })).toBeVisible()
  })

  await test.step('CSV has the values as they were sent', async () => {
    const folder = createTemporaryFolder('chart')
    const file = join(folder.path, 'chart.csv')
    try {
      await answerSaving(app, file)
      await charts.getByRole('button', { name: 'Export the chart' }).click()
      await page.getByRole('menuitem', { name: 'Export CSV' }).click()
      await expect.poll(() => (existsSync(file) ? readFileSync(file, 'utf8') : '')).toContain('"99,5 °C"')
      expect(
        readFileSync(file, 'utf8')
          .split('\r\n')
          .filter((line) => line.includes('$.celsius')),
      ).toHaveLength(22)
    } finally {
      folder.remove()
    }
  })

  await test.step('its policy refused nothing of it, and nothing is out of reach', async () => {
    expect(await page.evaluate(() => (window as WatchedWindow).violations)).toEqual([])
    expect(await accessibilityFindings(page)).toEqual([])
  })
})
