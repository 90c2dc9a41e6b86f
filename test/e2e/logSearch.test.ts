import { connect } from 'node:net'
import { expect, test } from '../support/application'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import { publishWithMosquitto } from '../support/mosquittoClients'
import { personAt } from '../support/person'

let broker: Mosquitto

test.beforeAll(async () => {
  broker = await startMosquitto()
})
test.afterAll(() => broker.stop())

const stringBytes = (text: string) => {
  const bytes = Buffer.from(text)
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes])
}

const packet = (firstByte: number, body: Buffer) => {
  const length = body.length < 128 ? [body.length] : [(body.length & 0x7f) | 0x80, body.length >> 7]
  return Buffer.concat([Buffer.from([firstByte, ...length]), body])
}

/** Publishes at QoS 0 over one bare connection: a client for each of twenty thousand messages would take minutes. */
const flood = (topic: string, payloads: readonly string[]) =>
  new Promise<void>((resolve, reject) => {
    const socket = connect(broker.port(), '127.0.0.1')
    socket.on('error', reject)
    const connectBody = Buffer.concat([stringBytes('MQTT'), Buffer.from([4, 2, 0, 60]), stringBytes('flood')])
    socket.write(packet(0x10, connectBody))
    socket.once('data', () => {
      const topicBytes = stringBytes(topic)
      for (const payload of payloads) socket.write(packet(0x30, Buffer.concat([topicBytes, Buffer.from(payload)])))
      socket.end(Buffer.from([0xe0, 0]), () => resolve())
    })
  })

test('a filter finds its messages among twenty thousand, and those that come', async ({ launch }) => {
  const { page } = await launch({ arguments: [`mqtt://127.0.0.1:${broker.port()}`, '--subscribe', 'many/#'] })
  const person = personAt(page)
  await expect(person.status).toHaveText(/Online/)
  expect(await page.evaluate(() => globalThis.crossOriginIsolated)).toBe(true)

  const padding = 'x'.repeat(110)
  await flood(
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
