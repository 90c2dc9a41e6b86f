import { accessibilityFindings } from '../support/accessibility'
import { expect, test, type Application } from '../support/application'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import { publishWithMosquitto } from '../support/mosquittoClients'
import { personAt } from '../support/person'
import { openSavedConnection } from '../support/savedConnection'
import { viewsIn } from '../support/workspace'

let broker: Mosquitto

test.beforeAll(async () => {
  broker = await startMosquitto()
})
test.afterAll(() => broker.stop())

const topic = 'plant/press'
const send = (celsius: number | string) =>
  publishWithMosquitto({ port: broker.port(), topic, payload: JSON.stringify({ celsius, on: true }) })

const watchedIn = ({ page }: Pick<Application, 'page'>) => {
  const person = personAt(page)
  const region = page.getByRole('region', { name: 'Watched values' })
  const row = region.getByRole('row').nth(1)
  return {
    region,
    row,
    value: row.getByRole('cell').nth(1),
    age: row.getByRole('cell').nth(3),
    rules: row.getByRole('listitem'),
    rowMarks: person.log.locator('[data-mark="watch"]'),
    treeMark: person.treeItem(topic).getByRole('img', { name: 'A rule of a watched value holds.' }),
  }
}

test('a value is watched with rules that tell of it once, also after a restart', async ({ application }) => {
  const { page } = application
  const person = await openSavedConnection(page, { port: broker.port(), filter: '#', qos: 0 })
  const { row, value, age, rules, rowMarks, treeMark } = watchedIn(application)
  await send(20.5)
  await person.treeItem(topic).click()

  await test.step('“Watch this” shows the value, its unit and its age', async () => {
    await person.details.getByText('"celsius"').click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Watch this' }).click()
    await expect(row).toContainText('plant/press $.celsius')
    await expect(row).toContainText('Saved')
    await expect(value).toHaveText('20.5')
    await expect(age).toHaveText(/\d/)
    await send('21,5')
    await expect(value).toHaveText('21,5')
    await expect(row.getByRole('img', { name: 'Its latest 2 numbers, from 20.5 to 21.5' })).toBeVisible()
    await person.details.getByText('"celsius"').click({ button: 'right' })
    await expect(page.getByRole('menuitem', { name: 'Watch this' })).toBeDisabled()
    await page.keyboard.press('Escape')
  })

  await test.step('rules are given in a dialog', async () => {
    await row.getByRole('button', { name: 'Name, unit and rules…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Watched value' })
    await dialog.getByLabel('Name', { exact: true }).fill('Press')
    await dialog.getByLabel('Unit', { exact: true }).fill('°C')
    await dialog.getByRole('button', { name: 'Add a rule' }).click()
    await dialog.getByLabel('Limit').fill('30')
    expect(await accessibilityFindings(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(row).toContainText('Press')
    await expect(value).toHaveText('21,5 °C')
    await expect(rules).toHaveText(['above 30'])
    await expect(rowMarks).toHaveCount(0)
  })

  await test.step('a value above the limit is told once, in the tree and at its message', async () => {
    for (const celsius of [31, 32, 29.9, 33]) await send(celsius)
    await expect(value).toHaveText('33 °C')
    await expect(rules.first()).toHaveAttribute('data-holds', 'true')
    await expect(treeMark).toBeVisible()
    await expect(rowMarks).toHaveCount(1)
    await expect(person.rows(topic).filter({ has: page.locator('[data-mark="watch"]') })).toContainText('31')
    await send(20)
    await expect(treeMark).toHaveCount(0)
    await send(34)
    await expect(rowMarks).toHaveCount(2)
    expect(await accessibilityFindings(page)).toEqual([])
  })

  await test.step('silence is told while the connection is online, and not of one that is not', async () => {
    await send(20)
    await row.getByRole('button', { name: 'Name, unit and rules…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Watched value' })
    await dialog.getByLabel('Tell me when it is').selectOption('silent for so long')
    await dialog.getByLabel('Seconds').fill('1')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(rules).toHaveText(['silent for 1 s'])
    await expect(rules.first()).toHaveAttribute('data-holds', 'true')
    await expect(treeMark).toBeVisible()
    await broker.halt()
    await expect(age).toHaveText('offline')
    await expect(rules.first()).not.toHaveAttribute('data-holds')
    await broker.start()
    await expect(person.status).toHaveText(/Online/)
    await expect(rules.first()).toHaveAttribute('data-holds', 'true')
  })

  await test.step('what is watched is there after a restart, and goes and comes back by hand', async () => {
    const again = await application.relaunch()
    const after = watchedIn(again)
    const other = personAt(again.page)
    await other.chooseProfile('Saved')
    await viewsIn(again.page).tab('Watch').click()
    await expect(after.row).toContainText('Press')
    await expect(after.value).toHaveText('nothing yet')
    await expect(after.rules).toHaveText(['silent for 1 s'])
    await other.connect()
    await send(22)
    await expect(after.value).toHaveText('22 °C')
    await after.row.getByRole('button', { name: 'Watch no more' }).click()
    await expect(after.region).toContainText('No value is watched')
    await again.page.getByRole('button', { name: 'Undo' }).click()
    await expect(after.row).toContainText('Press')
  })
})
