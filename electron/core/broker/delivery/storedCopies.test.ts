import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flags } from '#shared/model/frame'
import { defaultSubscriptionOptions, type Subscription } from '#shared/model/subscription'
import { encodePublishProperties } from '#shared/mqtt/publishProperties'
import { filterMatches } from '#shared/mqtt/topicFilter'
import { createSubscriptionMatching } from '../matching/subscriptionMatching'
import { createTopicTable } from '../message/topicTable'
import { createDelivery } from './delivery'

const filters = ['t', '#', '+', 't/#']

interface Came {
  readonly topic?: string
  readonly payload?: string
  readonly retain?: boolean
  readonly dup?: boolean
}

/** A session that has subscribed to filters which overlap, and what a server sends to it. */
const open = ({ withNoLocal = [] as readonly string[], asks = filters } = {}) => {
  const matching = createSubscriptionMatching()
  const topics = createTopicTable()
  const gone = new Set<string>()
  const filterOf = (identifier: number) => filters[identifier - 1]
  const delivery = createDelivery({
    matching,
    filterOf,
    bringsAll: (filter) => !withNoLocal.includes(filter) && !gone.has(filter) && !filter.startsWith('$share/'),
    isSettled: () => true,
  })
  const list = filters.map((filter): Subscription => ({
    id: filter,
    filter,
    qos: 0,
    colour: 'blue',
    alias: '',
    enabled: true,
    muted: false,
  }))
  matching.setSubscriptions(list, { refused: [], filterOf })
  let at = 1_000_000
  const subscribe = (filter: string) => {
    delivery.stored.subscribing({ filter, options: defaultSubscriptionOptions, isNew: true, at })
    delivery.stored.subscribed(filter, at)
  }
  for (const filter of asks) subscribe(filter)
  return {
    subscribe,
    pass: (milliseconds: number) => void (at += milliseconds),
    unsubscribe: (filter: string) => {
      gone.add(filter)
      delivery.copies.unsubscribed(filter)
    },
    connectAgain: () => delivery.copies.reset(),
    totals: () => matching.totals(),
    /** What a message is judged to be that came for these filters. */
    come: (named: readonly string[], { topic = 't', payload = 'p', retain = true, dup = false }: Came = {}) => {
      const subscriptionIdentifiers = named.map((filter) => filters.indexOf(filter) + 1)
      const properties = named.length > 0 ? encodePublishProperties({ subscriptionIdentifiers }) : Buffer.alloc(0)
      const source = Buffer.concat([properties, Buffer.from(payload)])
      const places = { source, start: 0, payloadStart: properties.length, end: source.length }
      const bits = (retain ? flags.retain : 0) | (dup ? flags.dup : 0)
      const message = { time: at, clockShift: 0, topic: topics.ofText(topic), packetId: 0, flags: bits, ...places }
      const { kind, flags: marks } = delivery.judge(message)
      return `${kind}${marks & flags.stored ? ' stored' : ''}`
    },
  }
}

describe('a retained message that comes once for each filter', () => {
  it('is told once, and its copies are counted for the subscriptions they came for', () => {
    const { come, totals } = open()
    expect(filters.map((filter) => come([filter]))).toEqual(['own stored', 'copy stored', 'copy stored', 'copy stored'])
    expect(totals().map(({ messages, stored, lastAt }) => [messages, stored, lastAt])).toEqual(
      filters.map(() => [1, 1, 0]),
    )
  })

  it('is told once of each topic, in whatever order they come', () => {
    const all = ['t', 'u', 't/v'].flatMap((topic) =>
      filters.filter((filter) => filterMatches(filter, topic)).map((filter) => ({ topic, filter })),
    )
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (order) => {
        const { come } = open()
        const told = order.filter(({ topic, filter }) => come([filter], { topic }) === 'own stored')
        expect(told.map(({ topic }) => topic).toSorted()).toEqual(['t', 't/v', 'u'])
      }),
    )
  })

  it('is a message of its own where that is not known', () => {
    const twice = (second: Came, named = ['#'], given: Parameters<typeof open>[0] = {}) => {
      const { come } = open(given)
      come(['t'])
      return come(named, second)
    }
    expect(twice({})).toBe('copy stored')
    expect(twice({ payload: 'other' })).toBe('own stored')
    expect(twice({ dup: true })).toBe('own stored')
    expect(twice({}, [])).toBe('own stored')
    expect(twice({}, ['t'])).toBe('own stored')
    expect(twice({}, ['t', '#'])).toBe('own stored')
    expect(twice({}, ['#'], { withNoLocal: ['t'] })).toBe('own stored')
    expect(twice({}, ['#'], { asks: ['t'] })).toBe('own stored')
  })

  it('is one of its own where it was published again in between', () => {
    const { come, pass } = open()
    come(['t'])
    pass(1)
    come(['t'], { retain: false })
    expect(come(['#'])).toBe('own stored')
  })

  it('is one of its own for who asks later, or again, or after the other was given up, or on another connection', () => {
    const { come, pass, subscribe, unsubscribe, connectAgain } = open({ asks: ['t', '#', '+'] })
    come(['t'])
    pass(1)
    subscribe('t/#')
    expect(come(['t/#'])).toBe('own stored')
    expect(come(['#'])).toBe('copy stored')
    subscribe('#')
    expect(come(['#'])).toBe('own stored')
    subscribe('#')
    unsubscribe('#')
    expect(come(['+'])).toBe('own stored')
    connectAgain()
    expect(come(['t'])).toBe('own stored')
  })
})
