import { describe, expect, it } from 'vitest'
import { publishWithMosquitto } from '../support/mosquittoClients'
import { waitFor } from '../support/waitFor'
import { politely, startFakeServer } from './sessionFakeServer'
import { createStarter, publishTo, subscribed, testProfile } from './sessionHarness'

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
    expect(harness.totalsOf(profile)).toMatchObject({ received: 1, copies: 1, redelivered: 0, repeated: 0 })
    expect(harness.subscriptionCountsOf(profile)).toEqual({ 'a/#': 1, 'a/+': 1 })
  })

  it('tell the copies apart where they are shown', async () => {
    const broker = await startedBroker()
    const harness = startedHarness({ showsCopies: true })
    const profile = testProfile({ port: broker.port(), subscriptions: overlapping })
    await harness.connect(profile)
    await harness.granted(profile)
    for (const payload of ['x', 'x']) await publishWithMosquitto({ port: broker.port(), topic: 'a/1', payload, qos: 1 })
    const messages = await harness.received(profile, 4)
    expect(messages.filter(({ copy }) => copy).map(({ matches }) => matches)).toHaveLength(2)
    for (const { copy, matches, properties } of messages) {
      const [identifier] = properties?.subscriptionIdentifiers ?? []
      expect(matches).toEqual(copy ? [overlapping[(identifier ?? 0) - 1]?.filter] : ['a/#', 'a/+'])
    }
    expect(messages.filter(({ repeat }) => repeat)).toHaveLength(1)
    expect(harness.totalsOf(profile)).toMatchObject({ received: 2, copies: 2, redelivered: 0, repeated: 1 })
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
})
