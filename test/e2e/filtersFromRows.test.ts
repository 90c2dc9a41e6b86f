import { expect, clearedOnce, test } from '../support/application'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import { publishWithMosquitto } from '../support/mosquittoClients'
import { personOnlineIn } from '../support/personOnline'

let broker: Mosquitto

test.beforeAll(async () => {
  broker = await startMosquitto()
})
test.afterAll(() => broker.stop())

const shared = clearedOnce((application) => application)

const send = (topic: string) => publishWithMosquitto({ port: broker.port(), topic, payload: 'value', qos: 1 })
const seen = ['plant/1/temp', 'plant/1/state', 'plant/2/temp', 'plant/3/temp', 'office/door']

/** Has seen all topics and is subscribed to nothing any more. */
const online = async () => {
  const person = await personOnlineIn(shared(), broker.port(), ['#'])
  const { page } = person
  for (const topic of seen) await send(topic)
  await person.expectCounter('received', seen.length)
  await person.subscriptions.getByLabel('Receive #', { exact: true }).uncheck()
  const bar = page.getByRole('region', { name: 'Marked rows' })
  const granted = person.subscriptions.locator('[data-state="granted"]')
  await expect(granted).toHaveCount(0)
  return { ...person, bar, granted }
}

test('the menu of a row offers filters with the topics they bring, and one of them is subscribed to', async () => {
  const person = await online()
  const { page, granted } = person
  await person.treeItem('plant/2/temp').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Subscribe to', exact: true }).click()
  await expect(page.getByRole('menuitem', { name: 'plant/2/temp, this topic, 1 topic' })).toBeVisible()
  await expect(page.getByRole('menuitem', { name: 'plant/2/temp/#, this and everything below, 1 topic' })).toBeVisible()
  await expect(page.getByRole('menuitem', { name: 'plant/2/+, every topic at this level, 1 topic' })).toBeVisible()
  await page.getByRole('menuitem', { name: 'plant/+/temp, any name at level 2, 3 topics' }).click()
  const field = person.subscriptions.getByLabel('Topic filter', { exact: true })
  await expect(field).toHaveValue('plant/+/temp')
  await expect(field).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(granted).toHaveCount(1)
  for (const topic of ['plant/9/temp', 'plant/9/state', 'plant/1/temp']) await send(topic)
  await person.expectCounter('received', seen.length + 2)
  await expect(person.treeItem('plant/9/temp')).toBeVisible()
})

test('rows marked with the mouse get the narrowest filter, with what else it matches', async () => {
  const { page, bar, granted, ...person } = await online()
  await person.treeItem('plant/1/temp').click({ modifiers: ['Control'] })
  await person.treeItem('plant/3/temp').click({ modifiers: ['Control'] })
  await expect(bar.getByRole('status')).toHaveText('2 rows marked')
  await expect(bar.getByText('plant/+/temp', { exact: true })).toBeVisible()
  await bar.getByRole('button', { name: '1 not marked' }).click()
  await expect(bar.getByText('plant/2/temp', { exact: true })).toBeVisible()
  await bar.getByRole('button', { name: 'Subscribe to plant/+/temp' }).click()
  await expect(bar.getByRole('button', { name: 'Subscribed to plant/+/temp' })).toBeFocused()
  await expect(person.subscriptions.getByText('plant/+/temp', { exact: true })).toBeVisible()
  await expect(granted).toHaveCount(1)
  await send('plant/2/temp')
  await person.expectCounter('received', seen.length + 1)
  await bar.getByRole('button', { name: 'Unmark all' }).click()
  await expect(bar).toHaveCount(0)
  await expect(person.tree).toBeFocused()
  await page.keyboard.press('Control+Space')
  await expect(bar.getByRole('status')).toHaveText('1 row marked')
})

test('rows marked with the keyboard stand for their branches, and each can have its own filter', async () => {
  const { page, bar, granted, ...person } = await online()
  await person.treeItem('plant/1').click()
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Shift+ArrowDown')
  await expect(person.treeItem('plant/2')).toHaveAttribute('aria-selected', 'true')
  await expect(bar.getByRole('status')).toHaveText('4 rows marked')
  await expect(bar.getByText('plant/+/#', { exact: true })).toBeVisible()
  await expect(bar.getByRole('button', { name: '1 not marked' })).toBeVisible()
  await bar.getByRole('button', { name: 'By row (2)' }).click()
  await bar.getByRole('button', { name: 'Subscribe to all' }).click()
  await expect(granted).toHaveCount(2)
  for (const topic of ['plant/1', 'plant/2/a/b', 'plant/3/temp']) await send(topic)
  await person.expectCounter('received', seen.length + 2)
  await person.tree.focus()
  await expect(person.treeItem('plant/2/a')).toBeVisible()
  await page.keyboard.press('Control+a')
  await expect(bar.getByRole('status')).toHaveText('11 rows marked')
  await page.keyboard.press('Insert')
  await expect(bar.getByRole('status')).toHaveText('10 rows marked')
  await page.keyboard.press('Escape')
  await expect(bar).toHaveCount(0)
  await expect(person.treeItem('plant/1')).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Escape')
  await expect(person.treeItem('plant/1')).toHaveAttribute('aria-selected', 'false')
})
