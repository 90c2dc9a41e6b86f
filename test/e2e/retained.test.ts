import { expect, test, type Launch } from '../support/application'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import { publishWithMosquitto } from '../support/mosquittoClients'
import { personAt } from '../support/person'

let broker: Mosquitto

test.beforeAll(async () => {
  broker = await startMosquitto()
})
test.afterAll(() => broker.stop())

const online = async (launch: Launch, ...filters: readonly string[]) => {
  const subscribed = filters.flatMap((filter) => ['--subscribe', filter])
  const { page } = await launch({ arguments: [`mqtt://127.0.0.1:${broker.port()}`, ...subscribed] })
  const person = personAt(page)
  await expect(person.status).toHaveText(/Online/)
  return person
}
const send = (topic: string, retain = false) =>
  publishWithMosquitto({ port: broker.port(), topic, payload: 'value', qos: 1, retain })

test('options of a subscription are sent again, and what the broker supports is shown', async ({ launch }) => {
  const person = await online(launch, 'opt/#')
  await person.button('What this broker supports').click()
  await expect(person.page.getByText('Shared subscriptions', { exact: true })).toBeVisible()
  await person.page.keyboard.press('Escape')
  await send('opt/kept', true)
  await person.expectCounter('received', 1)
  await person.button('Edit opt/#').click()
  const dialog = person.page.getByRole('dialog')
  await dialog.getByLabel('Retain As Published').check()
  await expect(dialog.getByRole('status')).toHaveText(/sends all retained messages of this filter again/)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await person.expectCounter('received', 2)
})

test('details say who names the subscription, and why the QoS is lower', async ({ launch }) => {
  const person = await online(launch, 'truth/#')
  await send('truth/1')
  await person.rows('truth/1').click()
  await expect(person.details.getByText('Named by the broker')).toBeVisible()
  await expect(person.details.getByText(/Granted QoS 0 by truth\/#/)).toBeVisible()
})

test('retained messages are listed, cleared and put back', async ({ launch }) => {
  await send('shelf/one', true)
  await send('shelf/two', true)
  const person = await online(launch, 'shelf/#')
  await person.treeItem('shelf').click({ button: 'right' })
  await person.page.getByRole('menuitem', { name: 'Retained messages below…' }).click()
  const dialog = person.page.getByRole('dialog')
  await expect(dialog.getByText(/^2 retained messages/)).toBeVisible()
  await dialog.getByRole('listbox').focus()
  await person.page.keyboard.press('Control+a')
  await dialog.getByRole('button', { name: 'Clear 2 selected…' }).click()
  await dialog.getByRole('button', { name: 'Clear 2', exact: true }).click()
  await expect(dialog.getByText('Cleared 2 of 2.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Undo (2)' }).click()
  await expect(dialog.getByText('Put back 2 of 2.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Fetch' }).click()
  await expect(dialog.getByText(/^2 retained messages/)).toBeVisible()
})
