import { describe, expect, it } from 'vitest'
import { defaultSubscriptionOptions } from '../../shared/model/subscription'
import { publishWithMosquitto } from '../support/mosquittoClients'
import { waitFor } from '../support/waitFor'
import { createStarter, publishTo, subscribed, testProfile, withReconnect, type createHarness } from './sessionHarness'

const { startedBroker, startedHarness } = createStarter()
const hour = 3_600_000

/** Two clocks that stand until the test moves them, so that times are exact; somebody may set the wall's alone. */
const settableClock = () => {
  let passed = 0
  let shift = 0
  return {
    now: () => 1_700_000_000_000 + passed + shift,
    monotonic: () => passed,
    pass: (milliseconds: number) => void (passed += milliseconds),
    set: (milliseconds: number) => void (shift += milliseconds),
  }
}
type Harness = ReturnType<typeof createHarness>
type TestProfile = ReturnType<typeof testProfile>

const sayAndSee = async (harness: Harness, profile: TestProfile, said: string | { readonly retained: string }) => {
  const retain = typeof said !== 'string'
  const topic = retain ? said.retained : said
  const before = harness.incoming(profile).length
  await harness.registry.publish(publishTo(profile, { topic, retain, qos: 1 }))
  const received = await harness.received(profile, before + 1)
  return received[before]
}

/** When the only subscription was granted, by the steady clock. */
const grantedAt = (harness: Harness, profile: TestProfile): number => {
  const [status] = harness.registry.get(profile.id)?.status().subscriptions ?? []
  return status?.state.phase === 'granted' ? status.state.since : NaN
}

describe('a clock that is set while a session is online', () => {
  it('moves the times of messages, and neither their order nor the time between them', async () => {
    const broker = await startedBroker()
    const wall = settableClock()
    const harness = startedHarness(wall)
    const profile = testProfile({ port: broker.port(), subscriptions: [subscribed('#')] })
    await harness.connect(profile)
    await harness.granted(profile)
    const since = grantedAt(harness, profile)
    const changes = [0, -hour, 0, 2 * hour, -hour]
    for (const change of changes) {
      wall.pass(1_000)
      wall.set(change)
      await sayAndSee(harness, profile, 'c/tick')
    }
    const incoming = harness.incoming(profile)
    expect(incoming.map(({ arrivedAt }) => arrivedAt - since)).toEqual(changes.map((_, index) => (index + 1) * 1_000))
    const shifts = [0, -hour, -hour, hour, 0]
    expect(incoming.map(({ time, arrivedAt }) => time - arrivedAt)).toEqual(shifts)
    const [totals] = harness.subscriptionTotalsOf(profile)
    expect(totals?.lastAt).toBe(incoming.at(-1)?.arrivedAt)
  })

  it.each([-hour, hour])('leaves the time of the next try where it was (set by %d ms)', async (change) => {
    const broker = await startedBroker()
    const wall = settableClock()
    const harness = startedHarness(wall)
    const reconnect = { enabled: true, initialSeconds: 60, maximumSeconds: 60, maximumAttempts: 0 }
    const profile = testProfile({ port: broker.port(), reconnect })
    await harness.connect(profile)
    await broker.stop()
    const { nextTryAt } = await harness.reach(profile, 'waiting')
    wall.set(change)
    wall.pass(1_000)
    const left = nextTryAt - harness.clock.now()
    // Up to a quarter of the 60 s is taken away by chance.
    expect(left).toBeGreaterThan(43_999)
    expect(left).toBeLessThanOrEqual(59_000)
  })

  it('does not make a connection that just came up pass for one that lasted', async () => {
    const broker = await startedBroker()
    const wall = settableClock()
    const harness = startedHarness(wall)
    const reconnect = { enabled: true, initialSeconds: 0.05, maximumSeconds: 60, maximumAttempts: 0 }
    const profile = testProfile({ port: broker.port(), reconnect })
    await harness.connect(profile)
    wall.set(hour)
    await broker.restart('SIGKILL')
    await waitFor(
      'a second connection',
      () => harness.history.filter(({ state }) => state.phase === 'online').length > 1,
    )
    const attempts = harness.history.flatMap(({ state }) => (state.phase === 'waiting' ? [state.attempt] : []))
    expect(attempts[0]).toBe(2)
  })
})

describe('a retained message that comes again', () => {
  it.each(['3.1.1', '5'] as const)('counts as received and as nothing new, with MQTT %s', async (protocolVersion) => {
    const broker = await startedBroker()
    await publishWithMosquitto({ port: broker.port(), topic: 'kept', payload: Buffer.from('1'), retain: true })
    const harness = startedHarness()
    const profile = testProfile({ port: broker.port(), protocolVersion, subscriptions: [subscribed('#')] })
    await harness.connect(profile)
    await harness.received(profile, 1)
    expect(harness.totalsOf(profile)).toMatchObject({ received: 1, stored: 1 })
    expect(harness.subscriptionTotalsOf(profile)).toMatchObject([{ messages: 1, stored: 1, lastAt: 0 }])
    expect(await sayAndSee(harness, profile, 'live')).toMatchObject({ stored: false })
    const [{ lastAt } = { lastAt: 0 }] = harness.subscriptionTotalsOf(profile)
    expect(lastAt).toBeGreaterThan(0)
    await harness.registry.disconnect(profile.id)
    await harness.connect(profile)
    await harness.received(profile, 3)
    expect(harness.incoming(profile).map(({ topic, stored }) => [topic, stored])).toEqual([
      ['kept', true],
      ['live', false],
      ['kept', true],
    ])
    expect(harness.subscriptionTotalsOf(profile)).toMatchObject([{ messages: 3, stored: 2, lastAt }])
  })

  it('is told from one that is published now with its mark, where Retain As Published leaves that on', async () => {
    const broker = await startedBroker()
    await publishWithMosquitto({ port: broker.port(), topic: 'kept', payload: Buffer.from('1'), retain: true })
    const harness = startedHarness()
    const options = { ...defaultSubscriptionOptions, retainAsPublished: true }
    const profile = testProfile({ port: broker.port(), subscriptions: [subscribed('#', { options })] })
    await harness.connect(profile)
    expect((await harness.received(profile, 1))[0]).toMatchObject({ retain: true, stored: true })
    for (let time = 0; time < 2; time += 1)
      expect(await sayAndSee(harness, profile, { retained: 'kept' })).toMatchObject({ retain: true, stored: false })
    expect(harness.totalsOf(profile)).toMatchObject({ received: 3, stored: 1 })
  })
})

describe('the topics of a connection', () => {
  it('are forgotten when the person connects and the server begins a new session, and not with a reconnect', async () => {
    const broker = await startedBroker()
    const harness = startedHarness()
    const subscriptions = [subscribed('#')]
    const profile = testProfile({ port: broker.port(), subscriptions, reconnect: withReconnect })
    await harness.connect(profile)
    await harness.granted(profile)
    const first = await sayAndSee(harness, profile, 'a')
    await broker.restart('SIGKILL')
    await waitFor(
      'a second connection',
      () => harness.history.filter(({ state }) => state.phase === 'online').length > 1,
    )
    await harness.granted(profile)
    expect((await sayAndSee(harness, profile, 'a'))?.session).toBe(first?.session)
    await harness.registry.disconnect(profile.id)
    await harness.connect(profile)
    await harness.granted(profile)
    expect(await sayAndSee(harness, profile, 'a')).toMatchObject({ topic: 'a', session: (first?.session ?? 0) + 1 })
  })

  it('stay where the server resumes the session', async () => {
    const broker = await startedBroker()
    const harness = startedHarness()
    const kept = { cleanStart: false, sessionExpirySeconds: 600 }
    const profile = testProfile({ port: broker.port(), subscriptions: [subscribed('#')], ...kept })
    await harness.connect(profile)
    await harness.granted(profile)
    const first = await sayAndSee(harness, profile, 'a')
    await harness.registry.disconnect(profile.id)
    await harness.connect(profile)
    await harness.granted(profile)
    expect((await sayAndSee(harness, profile, 'a'))?.session).toBe(first?.session)
  })

  it('have a limit, beyond which messages come and are counted all the same', async () => {
    const broker = await startedBroker()
    const harness = startedHarness({ topicLimit: 2 })
    const profile = testProfile({ port: broker.port(), subscriptions: [subscribed('#')] })
    await harness.connect(profile)
    await harness.granted(profile)
    const topics = ['a', 'b', 'c', 'räum/線', 'c', 'a']
    for (const topic of topics) expect(await sayAndSee(harness, profile, topic)).toMatchObject({ topic })
    // Each was sent and received.
    expect(harness.unkeptOf(profile)).toEqual({ topics: 2, isExact: true, messages: 6 })
    expect(harness.totalsOf(profile)).toMatchObject({ received: 6, sent: 6, dropped: 0 })
    harness.forgetTopics(profile)
    expect(await sayAndSee(harness, profile, 'c')).toMatchObject({ topic: 'c' })
    expect(harness.unkeptOf(profile)).toEqual({ topics: 0, isExact: true, messages: 0 })
  })
})
