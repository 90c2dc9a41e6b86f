import type { Page } from '@playwright/test'
import type { Bridge, EventMessage } from '#shared/contract'
import type { MeterRequest, MeterStatus } from '#shared/model/meter'
import { messageOf, planOf } from '../../electron/core/senders/sendersTesting'
import { connectOnly, expect, test } from './benchBroker'
import { report } from './results'

/** Measures the connection of the window against itself; answers what was counted when it is over. */
const measure = (page: Page, given: Omit<MeterRequest, 'receive'>) =>
  page.evaluate(async (wanted) => {
    const { bridge } = window as unknown as { bridge: Bridge }
    const { value } = (await bridge.invoke('app.snapshot', undefined)) as {
      value: { sessions: { connectionId: string }[] }
    }
    const connectionId = value.sessions[0]?.connectionId ?? ''
    return new Promise<MeterStatus>((resolve) => {
      const stop = bridge.onEvent((message) => {
        const event = message as EventMessage
        if (event.name !== 'meter.changed' || event.payload.endedAt === null) return
        stop()
        resolve(event.payload)
      })
      const send = wanted.send && { ...wanted.send, connectionId }
      void bridge.invoke('meter.start', { ...wanted, send, receive: { connectionId, filter: 'bench/meter' } })
    })
  }, given)

const requestFor = (meterId: string, { perSecond, count }: { readonly perSecond: number; readonly count: number }) => ({
  meterId,
  stamp: { carrier: 'payload' as const, name: 'stamp' },
  send: {
    connectionId: '',
    plan: planOf({
      id: meterId,
      source: { kind: 'message', message: messageOf({ topic: 'bench/meter', payload: 'a'.repeat(107), qos: 1 }) },
      pace: { kind: 'rate', perSecond },
      end: { count, afterMs: null },
      whenSlow: 'wait',
    }),
    latest: {},
  },
  lateAfterMs: 2_000,
})

test.use({ brokerSettings: ['max_inflight_messages 0', 'max_queued_messages 0'] })

test('what comes back through the delivery meter', async ({ application, broker }) => {
  const { page } = application
  await connectOnly(page, broker)
  const slow = await measure(page, requestFor('slow', { perSecond: 100, count: 1_000 }))
  expect(slow.counts).toMatchObject({ sent: 1_000, received: 1_000, lost: 0, duplicated: 0, reordered: 0 })
  const { p50 = NaN, p99 = NaN, most = NaN } = slow.latencies ?? {}
  report({
    measure: 'latency there and back, measured at 100 msg/s, QoS 1 (p50 / p99 / longest)',
    value: `${p50.toFixed(2)} / ${p99.toFixed(2)} / ${most.toFixed(1)} ms`,
    raw: { p50, p99, most },
  })
  const count = 30_000
  const fast = await measure(page, requestFor('fast', { perSecond: 100_000, count }))
  expect(fast.counts).toMatchObject({ sent: count, received: count, lost: 0, duplicated: 0, reordered: 0 })
  // It ends when nothing has come for the time that it waits, which is looked at four times a second.
  const seconds = ((fast.endedAt ?? NaN) - fast.startedAt - 2_000) / 1_000
  report({
    measure: 'messages sent, received and measured, QoS 1, as fast as it can',
    value: `${Math.round(count / seconds)} msg/s`,
    raw: { perSecond: count / seconds },
  })
})
