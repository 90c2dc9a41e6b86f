import mqtt, { type MqttClient } from 'mqtt'
import { describe, expect, it } from 'vitest'
import { createFilterTrie } from '../../shared/mqtt/filterTrie'
import { filterMatches, levelsOf, parseFilter, topicFilterProblem } from '../../shared/mqtt/topicFilter'
import { waitFor } from '../support/waitFor'
import { createStarter } from './sessionHarness'

const { onStop, startedBroker } = createStarter()

type Version = 4 | 5

/** Numbers from 0 up to `below`, the same in every run (mulberry32). */
const createDice = (seed: number) => {
  let state = seed
  return (below: number) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}
type Dice = ReturnType<typeof createDice>

const levelsFrom = (dice: Dice, choices: readonly string[]) =>
  Array.from({ length: 1 + dice(4) }, () => choices[dice(choices.length)] ?? '')

const topicFrom = (dice: Dice): string => {
  const topic = levelsFrom(dice, ['', 'a', 'a', 'b', '$x']).join('/')
  return topic === '' ? topicFrom(dice) : topic
}
const filterFrom = (dice: Dice): string => {
  const levels = levelsFrom(dice, ['', 'a', 'a', 'b', '$x', '+', '+'])
  const shares = ['', '', '', '$share/g/', '$share/h/']
  const filter = (shares[dice(shares.length)] ?? '') + (dice(3) === 0 ? [...levels, '#'] : levels).join('/')
  return topicFilterProblem(filter) === null ? filter : filterFrom(dice)
}
const several = (count: number, make: () => string) => [...new Set(Array.from({ length: count }, make))]

/** mosquitto 2.0.11 delivers nothing for a shared subscription to topics with `$`, though the standard lets it match. */
const isKeptByMosquitto = (filter: string) => {
  const { shareName, levels } = parseFilter(filter)
  return shareName !== null && levels[0]?.startsWith('$') === true
}

/**
 * MQTT 5 §3.3.4 and 3.1.1 §3.3.5 leave it to the server whether several subscriptions of one client that match a message
 * make one copy or one each. mosquitto 2.0.11 as it is installed sends one each to clients of MQTT 5 and a single one to
 * those before it, from which it takes shared subscriptions as well.
 */
const copiesOfMosquitto = (version: Version, matching: number) => (version === 5 ? matching : Math.min(matching, 1))

const connected = async (port: number, version: Version): Promise<MqttClient> => {
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, { protocolVersion: version, reconnectPeriod: 0 })
  onStop(() => client.endAsync(true))
  return client
}

/** Counts deliveries by payload; a round is over when the message published last has come back. */
const createCounter = (subscriber: MqttClient) => {
  const copies = new Map<string, number>()
  subscriber.on('message', (_topic, payload) => {
    const key = payload.toString()
    copies.set(key, (copies.get(key) ?? 0) + 1)
  })
  return {
    copiesOf: (key: string) => copies.get(key) ?? 0,
    hasCome: (key: string) => waitFor(`the message ${key}`, () => copies.has(key)),
  }
}

const rounds = 25
const filtersPerRound = 12
const topicsPerRound = 30

describe.each<Version>([4, 5])('what mosquitto delivers to clients of protocol level %d', (version) => {
  it.each([0, 1] as const)('is what the filters match, with QoS %d', async (qos) => {
    const broker = await startedBroker()
    const subscriber = await connected(broker.port(), version)
    const publisher = await connected(broker.port(), version)
    const counter = createCounter(subscriber)
    const dice = createDice(20_260 + version * 10 + qos)
    let delivered = 0
    for (let round = 0; round < rounds; round++) {
      const filters = several(filtersPerRound, () => filterFrom(dice))
      const topics = several(topicsPerRound, () => topicFrom(dice))
      const end = `end/${round}`
      await subscriber.subscribeAsync([...filters, end], { qos })
      for (const topic of topics) await publisher.publishAsync(topic, `${round} ${topic}`, { qos })
      await publisher.publishAsync(end, end, { qos })
      await counter.hasCome(end)
      await subscriber.unsubscribeAsync([...filters, end])

      const trie = createFilterTrie(filters.filter((filter) => !isKeptByMosquitto(filter)).map((one) => [one, one]))
      for (const topic of topics) {
        const matching = trie.matching(levelsOf(topic))
        const copies = counter.copiesOf(`${round} ${topic}`)
        expect([topic, filters, copies]).toEqual([topic, filters, copiesOfMosquitto(version, matching.length)])
        expect(matching).toEqual(filters.filter((one) => !isKeptByMosquitto(one) && filterMatches(one, topic)))
        delivered += copies
      }
    }
    expect(delivered).toBeGreaterThan(300)
  })

  it('leaves out shared subscriptions to topics with $, and takes # for its parent level', async () => {
    const broker = await startedBroker()
    const subscriber = await connected(broker.port(), version)
    const publisher = await connected(broker.port(), version)
    const counter = createCounter(subscriber)
    await subscriber.subscribeAsync(['$share/g/$x/#', '$y/#', 'a/#', 'end'], { qos: 1 })
    for (const topic of ['$x/a', '$y', '$y/a', 'a', 'a/', 'end']) await publisher.publishAsync(topic, topic, { qos: 1 })
    await counter.hasCome('end')
    expect(['$x/a', '$y', '$y/a', 'a', 'a/'].map(counter.copiesOf)).toEqual([0, 1, 1, 1, 1])
  })
})
