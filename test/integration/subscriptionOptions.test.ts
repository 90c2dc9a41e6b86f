import mqttPacket from 'mqtt-packet'
import { describe, expect, it } from 'vitest'
import { encodePublishProperties, encodeVariableInteger } from '#shared/mqtt/publishProperties'
import { publishLinesWithMosquitto, publishWithMosquitto } from '../support/mosquittoClients'
import { waitFor } from '../support/waitFor'
import { politely, startFakeServer } from './sessionFakeServer'
import { createStarter, publishTo, subscribed, testProfile, withReconnect } from './sessionHarness'

const { onStop, startedBroker, startedHarness } = createStarter()
const plain = { noLocal: false, retainAsPublished: false, retainHandling: 0 } as const

describe('subscription options', () => {
  it('go out with SUBSCRIBE, again when they change, and not before MQTT 5', async () => {
    const server = await startFakeServer(politely())
    onStop(server.stop)
    const harness = startedHarness()
    const profile = testProfile({ port: server.port, subscriptions: [subscribed('a', { qos: 1 })] })
    await harness.connect(profile)
    await harness.granted(profile)
    const options = { noLocal: true, retainAsPublished: true, retainHandling: 2 } as const
    harness.registry.updateProfile({ ...profile, subscriptions: [subscribed('a', { qos: 1, options })] })
    harness.registry.updateProfile({ ...profile, subscriptions: [subscribed('a', { qos: 1, options, alias: 'x' })] })
    const sent = () =>
      server.connections[0]?.received.flatMap((packet) => (packet.cmd === 'subscribe' ? packet.subscriptions : [])) ??
      []
    await waitFor('the second SUBSCRIBE', () => sent().length === 2)
    await harness.granted(profile)
    expect(sent()).toMatchObject([
      { topic: 'a', qos: 1, nl: false, rap: false, rh: 0 },
      { topic: 'a', qos: 1, nl: true, rap: true, rh: 2 },
    ])
  })

  it('go out for what comes before what goes is taken back', async () => {
    const noWildcards = { properties: { wildcardSubscriptionAvailable: false } }
    const server = await startFakeServer(politely(undefined, noWildcards))
    onStop(server.stop)
    const harness = startedHarness()
    const profile = testProfile({ port: server.port, subscriptions: [subscribed('old'), subscribed('same')] })
    await harness.connect(profile)
    await harness.granted(profile)
    const subscriptions = [subscribed('new'), subscribed('same', { qos: 1 }), subscribed('held/#')]
    harness.registry.updateProfile({ ...profile, subscriptions })
    harness.registry.updateProfile({ ...profile, subscriptions: [subscribed('old'), subscribed('new')] })
    const sent = () =>
      server.connections[0]?.received.flatMap((packet) => {
        if (packet.cmd === 'subscribe') return packet.subscriptions.map(({ topic, qos }) => `+${topic} ${qos}`)
        return packet.cmd === 'unsubscribe' ? packet.unsubscriptions.map((topic) => `-${topic}`) : []
      })
    await waitFor('the last UNSUBSCRIBE', () => sent()?.at(-1) === '-same')
    expect(sent()).toEqual(['+old 2', '+same 2', '+new 2', '+same 1', '-old', '+old 2', '-same'])
    await harness.granted(profile)
  })

  it('before MQTT 5 are neither sent nor a reason to subscribe again', async () => {
    const server = await startFakeServer(politely(), 4)
    onStop(server.stop)
    const harness = startedHarness()
    const options = { noLocal: true, retainAsPublished: false, retainHandling: 2 } as const
    const given = testProfile({ port: server.port, protocolVersion: '3.1.1', subscriptions: [subscribed('a')] })
    await harness.connect(given)
    await harness.granted(given)
    harness.registry.updateProfile({ ...given, subscriptions: [subscribed('a', { options }), subscribed('b')] })
    const sent = () =>
      server.connections[0]?.received.flatMap((packet) =>
        packet.cmd === 'subscribe' ? packet.subscriptions.map(({ topic }) => topic) : [],
      ) ?? []
    await waitFor('the second filter', () => sent().includes('b'))
    expect(sent()).toEqual(['a', 'b'])
  })

  it('No Local on a shared subscription is held back', async () => {
    const broker = await startedBroker()
    const harness = startedHarness()
    const options = { ...plain, noLocal: true }
    const subscriptions = [subscribed('$share/g/a', { options })]
    const profile = testProfile({ port: broker.port(), subscriptions })
    await harness.connect(profile)
    expect(harness.registry.get(profile.id)?.status().subscriptions[0]?.state).toEqual({
      phase: 'heldBack',
      reason: 'noLocalShared',
    })
  })

  it('do on mosquitto what they say', async () => {
    const broker = await startedBroker()
    const port = broker.port()
    await publishWithMosquitto({ port, topic: 'old', payload: 'stored', retain: true, qos: 1 })
    const harness = startedHarness()
    const options = { noLocal: true, retainAsPublished: true, retainHandling: 2 } as const
    const profile = testProfile({ port, subscriptions: [subscribed('#', { options })] })
    await harness.connect(profile)
    await harness.granted(profile)
    await harness.registry.publish(publishTo(profile, { topic: 'mine', qos: 1 }))
    await publishWithMosquitto({ port, topic: 'theirs', payload: 'x', retain: true, qos: 1 })
    const live = await harness.received(profile, 1)
    expect(live.map(({ topic, retain }) => [topic, retain])).toEqual([['theirs', true]])
    harness.registry.updateProfile({ ...profile, subscriptions: [subscribed('#', { options: plain })] })
    const all = await harness.received(profile, 3)
    expect(
      all
        .slice(1)
        .map(({ topic }) => topic)
        .toSorted(),
    ).toEqual(['old', 'theirs'])
  })
})

describe('subscription identifiers', () => {
  const overlapping = [subscribed('a/#'), subscribed('a/+')]

  it('tell which filter a message came for, and copies are counted', async () => {
    const broker = await startedBroker()
    const harness = startedHarness()
    const profile = testProfile({ port: broker.port(), subscriptions: overlapping })
    await harness.connect(profile)
    await harness.granted(profile)
    await publishWithMosquitto({ port: broker.port(), topic: 'a/1', payload: 'x', qos: 1 })
    const [message] = await harness.received(profile, 1)
    const identifiers = harness.registry
      .get(profile.id)
      ?.status()
      .subscriptions.map(({ identifier }) => identifier)
    expect(identifiers).toEqual([1, 2])
    expect(message?.properties?.subscriptionIdentifiers).toHaveLength(1)
    await waitFor('the copy to be counted', () => harness.totalsOf(profile)?.copies === 1)
    expect(harness.totalsOf(profile)).toMatchObject({ received: 1, copies: 1, redeliveries: 0, repeats: 0 })
    expect(harness.subscriptionCountsOf(profile)).toEqual({ 'a/#': 1, 'a/+': 1 })
  })

  it('tell the copies of what the broker kept, which it sends for each filter, and not what is asked for later', async () => {
    const broker = await startedBroker()
    const port = broker.port()
    for (const topic of ['a/1', 'a/2'])
      await publishWithMosquitto({ port, topic, payload: 'kept', retain: true, qos: 1 })
    const harness = startedHarness()
    const profile = testProfile({ port, subscriptions: overlapping })
    await harness.connect(profile)
    await harness.granted(profile)
    await waitFor('the copies to be counted', () => harness.totalsOf(profile)?.copies === 2)
    expect(harness.totalsOf(profile)).toMatchObject({ received: 2, stored: 2, copies: 2 })
    expect(harness.subscriptionCountsOf(profile)).toEqual({ 'a/#': 2, 'a/+': 2 })
    harness.registry.updateProfile({ ...profile, subscriptions: [...overlapping, subscribed('#')] })
    await harness.received(profile, 4)
    expect(harness.totalsOf(profile)).toMatchObject({ received: 4, stored: 4, copies: 2 })
  })

  it('tell the copies apart where they are shown', async () => {
    const broker = await startedBroker()
    const harness = startedHarness({ showsCopies: true })
    const profile = testProfile({ port: broker.port(), subscriptions: overlapping })
    await harness.connect(profile)
    await harness.granted(profile)
    // By one process: messages are repeats only when they come together.
    await publishLinesWithMosquitto({ port: broker.port(), topic: 'a/1', lines: ['x', 'x'], qos: 1 })
    const messages = await harness.received(profile, 4)
    expect(messages.filter(({ copy }) => copy).map(({ matches }) => matches)).toHaveLength(2)
    for (const { copy, matches, properties } of messages) {
      const [identifier] = properties?.subscriptionIdentifiers ?? []
      expect(matches).toEqual(copy ? [overlapping[(identifier ?? 0) - 1]?.filter] : ['a/#', 'a/+'])
    }
    expect(messages.filter(({ repeat }) => repeat)).toHaveLength(1)
    expect(harness.totalsOf(profile)).toMatchObject({ received: 2, copies: 2, redeliveries: 0, repeats: 1 })
    expect(harness.subscriptionCountsOf(profile)).toEqual({ 'a/#': 2, 'a/+': 2 })
  })

  it('tell which messages a group gave to its member', async () => {
    const broker = await startedBroker()
    const harness = startedHarness()
    const [member, other] = ['first', 'second'].map((clientId) =>
      testProfile({ port: broker.port(), clientId, subscriptions: [subscribed('$share/g/a/#'), subscribed('a/+')] }),
    )
    if (!member || !other) throw new Error('Two profiles were made.')
    for (const profile of [member, other]) {
      await harness.connect(profile)
      await harness.granted(profile)
    }
    for (let number = 0; number < 20; number += 1)
      await publishWithMosquitto({ port: broker.port(), topic: 'a/1', payload: String(number), qos: 1 })
    for (const profile of [member, other]) await harness.received(profile, 20)
    const countsOf = (profile: typeof member) => harness.subscriptionCountsOf(profile) ?? {}
    const shared = () => [member, other].map((profile) => countsOf(profile)['$share/g/a/#'] ?? 0)
    await waitFor('both shares to add up', () => shared().reduce((sum, one) => sum + one, 0) === 20)
    expect(Math.min(...shared())).toBeGreaterThan(0)
    for (const profile of [member, other]) expect(countsOf(profile)['a/+']).toBe(20)
  })

  it('of shared subscriptions make no copies, whatever two groups give to two members', async () => {
    const broker = await startedBroker()
    const harness = startedHarness()
    const [narrow, wide] = [subscribed('$share/g/a/1'), subscribed('$share/h/a/+')]
    const [one, other] = [narrow, wide].map((first) => testProfile({ port: broker.port(), subscriptions: [first] }))
    if (!one || !other) throw new Error('Two profiles were made.')
    for (const profile of [one, other]) {
      await harness.connect(profile)
      await harness.granted(profile)
    }
    harness.registry.updateProfile({ ...one, subscriptions: [narrow, wide] })
    harness.registry.updateProfile({ ...other, subscriptions: [wide, narrow] })
    for (const profile of [one, other]) await harness.granted(profile)
    const lines = Array.from({ length: 20 }, () => 'same')
    await publishLinesWithMosquitto({ port: broker.port(), topic: 'a/1', lines })
    const totals = () => [one, other].map((profile) => harness.totalsOf(profile))
    const all = () => totals().reduce((sum, one) => sum + (one?.received ?? 0) + (one?.copies ?? 0), 0)
    await waitFor('every delivery', () => all() === 40)
    expect(totals()).toMatchObject([{ copies: 0 }, { copies: 0 }])
  })

  it('of a shared subscription make a copy beside a filter that brings every message', async () => {
    const broker = await startedBroker()
    const harness = startedHarness()
    const subscriptions = [subscribed('$share/g/a/1'), subscribed('a/+')]
    const profile = testProfile({ port: broker.port(), subscriptions })
    await harness.connect(profile)
    await harness.granted(profile)
    const lines = Array.from({ length: 20 }, () => 'same')
    await publishLinesWithMosquitto({ port: broker.port(), topic: 'a/1', lines })
    await waitFor('every delivery', () => {
      const { received = 0, copies = 0 } = harness.totalsOf(profile) ?? {}
      return received + copies === 40
    })
    expect(harness.totalsOf(profile)).toMatchObject({ received: 20, copies: 20 })
  })

  it('of the run before, in what the server kept, are not taken for ours', async () => {
    const broker = await startedBroker()
    const kept = { port: broker.port(), clientId: 'keeps', cleanStart: false, sessionExpirySeconds: 600 }
    const before = startedHarness({ firstIdentifier: 4_096 })
    const first = testProfile({ ...kept, subscriptions: [subscribed('a/#'), subscribed('b/#')] })
    await before.connect(first)
    await before.granted(first)
    await before.registry.disconnect(first.id)
    await publishWithMosquitto({ port: broker.port(), topic: 'a/1', payload: 'queued', qos: 1 })
    const harness = startedHarness({ firstIdentifier: 8_192 })
    const second = testProfile({ ...kept, subscriptions: [subscribed('b/#'), subscribed('a/#')] })
    await harness.connect(second)
    const [message] = await harness.received(second, 1)
    expect(message?.properties?.subscriptionIdentifiers).toEqual([4_096])
    expect(message?.matches).toEqual(['a/#'])
    await waitFor('the count', () => harness.subscriptionCountsOf(second)?.['a/#'] === 1)
    expect(harness.subscriptionCountsOf(second)).toEqual({ 'a/#': 1, 'b/#': 0 })
  })

  it('tell what counts for whom: not our own messages for No Local, and each kept one for the one that asked', async () => {
    const broker = await startedBroker()
    const port = broker.port()
    const harness = startedHarness()
    await publishWithMosquitto({ port, topic: 'a/kept', payload: 'old', retain: true, qos: 1 })
    const options = { ...plain, noLocal: true }
    const subscriptions = [subscribed('a/#'), subscribed('a/1', { options }), subscribed('+/kept')]
    const profile = testProfile({ port, subscriptions })
    await harness.connect(profile)
    await harness.granted(profile)
    await waitFor('the copy of the kept one', () => harness.totalsOf(profile)?.copies === 1)
    for (let number = 0; number < 3; number += 1)
      await harness.registry.publish(publishTo(profile, { topic: 'a/1', qos: 1, payload: Buffer.from([number]) }))
    await publishWithMosquitto({ port, topic: 'a/1', payload: 'theirs', qos: 1 })
    await waitFor('the other copy', () => harness.totalsOf(profile)?.copies === 2)
    await harness.received(profile, 5)
    expect(harness.subscriptionCountsOf(profile)).toEqual({ 'a/#': 5, 'a/1': 1, '+/kept': 1 })
  })

  it('are not sent where the profile does without, and each delivery is shown', async () => {
    const broker = await startedBroker()
    const harness = startedHarness()
    const given = { port: broker.port(), subscriptionIdentifiers: false, subscriptions: overlapping }
    const profile = testProfile(given)
    await harness.connect(profile)
    await harness.granted(profile)
    await publishWithMosquitto({ port: broker.port(), topic: 'a/1', payload: 'x', qos: 1 })
    const messages = await harness.received(profile, 2)
    expect(messages.map(({ properties }) => properties?.subscriptionIdentifiers)).toEqual([undefined, undefined])
  })

  it('are told as long as they were sent: also offline, and no more when the profile does without', async () => {
    const server = await startFakeServer(politely())
    onStop(server.stop)
    const harness = startedHarness()
    const profile = testProfile({ port: server.port, subscriptions: overlapping })
    const without = { ...profile, subscriptionIdentifiers: false }
    const told = () =>
      harness.registry
        .get(profile.id)
        ?.status()
        .subscriptions.map(({ identifier }) => identifier)
    await harness.connect(profile)
    await harness.granted(profile)
    await harness.registry.disconnect(profile.id)
    expect(told()).toEqual([1, 2])
    await harness.connect(without)
    await harness.granted(without)
    expect(told()).toEqual([undefined, undefined])
    await harness.registry.disconnect(profile.id)
    await harness.connect(profile)
    await harness.granted(profile)
    expect(told()).toEqual([1, 2])
  })
})

describe('copies', () => {
  const overlapping = [subscribed('a/#'), subscribed('a/+')]
  const publishOf = (identifiers: readonly number[], payload = 'x') => {
    const properties = Buffer.from(encodePublishProperties({ subscriptionIdentifiers: [...identifiers] }))
    const length = Buffer.from(encodeVariableInteger(properties.length))
    const body = Buffer.concat([Buffer.from([0, 3]), Buffer.from('a/1'), length, properties, Buffer.from(payload)])
    return Buffer.concat([Buffer.from([0x30]), Buffer.from(encodeVariableInteger(body.length)), body])
  }

  it('are recognised while a colour changes, and behind a filter that was removed', async () => {
    const server = await startFakeServer(politely())
    onStop(server.stop)
    const harness = startedHarness()
    const profile = testProfile({ port: server.port, subscriptions: overlapping })
    await harness.connect(profile)
    await harness.granted(profile)
    const changes = [[subscribed('a/#', { colour: 'red' }), subscribed('a/+')], [subscribed('a/#')]]
    for (const [index, subscriptions] of changes.entries()) {
      server.connections[0]?.socket.write(publishOf([1], String(index)))
      await waitFor('the message', () => harness.totalsOf(profile)?.received === index + 1)
      harness.registry.updateProfile({ ...profile, subscriptions })
      server.connections[0]?.socket.write(publishOf([2], String(index)))
      await waitFor('its copy', () => harness.totalsOf(profile)?.copies === index + 1)
    }
    expect(harness.totalsOf(profile)).toMatchObject({ received: 2, copies: 2 })
  })

  it('are recognised of what comes together with CONNACK when a session is taken up again', async () => {
    const server = await startFakeServer((packet, connection) => {
      if (packet.cmd !== 'connect' || connection.number === 1) return politely()(packet, connection)
      const connack = mqttPacket.generate(
        { cmd: 'connack', reasonCode: 0, sessionPresent: true },
        { protocolVersion: 5 },
      )
      connection.socket.write(Buffer.concat([connack, publishOf([1])]))
    })
    onStop(server.stop)
    const harness = startedHarness()
    const kept = { cleanStart: false, sessionExpirySeconds: 600, reconnect: withReconnect }
    const profile = testProfile({ port: server.port, subscriptions: overlapping, ...kept })
    await harness.connect(profile)
    await harness.granted(profile)
    server.connections[0]?.socket.destroy()
    await waitFor('the second connection', () => server.connections[1]?.received.some(({ cmd }) => cmd === 'subscribe'))
    server.connections[1]?.socket.write(publishOf([2]))
    await waitFor('both deliveries', () => {
      const { received = 0, copies = 0 } = harness.totalsOf(profile) ?? {}
      return received + copies === 2
    })
    expect(harness.totalsOf(profile)).toMatchObject({ received: 1, copies: 1 })
  })

  it('are looked for in a message that names 200,000 subscriptions, and the connection stays', async () => {
    const server = await startFakeServer(politely())
    onStop(server.stop)
    const harness = startedHarness()
    const profile = testProfile({ port: server.port, subscriptions: overlapping })
    await harness.connect(profile)
    await harness.granted(profile)
    server.connections[0]?.socket.write(publishOf(Array.from({ length: 200_000 }, (_, index) => index + 1)))
    server.connections[0]?.socket.write(publishOf([2]))
    await waitFor('both', () => harness.totalsOf(profile)?.received === 2)
    expect(harness.stateOf(profile)).toMatchObject({ phase: 'online' })
    expect(harness.subscriptionCountsOf(profile)).toEqual({ 'a/#': 1, 'a/+': 2 })
  })
})
