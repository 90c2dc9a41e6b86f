import { expect, test } from '../support/application'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import { publishLinesWithMosquitto, publishWithMosquitto } from '../support/mosquittoClients'
import { personOnlineBy } from '../support/personOnline'

let broker: Mosquitto

test.beforeAll(async () => {
  broker = await startMosquitto()
})
test.afterAll(() => broker.stop())

test('columns tell the traffic of each topic, sort the rows, and a topic that stopped is marked', async ({
  clearedApplication,
}) => {
  const port = broker.port()
  await publishWithMosquitto({ port, topic: 'line/kept', payload: 'x'.repeat(2_048), qos: 1, retain: true })
  const asked = [`mqtt://127.0.0.1:${port}`, '--subscribe', '#', '--qos', '2']
  const person = await personOnlineBy(clearedApplication, asked)
  const { page } = person
  await expect(person.treeItem('line/kept')).toBeVisible()
  await publishLinesWithMosquitto({ port, topic: 'line/often', lines: Array.from({ length: 200 }, () => 'abcd') })
  await publishWithMosquitto({ port, topic: 'line/some', payload: 'one', qos: 1 })
  await publishWithMosquitto({ port, topic: 'line/some', payload: 'seven77', qos: 0 })
  await person.expectCounter('received', 203)

  await person.button('Traffic').click()
  const cell = (topic: string, column: string) => person.treeItem(topic).locator(`[data-column="${column}"]`)
  await expect(cell('line/often', 'count')).toHaveText('200')
  await expect(cell('line', 'count')).toHaveText('203')
  await expect(cell('line/some', 'size')).toHaveText('5 B')
  await expect(cell('line/kept', 'largest')).toHaveText('2.0 KiB')
  await expect(cell('line/some', 'mix').locator('[role="img"]')).toHaveAttribute(
    'aria-label',
    /^QoS 0: 1, QoS 1: 1, QoS 2: 0/,
  )
  await expect(cell('line/kept', 'mix').locator('[role="img"]')).toHaveAttribute('aria-label', /retained: 1$/)
  await expect(cell('line/often', 'spark').locator('[role="img"]')).toHaveAttribute(
    'aria-label',
    '200 messages in the last minute',
  )
  await expect(cell('line', 'spark').locator('[role="img"]')).toHaveAttribute(
    'aria-label',
    '203 messages in the last minute',
  )
  await expect(cell('line', 'mix').locator('[role="img"]')).toHaveAttribute('aria-label', /QoS 1: 2, .*retained: 1$/)
  await expect(cell('line', 'interval')).toHaveText('')

  const order = () =>
    person.tree.getByRole('treeitem').evaluateAll((rows) =>
      rows
        .map((row) => ({ topic: row.getAttribute('data-topic'), top: row.getBoundingClientRect().top }))
        .sort((one, other) => one.top - other.top)
        .map(({ topic }) => topic),
    )
  await person.button('Sort by Count').click()
  await expect.poll(order).toEqual(['line', 'line/often', 'line/some', 'line/kept'])
  await person.button('Sort by Count').click()
  await expect.poll(order).toEqual(['line', 'line/kept', 'line/some', 'line/often'])

  await expect(person.treeItem('line/often').getByRole('img', { name: /^No message for/ })).toBeVisible()
  await expect(person.treeItem('line/often')).toHaveAccessibleDescription(/^No message for .*; usual gap/)
  await expect(person.treeItem('line/some').getByRole('img', { name: /^No message for/ })).toHaveCount(0)
  await person.field('Receive #').uncheck()
  await expect(person.treeItem('line/often').getByRole('img', { name: /^No message for/ })).toHaveCount(0)
  await person.field('Receive #').check()
  await expect(person.treeItem('line/often').getByRole('img', { name: /^No message for/ })).toBeVisible()
  await publishWithMosquitto({ port, topic: 'line/often', payload: 'back' })
  await expect(person.treeItem('line/often').getByRole('img', { name: /^No message for/ })).toHaveCount(0)

  await person.treeItem('line/often').click()
  const details = page.getByRole('region', { name: 'Traffic of the selected topic' })
  await expect(details).toContainText('201')
})
