import { expect, clearedOnce, test } from '../support/application'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import { publishLinesWithMosquitto, publishWithMosquitto } from '../support/mosquittoClients'
import { personOnlineIn } from '../support/personOnline'

let broker: Mosquitto

test.beforeAll(async () => {
  broker = await startMosquitto()
})
test.afterAll(() => broker.stop())

const shared = clearedOnce((application) => application)
const online = (...filters: readonly string[]) => personOnlineIn(shared(), broker.port(), filters)

test('details say who names the subscription, and why the QoS is lower', async () => {
  const person = await online('named/#')
  await publishWithMosquitto({ port: broker.port(), topic: 'named/1', payload: 'value', qos: 1 })
  await person.rows('named/1').click()
  await expect(person.details.getByText('Named by the broker')).toBeVisible()
  await expect(person.details.getByText(/Granted QoS 0 for named\/#/)).toBeVisible()
})

test('copies and repeats are told apart, counted, and shown when wanted', async () => {
  const port = broker.port()
  const person = await online('truth/#', '+/two')
  const { page } = person
  await publishWithMosquitto({ port, topic: 'truth/two', payload: 'first' })
  await person.expectCounter('received', 1)
  await person.expectCounter('copies', 1)
  await expect(person.rows('truth/two')).toHaveCount(1)

  await person.button('Show from now on').click()
  await publishWithMosquitto({ port, topic: 'truth/two', payload: 'second' })
  await person.expectCounter('copies', 2)
  await expect(person.rows('truth/two')).toHaveCount(3)
  await expect(person.treeItem('truth/two')).toContainText('second')
  const copy = person.rows('truth/two').filter({ has: page.getByTitle(/^Further copy/) })
  await expect(copy).toHaveCount(1)
  await copy.click()
  await expect(person.details.getByText(/^A further copy/)).toBeVisible()

  await person.button('Show from now on').click()
  await publishLinesWithMosquitto({ port, topic: 'truth/one', lines: ['same', 'same'] })
  await person.expectCounter('received', 4)
  await person.expectCounter('repeated', 1)
  await person.field('Filter messages').fill('repeated')
  await expect(person.rows('truth/two')).toHaveCount(0)
  await person.rows('truth/one').click()
  await expect(person.details.getByText(/published again, or delivered twice/)).toBeVisible()
})
