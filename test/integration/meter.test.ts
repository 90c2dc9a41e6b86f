import { describe, expect, it } from 'vitest'
import { readStamp } from '../../shared/model/stamp'
import { stampCarriers } from '../../shared/model/meter'
import type { Subscription } from '../../shared/model/subscription'
import { messageOf } from '../../electron/core/senders/sendersTesting'
import type { Fate, FateOf } from '../support/packetProxy'
import { publishWithMosquitto } from '../support/mosquittoClients'
import { createMeterStarter } from './meterHarness'

const started = createMeterStarter()

/** What becomes of single messages, by the number in their stamp. */
const fates =
  (chosen: Readonly<Record<number, Fate>>): FateOf =>
  ({ rest }) =>
    chosen[readStamp(rest.slice(rest.indexOf('ts1:')))?.sequence ?? -1] ?? 'pass'

const subscriptionTo = (filter: string): Subscription => ({
  id: filter,
  filter,
  qos: 1,
  colour: 'blue',
  alias: '',
  enabled: true,
  muted: false,
})

const openGate = () => {
  let open: () => void = () => undefined
  const until = new Promise<void>((resolve) => (open = resolve))
  return { until, open }
}

describe('a meter over a network that loses, doubles, delays and reorders on purpose', () => {
  it.each([0, 1, 2] as const)('finds exactly that on the way to the broker, with QoS %i', async (qos) => {
    const gate = openGate()
    const toBroker = fates({
      5: 'drop',
      8: 'double',
      17: 'drop',
      20: { after: 3 },
      30: 'double',
      40: { until: gate.until },
    })
    const { start, reach, value, over } = await started({ fates: { sender: { toBroker } } })
    await start({ message: { qos } })
    await reach('three lost', ({ counts }) => counts.lost === 3)
    gate.open()
    await reach('one found again', ({ counts }) => counts.lost === 2)
    await value('meter.stop', { meterId: 'm' })
    const { counts, phase, byQos } = await over()
    expect(phase).toEqual({ kind: 'finished', why: 'stopped' })
    expect(counts).toMatchObject({ received: counts.sent - 2, lost: 2, duplicated: 2, reordered: 2, waiting: 0 })
    expect(counts).toMatchObject({ redelivered: 0, copies: 0, stored: 0, lowered: 0, refused: 0, unacknowledged: 0 })
    expect(counts.late).toBeGreaterThanOrEqual(1)
    expect(byQos.map((one) => [one.qos, one.count])).toEqual([[qos, counts.received]])
  })

  it.each([0, 1, 2] as const)('finds exactly that on the way from the broker, with QoS %i', async (qos) => {
    const toClients = fates({ 3: 'drop', 9: 'double', 12: { after: 2 } })
    const { start, over } = await started({ fates: { receiver: { toClients } } })
    await start({ message: { qos }, plan: { end: { count: 50, afterMs: null } } })
    const { counts, phase } = await over()
    expect(phase).toEqual({ kind: 'finished', why: 'complete' })
    expect(counts).toMatchObject({ sent: 50, received: 49, lost: 1, duplicated: 1, reordered: 1, redelivered: 0 })
  })

  it.each([1, 2] as const)('does not call a redelivery a duplicate, with QoS %i', async (qos) => {
    const toClients = fates({ 3: 'redeliver', 9: 'redeliver' })
    const { start, over } = await started({ fates: { receiver: { toClients } } })
    await start({ message: { qos }, plan: { end: { count: 30, afterMs: null } } })
    expect((await over()).counts).toMatchObject({ received: 30, redelivered: 2, duplicated: 0, lost: 0 })
  })
})

describe('a meter', () => {
  it.each(stampCarriers)('finds its stamps where they stand: %s', async (carrier) => {
    const { start, over } = await started()
    const message = { payload: '{ "value": 12.50 }', format: 'json' as const }
    await start({
      stamp: { carrier, name: 'my.stamp' },
      message,
      plan: { end: { count: 20, afterMs: null } },
      ...(carrier === 'topicLevel' && { receive: { connectionId: 'receiver', filter: 'a/+' } }),
    })
    const { counts, notes } = await over()
    expect(counts).toMatchObject({ sent: 20, received: 20, lost: 0, duplicated: 0 })
    expect(notes).toEqual(carrier === 'topicLevel' ? ['topicsHaveNoOrder'] : [])
  })

  it('tells the QoS apart where one run sends with all of them, and says which came with a lower one', async () => {
    const { start, over, value } = await started()
    await value('subscription.save', { connectionId: 'receiver', subscription: subscriptionTo('a') })
    const steps = ([0, 1, 2] as const).map((qos) => ({
      message: messageOf({ topic: 'a', payload: '', qos }),
      pauseMs: 1,
    }))
    await start({ plan: { source: { kind: 'list', steps, loops: true }, end: { count: 30, afterMs: null } } })
    const { counts, byQos } = await over()
    expect(counts).toMatchObject({ sent: 30, received: 30, lost: 0, lowered: 10, reordered: 0, duplicated: 0 })
    expect(byQos.map(({ qos, count }) => [qos, count])).toEqual([
      [0, 10],
      [1, 20],
    ])
  })

  it.each(['5', '3.1.1'] as const)(
    'does not take copies for other subscriptions for duplicates, with %s',
    async (protocolVersion) => {
      const { start, over, value } = await started({ profile: { protocolVersion } })
      for (const filter of ['#', '+'])
        await value('subscription.save', { connectionId: 'receiver', subscription: subscriptionTo(filter) })
      await start({ plan: { end: { count: 20, afterMs: null } } })
      const { counts } = await over()
      // Each of the others brings a copy of its own; before MQTT 5 this broker sends one message for all of them.
      const copies = protocolVersion === '5' ? 40 : 0
      expect(counts).toMatchObject({ received: 20, copies, duplicated: 0, redelivered: 0, lost: 0 })
    },
  )

  it('counts what the broker refuses as refused, and not as lost', async () => {
    const { start, over } = await started({ broker: { acl: ['topic read #'] } })
    await start({ plan: { end: { count: 10, afterMs: null } } })
    const { counts, firstRefusal } = await over()
    expect(counts).toMatchObject({ sent: 10, received: 0, refused: 10, lost: 0 })
    expect(firstRefusal).toMatchObject({ code: 'publishRefused', reasonCode: 0x87 })
  })

  it('fails where a stamp has no place, and removes what it sent with', async () => {
    const { start, over, snapshot } = await started()
    await start({ stamp: { carrier: 'jsonField', name: 'stamp' }, message: { payload: 'text' } })
    expect((await over()).phase).toMatchObject({ kind: 'failed', error: { code: 'stampNeedsObject' } })
    expect((await snapshot()).senders).toEqual([])
  })

  it('goes on over a reconnect of the receiver, and loses what was sent meanwhile', async () => {
    const { start, receiver, reach, value, over } = await started()
    await start()
    await reach('messages', ({ counts }) => counts.received > 20)
    receiver.cut()
    const { counts: before } = await reach('some lost', ({ counts }) => counts.lost > 0)
    await reach('more messages', ({ counts }) => counts.received > before.received + 20)
    await value('meter.stop', { meterId: 'm' })
    const { counts, notes } = await over()
    expect(counts.received + counts.lost).toBe(counts.sent)
    expect(counts.duplicated).toBe(0)
    expect(notes).toContain('receiverWasAway')
  })

  it('keeps apart several at once, and stamps of others and of before', async () => {
    const { start, over, broker, value, reach } = await started()
    const foreign = (sequence: number) => `ts1:theirs:${sequence}:1764538818123456:1;`
    const publish = (payload: string, retain = false) =>
      publishWithMosquitto({ port: broker.port(), topic: 'a', payload, qos: 1, retain })
    await publish(foreign(1), true)
    await start({ listensOnly: true, meterId: 'listening', receive: { connectionId: 'receiver', filter: '#' } })
    await reach('a subscription', ({ phase }) => phase.kind === 'running', 'listening')
    // This one brings what is stored, and copies of the rest.
    await value('subscription.save', { connectionId: 'receiver', subscription: subscriptionTo('a') })
    await start({ plan: { end: { count: 20, afterMs: null } } })
    await start({ meterId: 'n', plan: { end: { count: 10, afterMs: null } } })
    expect((await over()).counts).toMatchObject({ sent: 20, received: 20, duplicated: 0, stored: 0 })
    expect((await over('n')).counts).toMatchObject({ sent: 10, received: 10, duplicated: 0 })
    for (const sequence of [5, 7, 8, 6, 10, 10]) await publish(foreign(sequence))
    const { foreign: runs, counts } = await reach(
      'what others sent',
      (status) => status.foreign[0]?.counts.duplicated === 1,
      'listening',
    )
    expect(runs).toMatchObject([{ run: 'theirs', missing: 1, counts: { received: 5, reordered: 1, late: 0 } }])
    expect(runs[0]?.aboveLeast).toMatchObject({ count: 5, least: 0 })
    expect(counts).toMatchObject({ sent: 0, received: 0 })
    await value('meter.stop', { meterId: 'listening' })
    expect((await over('listening')).phase).toEqual({ kind: 'finished', why: 'stopped' })
  })
})
