import type { ElectronApplication } from '@playwright/test'
import { accessibilityFindings } from '../support/accessibility'
import { expect, test } from '../support/application'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import { publishWithMosquitto } from '../support/mosquittoClients'
import { personOnlineIn } from '../support/personOnline'

let broker: Mosquitto

test.beforeAll(async () => {
  broker = await startMosquitto()
})
test.afterAll(() => broker.stop())

const clipboardOf = (app: ElectronApplication) => app.evaluate(({ clipboard }) => clipboard.readText())

const payload = '{"celsius":21.50,"serial":9007199254740993,"axes":[{"x":0.71},{"x":0.68}],"celsius":22,"on":true}'

test('a payload is read as a tree beside its bytes, in both directions', async ({ clearedApplication }) => {
  const person = await personOnlineIn(clearedApplication, broker.port(), ['#'])
  const { app, page } = clearedApplication
  const { details } = person
  await publishWithMosquitto({ port: broker.port(), topic: 'plant/press', payload })
  await person.treeItem('plant/press').click()
  await details.getByText('Tree', { exact: true }).click()
  const tree = details.getByRole('tree', { name: 'Values of the payload' })
  const chosen = tree.getByRole('treeitem', { selected: true })

  await test.step('every value is there as it was sent, and keys that repeat are marked', async () => {
    await expect(tree.getByRole('treeitem', { name: 'serial: 9007199254740993' })).toBeVisible()
    await expect(tree.getByText('repeated')).toHaveCount(2)
    await tree.focus()
    await page.keyboard.press('End')
    await expect(chosen).toHaveAccessibleName('on: true')
  })

  await test.step('the bytes of a value are marked, and a byte chooses its value', async () => {
    await details.getByRole('button', { name: 'Bytes' }).click()
    const bytes = details.getByRole('region', { name: 'Bytes of the payload' })
    await expect(bytes.locator('mark[data-of="value"]').last()).toContainText('e')
    await tree.getByRole('treeitem', { name: 'serial: 9007199254740993' }).click()
    await expect(bytes.locator('mark[data-of="value"]').last()).toContainText('93')
    const first = bytes.locator('[data-index="0"]')
    const { width, height } = (await first.boundingBox()) ?? { width: 0, height: 0 }
    await first.click({ position: { x: Math.min(12, width), y: height / 2 } })
    await expect(chosen).toHaveAccessibleName(/^whole payload/)
  })

  await test.step('what the bytes at the caret are is told, and copied by a click', async () => {
    const values = details.getByRole('region', { name: 'The bytes at 0x0 (0) as' })
    await expect(values.getByRole('row', { name: /^uint8 / })).toContainText('123')
    await values
      .getByRole('row', { name: /^uint16/ })
      .getByRole('button')
      .last()
      .click()
    await expect.poll(() => clipboardOf(app)).toBe(String(0x7b22))
  })

  await test.step('a value becomes a condition of the log and a column of it', async () => {
    await tree.getByRole('treeitem', { name: 'serial: 9007199254740993' }).click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Filter by this' }).click()
    await expect(person.field('Filter messages')).toHaveValue('below:plant/press $.serial = 9007199254740993')
    await expect(person.rows('plant/press')).toHaveCount(1)
    await tree.getByRole('treeitem', { name: 'on: true' }).click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Column of this' }).click()
    await expect(person.log.getByRole('columnheader', { name: '$.on' })).toBeVisible()
  })

  await test.step('nothing of it is out of reach', async () => {
    expect(await accessibilityFindings(page)).toEqual([])
  })
})
