import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { ProtocolVersion } from '../../shared/model/qos'
import { noWill } from '../../shared/model/will'
import { publishWithMosquitto, subscribeWithMosquitto } from '../support/mosquittoClients'
import { waitFor } from '../support/waitFor'
import { createStarter, publishTo, subscribed, testProfile, withReconnect } from './sessionHarness'

const { onStop, startedBroker, startedHarness } = createStarter()

describe('messages over a session', () => {
  it.each<ProtocolVersion>(['3.1', '3.1.1', '5'])(
    'go both ways byte for byte with MQTT %s',
    async (protocolVersion) => {
      const broker = await startedBroker()
      const harness = startedHarness()
      const profile = testProfile({ port: broker.port(), protocolVersion, subscriptions: [subscribed('#')] })
      await harness.connect(profile)
      await harness.granted(profile)
      const payloads = [
        Buffer.alloc(0),
        randomBytes(5_000_000),
        Buffer.from([0xff, 0xfe, 0, 0xc3]),
        Buffer.from('text'),
      ]
      for (const qos of [0, 1, 2] as const) {
        for (const payload of payloads) {
          const result = await harness.registry.publish(publishTo(profile, { topic: `q/${qos}`, payload, qos }))
          expect(result).toMatchObject({ ok: true, value: { reasonCode: 0 } })
        }
      }
      const received = await harness.received(profile, 12)
      expect(received.map(({ topic, qos }) => [topic, qos])).toEqual(
        [0, 1, 2].flatMap((qos) => payloads.map(() => [`q/${qos}`, qos])),
      )
      for (const [index, message] of received.entries()) expect(message.payload.equals(payloads[index % 4]!)).toBe(true)
      expect(received.every(({ matches }) => matches[0] === '#')).toBe(true)
      const outgoing = harness.messages.filter((message) => message.outgoing)
      expect(outgoing).toHaveLength(12)
      for (const [index, message] of outgoing.entries()) expect(message.payload.equals(payloads[index % 4]!)).toBe(true)
    },
  )

  it('reach other clients as they were written', async () => {
    const broker = await startedBroker()
    const other = await subscribeWithMosquitto({ port: broker.port(), filters: ['#'], qos: 2 })
    onStop(other.stop)
    const harness = startedHarness()
    const profile = testProfile({ port: broker.port() })
    await harness.connect(profile)
    const payload = randomBytes(300)
    await harness.registry.publish(publishTo(profile, { topic: 'räum/1', payload, qos: 2 }))
    expect(await other.waitForMessages(1)).toEqual([{ topic: 'räum/1', payload, qos: 2, retain: false }])
  })

  it('carry every property of MQTT 5, user properties in their order', async () => {
    const broker = await startedBroker()
    const harness = startedHarness()
    const profile = testProfile({ port: broker.port(), subscriptions: [subscribed('#')] })
    await harness.connect(profile)
    await harness.granted(profile)
    const properties = {
      payloadFormatIndicator: 1 as const,
      contentType: 'text/plain',
      responseTopic: 'answers/here',
      correlationData: Buffer.from([0, 1, 255]),
      messageExpirySeconds: 600,
      userProperties: [
        ['b', '1'],
        ['a', '2'],
        ['b', '3'],
        ['10', 'x'],
        ['2', 'y'],
        ['__proto__', 'z'],
      ] as [string, string][],
    }
    await harness.registry.publish(publishTo(profile, { properties, qos: 1 }))
    const [received] = await harness.received(profile, 1)
    expect(received?.properties).toEqual({
      ...properties,
      correlationData: Uint8Array.of(0, 1, 255),
      subscriptionIdentifiers: [1],
    })
    expect(harness.messages.find(({ outgoing }) => outgoing)?.properties).toEqual({
      ...properties,
      correlationData: Uint8Array.of(0, 1, 255),
    })
  })

  it('say what became of each publish', async () => {
    const broker = await startedBroker({ users: { ann: 'secret' }, acl: ['user ann', 'topic readwrite own/#'] })
    const harness = startedHarness()
    const profile = testProfile({ port: broker.port(), username: 'ann', usePassword: true })
    await harness.connect(profile, { password: 'secret' })
    const nobody = await harness.registry.publish(publishTo(profile, { topic: 'own/a', qos: 1 }))
    expect(nobody).toMatchObject({ ok: true, value: { sequence: 1, reasonCode: 0x10 } })
    const refused = await harness.registry.publish(publishTo(profile, { topic: 'other', qos: 1 }))
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'publishRefused', reasonCode: 0x87, values: { reason: 'Not authorized (0x87)' } },
    })
    await waitFor('both deliveries', () => harness.deliveries.some(({ state }) => state === 'refused'))
    expect(harness.deliveries.filter(({ sequence }) => sequence === 1).at(-1)).toMatchObject({
      state: 'acknowledged',
      reasonCode: 0x10,
    })
    expect(harness.deliveries.filter(({ sequence }) => sequence === 2).at(-1)).toMatchObject({
      state: 'refused',
      reasonCode: 0x87,
    })
  })

  it('are refused before they are sent where they cannot be', async () => {
    const broker = await startedBroker({
      settings: ['max_packet_size 1000', 'retain_available false'],
      listenerSettings: { tcp: ['max_qos 1'] },
    })
    const harness = startedHarness()
    const profile = testProfile({ port: broker.port() })
    const codeOf = async (request: ReturnType<typeof publishTo>) => {
      const result = await harness.registry.publish(request)
      return result.ok ? 'ok' : result.error.code
    }
    expect(await codeOf(publishTo(profile))).toBe('notConnected')
    await harness.connect(profile)
    expect(await codeOf(publishTo(profile, { qos: 2 }))).toBe('qosNotSupported')
    expect(await codeOf(publishTo(profile, { retain: true }))).toBe('retainNotSupported')
    expect(await codeOf(publishTo(profile, { payload: Buffer.alloc(1_000) }))).toBe('packetExceedsServerLimit')
    const old = testProfile({ port: broker.port(), protocolVersion: '3.1.1' })
    await harness.connect(old)
    expect(await codeOf(publishTo(old, { properties: { contentType: 'a' } }))).toBe('propertiesNeedMqtt5')
    expect(await codeOf(publishTo(old, { properties: { userProperties: [] } }))).toBe('ok')
    expect(harness.stateOf(profile).phase).toBe('online')
  })

  it('keep to the Receive Maximum of the server and lose no message over it', async () => {
    const broker = await startedBroker({ settings: ['max_inflight_messages 3'] })
    const harness = startedHarness()
    const profile = testProfile({ port: broker.port(), subscriptions: [subscribed('#')] })
    await harness.connect(profile)
    await harness.granted(profile)
    const requests = Array.from({ length: 500 }, (_, index) =>
      publishTo(profile, { payload: Buffer.from(String(index)), qos: index % 2 === 0 ? 1 : 2 }),
    )
    const results = await Promise.all(requests.map((request) => harness.registry.publish(request)))
    expect(results.every(({ ok }) => ok)).toBe(true)
    const received = await harness.received(profile, 500)
    expect(received.map(({ payload }) => Number(payload)).toSorted((a, b) => a - b)).toEqual(
      requests.map((_, index) => index),
    )
  })
})

describe('overlapping filters', () => {
  it('show each message once when their QoS differs', async () => {
    const broker = await startedBroker()
    const harness = startedHarness()
    const subscriptions = [subscribed('a/#', { qos: 0 }), subscribed('#', { qos: 1 })]
    const profile = testProfile({ port: broker.port(), subscriptions })
    const sender = testProfile({ port: broker.port() })
    await harness.connect(profile)
    await harness.granted(profile)
    await harness.connect(sender)
    const sent = Array.from({ length: 4_000 }, (_, index) =>
      harness.registry.publish(
        publishTo(sender, { topic: `a/${index % 7}`, payload: Buffer.from(String(index % 50)), qos: 1 }),
      ),
    )
    await Promise.all(sent)
    await harness.registry.publish(publishTo(sender, { topic: 'last', qos: 1 }))
    await waitFor('the last message', () => harness.incoming(profile).some(({ topic }) => topic === 'last'))
    expect(harness.incoming(profile)).toHaveLength(4_001)
  })
})

describe('a session', () => {
  it('comes back after the broker was killed, subscribes again and counts exactly', async () => {
    const broker = await startedBroker()
    const harness = startedHarness()
    const profile = testProfile({
      port: broker.port(),
      reconnect: withReconnect,
      subscriptions: [subscribed('a/#'), subscribed('b')],
    })
    await harness.connect(profile)
    await harness.granted(profile)
    await publishWithMosquitto({ port: broker.port(), topic: 'a/1', payload: '1' })
    await harness.received(profile, 1)
    await broker.halt('SIGKILL')
    const waiting = await harness.reach(profile, 'waiting')
    expect(['connectionClosed', 'connectionReset', 'connectionRefused']).toContain(waiting.reason.code)
    await broker.start()
    await harness.reach(profile, 'online')
    await harness.granted(profile)
    for (const topic of ['a/2', 'b', 'c'])
      await publishWithMosquitto({ port: broker.port(), topic, payload: '2', qos: 1 })
    await harness.received(profile, 3)
    await publishWithMosquitto({ port: broker.port(), topic: 'b', payload: 'last', qos: 1 })
    expect((await harness.received(profile, 4)).map(({ topic }) => topic)).toEqual(['a/1', 'a/2', 'b', 'b'])
  })

  it('takes changes of its subscriptions on and offline', async () => {
    const broker = await startedBroker()
    const harness = startedHarness()
    const port = broker.port()
    const profile = testProfile({
      port,
      cleanStart: false,
      sessionExpirySeconds: 600,
      subscriptions: [subscribed('a'), subscribed('b')],
    })
    const startedAt = Date.now()
    await harness.connect(profile)
    await harness.granted(profile)
    const grants = () =>
      harness.registry
        .get(profile.id)
        ?.status()
        .subscriptions.map(({ state }) => (state.phase === 'granted' ? state.since : null)) ?? []
    const firstGrants = grants()
    expect(firstGrants.every((at) => at !== null && at >= startedAt)).toBe(true)
    const changed = {
      ...profile,
      subscriptions: [subscribed('a', { enabled: false }), subscribed('b', { qos: 1 }), subscribed('c')],
    }
    harness.registry.updateProfile(changed)
    await harness.granted(profile)
    expect(
      harness.registry
        .get(profile.id)
        ?.status()
        .subscriptions.map(({ state }) => state),
    ).toMatchObject([{ phase: 'inactive' }, { phase: 'granted', qos: 1 }, { phase: 'granted', qos: 2 }])
    expect(grants()[0]).toBeNull()
    expect(grants()[1]).toBeGreaterThanOrEqual(firstGrants[1] ?? Infinity)
    const heard = async (count: number) => {
      for (const topic of ['a', 'b', 'c']) await publishWithMosquitto({ port, topic, payload: '1', qos: 2 })
      return (await harness.received(profile, count)).map(({ topic, qos }) => [topic, qos])
    }
    expect(await heard(2)).toEqual([
      ['b', 1],
      ['c', 2],
    ])
    await harness.registry.disconnect(profile.id)
    harness.registry.updateProfile({ ...changed, subscriptions: [subscribed('b', { qos: 1 })] })
    await harness.connect({ ...changed, subscriptions: [subscribed('b', { qos: 1 })] })
    await harness.granted(profile)
    // UNSUBSCRIBE for "c" went out right behind SUBSCRIBE for "b".
    expect(await heard(3)).toEqual([
      ['b', 1],
      ['c', 2],
      ['b', 1],
    ])
  })

  it('subscribes once with the highest QoS when two subscriptions share a filter', async () => {
    const broker = await startedBroker()
    const harness = startedHarness()
    const one = subscribed('same', { id: 'one', qos: 0 })
    const two = subscribed('same', { id: 'two', qos: 1 })
    const profile = testProfile({ port: broker.port(), subscriptions: [one, two] })
    await harness.connect(profile)
    await harness.granted(profile)
    await publishWithMosquitto({ port: broker.port(), topic: 'same', payload: '1', qos: 2 })
    expect(await harness.received(profile, 1)).toMatchObject([{ qos: 1, matches: ['one', 'two'] }])
    harness.registry.updateProfile({ ...profile, subscriptions: [one] })
    await harness.granted(profile)
    await publishWithMosquitto({ port: broker.port(), topic: 'same', payload: '2', qos: 2 })
    expect((await harness.received(profile, 2)).at(1)).toMatchObject({ qos: 0, matches: ['one'] })
  })

  it('shows one refused filter and keeps the others', async () => {
    const broker = await startedBroker({ users: { ann: 'x' }, acl: ['user ann', 'topic readwrite own/#'] })
    const harness = startedHarness()
    const filters = ['$share/group/other/#', 'own/1', 'other/#', 'own/2']
    const profile = testProfile({
      port: broker.port(),
      username: 'ann',
      usePassword: true,
      subscriptions: filters.map((filter) => subscribed(filter)),
    })
    await harness.connect(profile, { password: 'x' })
    await waitFor('every answer', () =>
      harness.registry
        .get(profile.id)
        ?.status()
        .subscriptions.every(({ state }) => state.phase === 'granted' || state.phase === 'refused'),
    )
    await harness.registry.publish(publishTo(profile, { topic: 'own/2', qos: 1 }))
    expect(await harness.received(profile, 1)).toMatchObject([{ topic: 'own/2', matches: ['own/2'] }])
  })

  it('ends cleanly: offline, no will sent', async () => {
    const broker = await startedBroker()
    const other = await subscribeWithMosquitto({ port: broker.port(), filters: ['will', 'end'] })
    onStop(other.stop)
    const harness = startedHarness()
    const will = { ...noWill, enabled: true, topic: 'will', payload: 'gone' }
    const profile = testProfile({ port: broker.port(), will })
    await harness.connect(profile)
    await harness.registry.disconnect(profile.id)
    expect(harness.stateOf(profile)).toEqual({ phase: 'offline' })
    await publishWithMosquitto({ port: broker.port(), topic: 'end', payload: '' })
    expect((await other.waitForMessages(1)).map(({ topic }) => topic)).toEqual(['end'])
  })

  it('tries again with the secrets and the settings that belong together', async () => {
    const broker = await startedBroker({ users: { ann: 'first', bob: 'second' } })
    const port = broker.port()
    const harness = startedHarness()
    const slowly = { ...withReconnect, initialSeconds: 0.5, maximumSeconds: 0.5 }
    const given = testProfile({ port, username: 'ann', usePassword: true, reconnect: slowly })
    await harness.connect(given, { password: 'first' })
    await broker.halt()
    await harness.reach(given, 'waiting')
    harness.registry.updateProfile({ ...given, username: 'bob' })
    await broker.start()
    await harness.reach(given, 'online')
    await broker.halt()
    await harness.reach(given, 'waiting')
    harness.registry.updateSecrets(given.id, { password: 'second' })
    await broker.start()
    await harness.reach(given, 'online')
  })

  it('connects again when asked to while it is still closing', async () => {
    const broker = await startedBroker()
    const harness = startedHarness()
    const profile = testProfile({ port: broker.port() })
    await harness.connect(profile)
    const leaving = harness.registry.disconnect(profile.id)
    harness.registry.connect(profile, {})
    await leaving
    await harness.reach(profile, 'online')
  })

  it('is closed when another client takes its id', async () => {
    const broker = await startedBroker()
    const harness = startedHarness()
    const profile = testProfile({ port: broker.port() })
    const rival = testProfile({ port: broker.port(), clientId: profile.clientId })
    await harness.connect(profile)
    await harness.connect(rival)
    // mosquitto 2.0.11 closes without a word; sessionHostile.test.ts has a server that says 0x8E.
    expect((await harness.reach(profile, 'failed')).reason.code).toBe('connectionClosed')
    expect(harness.stateOf(rival).phase).toBe('online')
  })

  it('says keepaliveTimeout when the broker falls silent', async () => {
    const broker = await startedBroker()
    const harness = startedHarness()
    const profile = testProfile({ port: broker.port(), keepaliveSeconds: 1 })
    await harness.connect(profile)
    await waitFor('a round trip', () => {
      const state = harness.stateOf(profile)
      return state.phase === 'online' && state.pingMilliseconds !== null
    })
    broker.signal('SIGSTOP')
    expect((await harness.reach(profile, 'failed')).reason.code).toBe('keepaliveTimeout')
    broker.signal('SIGCONT')
  })

  it('tells limits, address and the id the server gave', async () => {
    const broker = await startedBroker({ settings: ['max_packet_size 2000', 'max_keepalive 30'] })
    const harness = startedHarness()
    const profile = testProfile({ port: broker.port(), clientId: '', keepaliveSeconds: 60 })
    const state = await harness.connect(profile)
    expect(state.clientId).not.toBe('')
    expect(state).toMatchObject({
      address: `127.0.0.1:${broker.port()}`,
      keepaliveSeconds: 30,
      encrypted: false,
      verified: false,
      tls: null,
    })
    expect(state.limits).toMatchObject({ maximumPacketSize: 2_000, serverKeepaliveSeconds: 30, retainAvailable: true })
  })
})
