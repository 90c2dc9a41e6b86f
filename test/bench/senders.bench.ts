import type { Page } from '@playwright/test'
import type { Bridge, EventMessage } from '#shared/contract'
import type { SenderPlan, SenderStatus } from '#shared/model/sender'
import { messageOf, planOf } from '../../electron/core/senders/sendersTesting'
import { connectOnly, expect, test } from './benchBroker'
import { startBarePublisher, startCountingSubscriber } from './load'
import { readUse } from './processes'
import { report } from './results'

const medianOf = (numbers: readonly number[]) =>
  numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? NaN

const sourceOf = (topic: string, qos: 0 | 1 | 2) =>
  ({ kind: 'message', message: messageOf({ topic, payload: 'a'.repeat(150), qos }) }) as const

/** Starts plans on the connection of the window; answers what became of each when all are over, and how long that took. */
const sendAll = (page: Page, plans: readonly SenderPlan[]) =>
  page.evaluate(async (wanted) => {
    const { bridge } = window as unknown as { bridge: Bridge }
    const { value } = (await bridge.invoke('app.snapshot', undefined)) as {
      value: { sessions: { connectionId: string }[] }
    }
    const connectionId = value.sessions[0]?.connectionId
    const ended = new Map<string, SenderStatus>()
    const startedAt = performance.now()
    await new Promise<void>((resolve) => {
      const stop = bridge.onEvent((message) => {
        const event = message as EventMessage
        if (event.name !== 'sender.changed') return
        for (const status of event.payload) if (status.end !== null) ended.set(status.senderId, status)
        if (ended.size < wanted.length) return
        stop()
        resolve()
      })
      for (const plan of wanted) void bridge.invoke('sender.start', { connectionId, plan, latest: {} })
    })
    const seconds = (performance.now() - startedAt) / 1_000
    for (const senderId of ended.keys()) await bridge.invoke('sender.remove', { connectionId, senderId })
    return { seconds, statuses: [...ended.values()] }
  }, plans)

const count = 30_000
const rounds = 3

for (const qos of [0, 1, 2] as const)
  test.describe(`QoS ${qos}`, () => {
    // A server's Receive Maximum (20 where mosquitto is not told otherwise) is obeyed here, and not by mqtt.js.
    test.use({ brokerSettings: ['max_inflight_messages 0'] })
    test(`a sender as fast as it can at QoS ${qos}, beside a bare publisher`, async ({ application, broker }) => {
      const { page } = application
      await connectOnly(page, broker)
      const bare = await startBarePublisher(broker.port())
      const ours: number[] = []
      const theirs: number[] = []
      for (let round = 0; round < rounds; round++) {
        const plan = planOf({
          id: `fast-${round}`,
          source: sourceOf('bench/sender', qos),
          pace: { kind: 'rate', perSecond: 100_000 },
          end: { count, afterMs: null },
          whenSlow: 'wait',
        })
        const { seconds, statuses } = await sendAll(page, [plan])
        expect(statuses[0]?.counts).toMatchObject({ sent: count, acknowledged: count })
        ours.push(count / seconds)
        theirs.push(await bare.publish(count, qos))
      }
      bare.stop()
      const [one, other] = [medianOf(ours), medianOf(theirs)]
      report({
        measure: `publish out of a sender, QoS ${qos}, beside a bare mqtt.js publisher (medians of ${rounds})`,
        value: `${Math.round(one)} msg/s, ${(one / other).toFixed(2)} of ${Math.round(other)} msg/s`,
        target: 'at least 0.8',
        raw: { perSecond: one, barePerSecond: other, ratio: one / other },
      })
    })
  })

test('a hundred messages a second for a minute', async ({ application, broker }) => {
  const { page } = application
  await connectOnly(page, broker)
  await readUse(application.app)
  const pace = { kind: 'rate', perSecond: 100 } as const
  const plan = planOf({ source: sourceOf('bench/minute', 1), pace, end: { count: null, afterMs: 60_000 } })
  const { seconds, statuses } = await sendAll(page, [plan])
  const { cores } = await readUse(application.app)
  const [status] = statuses
  const sent = status?.counts.acknowledged ?? NaN
  report({
    measure: '100 msg/s for a minute, QoS 1',
    value: `${sent} in ${seconds.toFixed(2)} s, between two of them p50 ${status?.intervals?.p50.toFixed(2)} ms, p95 ${status?.intervals?.p95.toFixed(2)} ms, main ${cores.main.toFixed(2)} cores`,
    target: '6,000 within 1 % in 60 s within 1 %',
    raw: { sent, seconds, p50: status?.intervals?.p50 ?? NaN, p95: status?.intervals?.p95 ?? NaN, main: cores.main },
  })
})

test('a message each millisecond', async ({ application, broker }) => {
  const { page } = application
  await connectOnly(page, broker)
  await readUse(application.app)
  const pace = { kind: 'interval', everyMs: 1 } as const
  const plan = planOf({ source: sourceOf('bench/fast', 0), pace, end: { count: null, afterMs: 20_000 } })
  const { statuses } = await sendAll(page, [plan])
  const { cores } = await readUse(application.app)
  const [status] = statuses
  report({
    measure: 'a message every 1 ms for 20 s, QoS 0',
    value: `${status?.counts.sent} sent, ${status?.counts.skipped} skipped, p50 ${status?.intervals?.p50.toFixed(2)} ms, p95 ${status?.intervals?.p95.toFixed(2)} ms, main ${cores.main.toFixed(2)} cores`,
    raw: { sent: status?.counts.sent ?? NaN, p50: status?.intervals?.p50 ?? NaN, main: cores.main },
  })
})

test('ten senders with 5,000 messages a second in all', async ({ application, broker }) => {
  const { page } = application
  await connectOnly(page, broker)
  const seconds = 20
  const plans = Array.from({ length: 10 }, (_, index) =>
    planOf({
      id: `s${index}`,
      source: sourceOf(`bench/${index}`, 1),
      pace: { kind: 'rate', perSecond: 500 },
      end: { count: 500 * seconds, afterMs: null },
      whenSlow: 'wait',
    }),
  )
  const expected = 5_000 * seconds
  const subscriber = await startCountingSubscriber(broker.port(), expected)
  await readUse(application.app)
  const sent = await sendAll(page, plans)
  const { cores } = await readUse(application.app)
  await subscriber.counted()
  subscriber.stop()
  const acknowledged = sent.statuses.reduce((sum, { counts }) => sum + counts.acknowledged, 0)
  report({
    measure: `ten senders at once, QoS 1, 5,000 msg/s in all for ${seconds} s`,
    value: `${acknowledged} of ${expected} acknowledged and received, ${Math.round(acknowledged / sent.seconds)} msg/s, main ${cores.main.toFixed(2)} cores, all ${cores.all.toFixed(2)}`,
    target: 'nothing lost',
    raw: { acknowledged, expected, perSecond: acknowledged / sent.seconds, main: cores.main, all: cores.all },
  })
  expect(acknowledged).toBe(expected)
})
