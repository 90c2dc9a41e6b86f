import { describe, expect, it } from 'vitest'
import type { LastingFault, MomentaryFault } from '../../shared/model/fault'
import type { Profile } from '../../shared/model/profile'
import { noWill } from '../../shared/model/will'
import { publishWithMosquitto, subscribeWithMosquitto } from '../support/mosquittoClients'
import { waitFor } from '../support/waitFor'
import { politely, startFakeServer, type FakeConnection } from './sessionFakeServer'
import { createStarter, publishTo, subscribed, testProfile, withReconnect } from './sessionHarness'

const { onStop, startedBroker, startedHarness } = createStarter()
type Harness = ReturnType<typeof startedHarness>

const kitOf = ({ registry }: Harness, { id }: Profile) => {
  const faults = registry.faultsOf(id)
  const deeds = () => faults.status().events.map(({ what }) => what)
  return {
    faults,
    deeds,
    set: (...lasting: LastingFault[]) => {
      faults.arm(true)
      expect(faults.set(lasting)).toMatchObject({ ok: true })
    },
    act: (fault: MomentaryFault) => {
      faults.arm(true)
      expect(faults.act(fault)).toMatchObject({ ok: true })
    },
    did: (what: string, times = 1) =>
      waitFor(`the fault kit to have ${what} ${times} times (${deeds().join()})`, () =>
        deeds().filter((deed) => deed === what).length >= times ? true : null,
      ),
  }
}

const heard = (connection: FakeConnection | undefined) => (connection?.received ?? []).map(({ cmd }) => cmd)

/** A server that sends a message with QoS 1 and one with QoS 2 to every filter. */
const startSender = async () => {
  const server = await startFakeServer(
    politely((packet, { send }) => {
      if (packet.cmd === 'subscribe') {
        send({ cmd: 'publish', qos: 1, messageId: 7, topic: 'one', payload: '1', dup: false, retain: false })
        send({ cmd: 'publish', qos: 2, messageId: 8, topic: 'two', payload: '2', dup: false, retain: false })
      }
      if (packet.cmd === 'pubrec') send({ cmd: 'pubrel', messageId: packet.messageId ?? 0 })
    }),
  )
  onStop(server.stop)
  return server
}

describe('packets of the handshakes', () => {
  it('are withheld, each kind for itself, and counted', async () => {
    const server = await startSender()
    const harness = startedHarness()
    const profile = testProfile({ port: server.port, subscriptions: [subscribed('#')] })
    const kit = kitOf(harness, profile)
    kit.set({ kind: 'withhold', packet: 'PUBACK' })
    await harness.connect(profile)
    await waitFor('PUBCOMP', () => heard(server.connections[0]).includes('pubcomp'))
    await harness.received(profile, 2)
    expect(heard(server.connections[0])).toEqual(['subscribe', 'pubrec', 'pubcomp'])
    expect(kit.faults.status().counts).toEqual({ 'withhold PUBACK': 1 })
  })

  it('are delayed, and others overtake them; what is delayed goes out when that is switched off', async () => {
    const server = await startSender()
    const harness = startedHarness()
    const profile = testProfile({ port: server.port, subscriptions: [subscribed('#')] })
    const kit = kitOf(harness, profile)
    kit.set({ kind: 'delay', packet: 'PUBACK', milliseconds: 3_600_000 })
    await harness.connect(profile)
    await waitFor('PUBCOMP', () => heard(server.connections[0]).includes('pubcomp'))
    expect(heard(server.connections[0])).not.toContain('puback')
    kit.set()
    await waitFor('PUBACK', () => heard(server.connections[0]).at(-1) === 'puback')
  })

  it('have the reason code that was chosen', async () => {
    const server = await startSender()
    const harness = startedHarness()
    const profile = testProfile({ port: server.port, subscriptions: [subscribed('#')] })
    kitOf(harness, profile).set({ kind: 'reasonCode', packet: 'PUBACK', code: 0x97 })
    await harness.connect(profile)
    const puback = await waitFor('PUBACK', () => server.connections[0]?.received.find(({ cmd }) => cmd === 'puback'))
    expect(puback).toMatchObject({ messageId: 7, reasonCode: 0x97 })
  })

  it('pass as they are where nothing is on, and also when the kit is switched off again', async () => {
    const broker = await startedBroker()
    const harness = startedHarness()
    const profile = testProfile({ port: broker.port(), subscriptions: [subscribed('#')] })
    const kit = kitOf(harness, profile)
    kit.set()
    await harness.connect(profile)
    await harness.granted(profile)
    const before = await harness.registry.publish(publishTo(profile, { qos: 2, topic: 'a' }))
    kit.faults.arm(false)
    const after = await harness.registry.publish(publishTo(profile, { qos: 2, topic: 'b' }))
    expect([before.ok, after.ok]).toEqual([true, true])
    expect((await harness.received(profile, 2)).map(({ topic }) => topic)).toEqual(['a', 'b'])
  })
})

describe('the way of the bytes', () => {
  it.each<[string, LastingFault[]]>([
    ['byte by byte', [{ kind: 'byteWise' }]],
    ['throttled', [{ kind: 'throttle', direction: 'out', bytesPerSecond: 20_000 }]],
    [
      'throttled both ways',
      ['in', 'out'].map((direction) => ({ kind: 'throttle', direction, bytesPerSecond: 40_000 })) as LastingFault[],
    ],
    [
      'late',
      [
        { kind: 'latency', direction: 'out', milliseconds: 30 },
        { kind: 'latency', direction: 'in', milliseconds: 20 },
      ],
    ],
  ])('is slowed down and loses nothing: %s', async (_name, faults) => {
    const broker = await startedBroker()
    const listener = await subscribeWithMosquitto({ port: broker.port(), filters: ['#'], qos: 2 })
    onStop(listener.stop)
    const harness = startedHarness()
    const profile = testProfile({ port: broker.port(), subscriptions: [subscribed('#')] })
    const kit = kitOf(harness, profile)
    kit.set(...faults)
    await harness.connect(profile)
    await harness.granted(profile)
    const topics = Array.from({ length: 10 }, (_, index) => `t/${index}`)
    const sent = topics.map((topic, index) =>
      harness.registry.publish(
        publishTo(profile, { topic, qos: (index % 2) as 0 | 1, payload: Buffer.alloc(500, index) }),
      ),
    )
    expect((await Promise.all(sent)).every(({ ok }) => ok)).toBe(true)
    const seen = await harness.received(profile, 10)
    expect(seen.map(({ topic, payload }) => [topic, payload.length])).toEqual(topics.map((topic) => [topic, 500]))
    expect(await listener.waitForMessages(10)).toHaveLength(10)
  })

  it('half a packet stays half until it is let go', async () => {
    const broker = await startedBroker()
    const listener = await subscribeWithMosquitto({ port: broker.port(), filters: ['#'], qos: 0 })
    onStop(listener.stop)
    const harness = startedHarness()
    const profile = testProfile({ port: broker.port() })
    const kit = kitOf(harness, profile)
    await harness.connect(profile)
    kit.set({ kind: 'halfPacket' })
    const sent = harness.registry.publish(publishTo(profile, { topic: 'half', qos: 1 }))
    await kit.did('halfSent')
    // What came behind it was not sent either.
    await publishWithMosquitto({ port: broker.port(), topic: 'other', payload: 'x' })
    expect((await listener.waitForMessages(1)).map(({ topic }) => topic)).toEqual(['other'])
    kit.set()
    expect(await sent).toMatchObject({ ok: true })
    expect((await listener.waitForMessages(2)).map(({ topic }) => topic)).toEqual(['other', 'half'])
    await kit.did('restSent')
  })

  it('nothing is read while that is on, and all of it afterwards', async () => {
    const broker = await startedBroker()
    const harness = startedHarness()
    const profile = testProfile({ port: broker.port(), subscriptions: [subscribed('#')] })
    const kit = kitOf(harness, profile)
    await harness.connect(profile)
    await harness.granted(profile)
    kit.set({ kind: 'stopReading' })
    await publishWithMosquitto({ port: broker.port(), topic: 'a', payload: '1', qos: 1 })
    expect(harness.incoming(profile)).toEqual([])
    kit.set()
    expect(await harness.received(profile, 1)).toMatchObject([{ topic: 'a' }])
  })

  it('without PINGREQ the broker closes after its time', async () => {
    const broker = await startedBroker()
    const harness = startedHarness()
    const profile = testProfile({ port: broker.port(), keepaliveSeconds: 1 })
    const kit = kitOf(harness, profile)
    await harness.connect(profile)
    kit.set({ kind: 'stopPinging' })
    await harness.reach(profile, 'failed')
    expect(broker.log()).toContain('exceeded timeout')
    expect(kit.deeds()).toContain('withheld')
  })
})

describe('the socket', () => {
  const will = { ...noWill, enabled: true, topic: 'last/will', payload: 'gone' }

  it.each(['fin', 'rst'] as const)(
    'is dropped by %s: the will fires, it is said who did it, and it connects again',
    async (how) => {
      const broker = await startedBroker()
      const listener = await subscribeWithMosquitto({ port: broker.port(), filters: ['last/#'], qos: 0 })
      onStop(listener.stop)
      const harness = startedHarness()
      const profile = testProfile({ port: broker.port(), will, reconnect: withReconnect })
      await harness.connect(profile)
      kitOf(harness, profile).act({ kind: 'dropSocket', how })
      expect(await listener.waitForMessages(1)).toMatchObject([{ topic: 'last/will' }])
      await harness.reach(profile, 'online')
      const reasons = harness.history.flatMap(({ state }) => ('reason' in state ? [state.reason] : []))
      expect(reasons[0]).toMatchObject({ code: 'droppedOnPurpose', values: { how: how.toUpperCase() } })
      // Mosquitto names both ends alike, so that the way of the end is seen by the code of its socket only.
      expect(broker.log()).toMatch(/closed its connection|Connection reset by peer|disconnected/)
    },
  )

  it('is dropped by RST, which the peer sees as a reset', async () => {
    const server = await startFakeServer(politely())
    onStop(server.stop)
    const harness = startedHarness()
    const profile = testProfile({ port: server.port })
    await harness.connect(profile)
    const codes: unknown[] = []
    server.connections[0]?.socket.on('error', (error: NodeJS.ErrnoException) => codes.push(error.code))
    kitOf(harness, profile).act({ kind: 'dropSocket', how: 'rst' })
    await waitFor('the reset', () => codes.includes('ECONNRESET'))
  })
})

describe('packets beside the session', () => {
  it.each([1, 2] as const)(
    'a message of QoS %i is sent again with DUP, and its second answer is nobody’s slip',
    async (qos) => {
      const broker = await startedBroker()
      const harness = startedHarness()
      const profile = testProfile({ port: broker.port() })
      const kit = kitOf(harness, profile)
      kit.set()
      await harness.connect(profile)
      expect(await harness.registry.publish(publishTo(profile, { topic: 'again', qos }))).toMatchObject({ ok: true })
      kit.act({ kind: 'resendWithDup' })
      kit.act({ kind: 'reusePacketId' })
      await waitFor('both to arrive', () => (broker.log().match(/Received PUBLISH from .*'again'/g) ?? []).length === 3)
      // The answers to both have come when that to another message has.
      expect(await harness.registry.publish(publishTo(profile, { topic: 'end', qos: 2 }))).toMatchObject({ ok: true })
      const lines = broker.log().match(/Received PUBLISH from \S+ \(d\d, q\d, r\d, m\d+, 'again'/g) ?? []
      expect(lines.map((line) => line.includes('(d1'))).toEqual([false, true, false])
      expect(new Set(lines.map((line) => /m\d+/.exec(line)?.[0])).size).toBe(1)
      expect(harness.registry.get(profile.id)?.status().violation).toBeUndefined()
      expect(kit.deeds().filter((deed) => deed === 'sentAgain' || deed === 'idUsedAgain')).toHaveLength(2)
    },
  )

  it('there is nothing to send again before the first of QoS 1 or 2', async () => {
    const broker = await startedBroker()
    const harness = startedHarness()
    const profile = testProfile({ port: broker.port() })
    const kit = kitOf(harness, profile)
    kit.set()
    await harness.connect(profile)
    kit.act({ kind: 'resendWithDup' })
    expect(kit.deeds().at(-1)).toBe('nothingToSend')
  })

  it('raw bytes go out as they are, and what answers them is expected', async () => {
    const broker = await startedBroker()
    const listener = await subscribeWithMosquitto({ port: broker.port(), filters: ['raw/#'], qos: 0 })
    onStop(listener.stop)
    const harness = startedHarness()
    const profile = testProfile({ port: broker.port() })
    const kit = kitOf(harness, profile)
    await harness.connect(profile)
    // PUBLISH of QoS 1 with identifier 0x4242 to raw/a, then a PINGREQ.
    kit.act({ kind: 'rawBytes', hex: '32 0b 00 05 72 61 77 2f 61 42 42 00 58  c0 00' })
    expect(await listener.waitForMessages(1)).toMatchObject([{ topic: 'raw/a' }])
    await harness.registry.publish(publishTo(profile, { topic: 'end', qos: 1 }))
    expect(harness.registry.get(profile.id)?.status().violation).toBeUndefined()
  })

  it('a second connection with the client ID takes the session, and the first says so', async () => {
    const broker = await startedBroker()
    const harness = startedHarness()
    const profile = testProfile({ port: broker.port() })
    await harness.connect(profile)
    const kit = kitOf(harness, profile)
    kit.act({ kind: 'connectTwice' })
    const { reason } = await harness.reach(profile, 'failed')
    await kit.did('secondOnline')
    expect(reason.code).toMatch(/sessionTakenOver|connectionClosed/)
    expect(broker.log()).toContain('already connected, closing old connection')
  })
})

describe('a scenario', () => {
  it('does its steps at their times and ends by itself', async () => {
    const server = await startFakeServer(politely())
    onStop(server.stop)
    const harness = startedHarness()
    const profile = testProfile({ port: server.port, reconnect: withReconnect })
    await harness.connect(profile)
    const kit = kitOf(harness, profile)
    kit.faults.arm(true)
    expect(
      kit.faults.run({
        id: 's',
        name: 'outage',
        steps: [
          { atMs: 0, fault: { kind: 'withhold', packet: 'PUBACK' }, forMs: 20 },
          { atMs: 40, fault: { kind: 'dropSocket', how: 'rst' }, forMs: null },
          { atMs: 5, fault: { kind: 'latency', direction: 'out', milliseconds: 1 }, forMs: null },
        ],
      }),
    ).toMatchObject({ ok: true })
    await kit.did('scenarioEnded')
    expect(kit.deeds()).toEqual(['on', 'scenarioStarted', 'on', 'on', 'off', 'dropped', 'off', 'scenarioEnded'])
    expect(kit.faults.status()).toMatchObject({ lasting: [], scenario: null })
    await harness.reach(profile, 'online')
  })

  it('is stopped with what it switched on; nothing is done where the kit is off', async () => {
    const server = await startFakeServer(politely())
    onStop(server.stop)
    const harness = startedHarness()
    const profile = testProfile({ port: server.port })
    await harness.connect(profile)
    const kit = kitOf(harness, profile)
    const steps = [{ atMs: 0, fault: { kind: 'byteWise' } as const, forMs: 3_600_000 }]
    expect(kit.faults.run({ id: 's', name: 'long', steps })).toMatchObject({ ok: false, error: { code: 'notFound' } })
    expect(kit.faults.act({ kind: 'resendWithDup' })).toMatchObject({ ok: false, error: { code: 'notFound' } })
    kit.faults.arm(true)
    kit.faults.run({ id: 's', name: 'long', steps })
    await waitFor('the step', () => kit.faults.status().lasting.length === 1)
    kit.faults.stop()
    expect(kit.faults.status()).toMatchObject({ lasting: [], scenario: null })
  })
})
