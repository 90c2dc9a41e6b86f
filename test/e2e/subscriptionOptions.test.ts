import { expect, test, type RunningApplication } from '../support/application'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import { publishWithMosquitto } from '../support/mosquittoClients'
import { personOnlineIn } from '../support/personOnline'

let broker: Mosquitto

test.beforeAll(async () => {
  broker = await startMosquitto()
})
test.afterAll(() => broker.stop())

const online = (application: RunningApplication, ...filters: readonly string[]) =>
  personOnlineIn(application, broker.port(), filters)
const send = (topic: string, retain = false) =>
  publishWithMosquitto({ port: broker.port(), topic, payload: 'value', qos: 1, retain })

test('options of a subscription are sent again, and what the broker supports is shown', async ({
  clearedApplication,
}) => {
  const person = await online(clearedApplication, 'opt/#')
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
