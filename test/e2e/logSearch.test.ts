import { expect, test } from '../support/application'
import { publishFlood } from '../support/bareMqtt'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import { publishWithMosquitto } from '../support/mosquittoClients'
import { personOnlineIn } from '../support/personOnline'

let broker: Mosquitto

test.beforeAll(async () => {
  broker = await startMosquitto()
})
test.afterAll(() => broker.stop())

test('a filter finds its messages among twenty thousand, and those that come', async ({ clearedApplication }) => {
  const person = await personOnlineIn(clearedApplication, broker.port(), ['many/#'])
  const { page } = person
  expect(await page.evaluate(() => globalThis.crossOriginIsolated)).toBe(true)

  const padding = 'x'.repeat(110)
  await publishFlood(
    broker.port(),
    'many/values',
    Array.from({ length: 20_000 }, (_, index) =>
      JSON.stringify({ index, state: index % 1_000 === 7 ? 'Alarm' : 'fine', padding }),
    ),
  )
  await person.expectCounter('received', 20_000)
  await person.field('Filter messages').fill('alarm')
  await expect(page.getByText('20 of 20,000')).toBeVisible()
  await expect(person.rows('many/values').last()).toContainText('19007')

  await publishWithMosquitto({ port: broker.port(), topic: 'many/late', payload: 'ALARM, late' })
  await expect(person.rows('many/late')).toHaveCount(1)
  await expect(page.getByText('21 of 20,001')).toBeVisible()

  await person.button('Pause').click()
  await publishWithMosquitto({ port: broker.port(), topic: 'many/later', payload: 'alarm, later' })
  await person.expectCounter('received', 20_002)
  await expect(page.getByText('paused, 1 waiting')).toBeVisible()
  await expect(person.rows('many/later')).toHaveCount(0)
  await person.button('Pause').click()
  await expect(person.rows('many/later')).toHaveCount(1)

  await person.rows('many/late').click()
  await expect(person.details).toContainText('ALARM, late')

  await person.button('Clear filters').click()
  await expect(page.getByText('of 20,002')).toHaveCount(0)
  await expect(person.log).toHaveAttribute('aria-rowcount', '20003')
})
