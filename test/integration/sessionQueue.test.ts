import { describe, expect, it } from 'vitest'
import type { Profile } from '../../shared/model/profile'
import type { ProtocolVersion } from '../../shared/model/qos'
import type { Mosquitto } from '../support/mosquitto'
import { publishLinesWithMosquitto } from '../support/mosquittoClients'
import { waitFor } from '../support/waitFor'
import { createStarter, subscribed, testProfile, withReconnect, type SeenMessage } from './sessionHarness'

const { startedBroker, startedHarness } = createStarter()

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index)
const valuesOf = (messages: readonly SeenMessage[], qos: 1 | 2) =>
  messages.filter((message) => message.qos === qos).map(({ payload }) => Number(payload))
const firstSeen = (values: readonly number[]) => [...new Set(values)]

const persistentProfile = (broker: Mosquitto, given: Partial<Profile> = {}) =>
  testProfile({
    port: broker.port(),
    cleanStart: false,
    sessionExpirySeconds: 600,
    subscriptions: [subscribed('queue/#')],
    ...given,
  })

/** Leaves its session with the broker, where `count` messages of QoS 1 and as many of QoS 2 then wait for it. */
const leaveQueue = async (broker: Mosquitto, profile: Profile, count: number) => {
  const harness = startedHarness()
  await harness.connect(profile)
  await harness.granted(profile)
  await harness.registry.disconnect(profile.id)
  const lines = numbers(count).map(String)
  await Promise.all(
    ([1, 2] as const).map((qos) =>
      publishLinesWithMosquitto({ port: broker.port(), topic: `queue/${qos}`, qos, lines }),
    ),
  )
  return harness
}

describe('20,000 messages that wait for a session', () => {
  it.each<ProtocolVersion>(['3.1.1', '5'])('come once each and in order with MQTT %s', async (protocolVersion) => {
    const broker = await startedBroker({ settings: ['max_queued_messages 0'] })
    const profile = persistentProfile(broker, { protocolVersion })
    const harness = await leaveQueue(broker, profile, 10_000)
    expect((await harness.connect(profile)).sessionPresent).toBe(true)
    const received = await harness.received(profile, 20_000)
    expect(valuesOf(received, 1)).toEqual(numbers(10_000))
    expect(valuesOf(received, 2)).toEqual(numbers(10_000))
    expect(received.map(({ sequence }) => sequence)).toEqual(numbers(20_000).map((index) => index + 1))
    expect(received.some(({ dup }) => dup)).toBe(false)
    expect(harness.dropped.every((count) => count === 0)).toBe(true)
  })
})

describe('a broker that restarts while it delivers', () => {
  const count = 1_000
  const settings = [
    'max_queued_messages 0',
    // One message at a time, so that the restart finds most of them still waiting.
    'max_inflight_messages 1',
    // It saves when it ends and when it is told to, not in between.
    'autosave_on_changes false',
    'autosave_interval 0',
  ]

  const leftQueue = async () => {
    const broker = await startedBroker({ persistence: true, settings })
    const profile = persistentProfile(broker, { reconnect: withReconnect })
    return { broker, profile, harness: await leaveQueue(broker, profile, count) }
  }
  type LeftQueue = Awaited<ReturnType<typeof leftQueue>>

  const receiveOverRestart = async ({ broker, profile, harness }: LeftQueue, signal: 'SIGTERM' | 'SIGKILL') => {
    await harness.connect(profile)
    await waitFor('a part of the messages', () => harness.incoming(profile).length >= 100, { everyMs: 1 })
    await broker.restart(signal)
    expect(harness.incoming(profile).length).toBeLessThan(count)
    const isComplete = () =>
      ([1, 2] as const).every((qos) => firstSeen(valuesOf(harness.incoming(profile), qos)).length === count)
    await waitFor('all messages', isComplete)
    return harness.incoming(profile)
  }

  it('loses none, and repeats only QoS 1 and only with DUP, when it remembers the session', async () => {
    const received = await receiveOverRestart(await leftQueue(), 'SIGTERM')
    expect(valuesOf(received, 2)).toEqual(numbers(count))
    const firstLevel = received.filter(({ qos }) => qos === 1)
    const values = valuesOf(received, 1)
    const repeats = firstLevel.filter((_, index) => values.indexOf(values[index] ?? -1) < index)
    expect(repeats.every(({ dup }) => dup)).toBe(true)
    expect(firstSeen(valuesOf(received, 1))).toEqual(numbers(count))
  })

  it('loses none and keeps the order when it forgot what it had delivered', async () => {
    const left = await leftQueue()
    left.broker.signal('SIGUSR1')
    await waitFor('mosquitto to save', () => left.broker.savedData().length > 0)
    const received = await receiveOverRestart(left, 'SIGKILL')
    // To the broker these are its first deliveries, so nobody can tell them from new messages (MQTT 5 §4.3.3).
    expect(received.length).toBeGreaterThan(2 * count)
    for (const qos of [1, 2] as const) expect(firstSeen(valuesOf(received, qos))).toEqual(numbers(count))
  })
})
