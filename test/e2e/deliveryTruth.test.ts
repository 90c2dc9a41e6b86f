import { expect, test } from '../support/application'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import { publishLinesWithMosquitto, publishWithMosquitto } from '../support/mosquittoClients'
import { personAt } from '../support/person'

let broker: Mosquitto

test.beforeAll(async () => {
  broker = await startMosquitto()
})
test.afterAll(() => broker.stop())

test('copies and repeats are told apart, counted, and shown when wanted', async ({ launch }) => {
  const port = broker.port()
  const { page } = await launch({
    arguments: [`mqtt://127.0.0.1:${port}`, '--subscribe', 'truth/#', '--subscribe', '+/two'],
  })
  const person = personAt(page)
  await expect(person.status).toHaveText(/Online/)
  await publishWithMosquitto({ port, topic: 'truth/two', payload: 'first' })
  await person.expectCounter('received', 1)
  await person.expectCounter('copies', 1)
  await expect(person.rows('truth/two')).toHaveCount(1)

  await person.button('Show').click()
  await publishWithMosquitto({ port, topic: 'truth/two', payload: 'second' })
  await person.expectCounter('copies', 2)
  await expect(person.rows('truth/two')).toHaveCount(3)
  await expect(person.treeItem('truth/two')).toContainText('second')
  const copy = person.rows('truth/two').filter({ has: page.getByTitle(/^Further copy/) })
  await expect(copy).toHaveCount(1)
  await copy.click()
  await expect(person.details.getByText(/^A further copy/)).toBeVisible()

  await person.button('Show').click()
  await publishLinesWithMosquitto({ port, topic: 'truth/one', lines: ['same', 'same'] })
  await person.expectCounter('received', 4)
  await person.expectCounter('repeated', 1)
  await person.field('Marks').selectOption('Repeated')
  await expect(person.rows('truth/two')).toHaveCount(0)
  await person.rows('truth/one').click()
  await expect(person.details.getByText(/published again, or delivered twice/)).toBeVisible()
})
