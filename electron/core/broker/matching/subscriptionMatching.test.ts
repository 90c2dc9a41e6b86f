import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Subscription } from '#shared/model/subscription'
import { filterMatches } from '#shared/mqtt/topicFilter'
import { createSubscriptionMatching } from './subscriptionMatching'
import { createTopicTable } from '../message/topicTable'

const subscription = (filter: string, given: Partial<Subscription> = {}): Subscription => ({
  id: filter,
  filter,
  qos: 0,
  colour: 'blue',
  alias: '',
  enabled: true,
  muted: false,
  ...given,
})

/** Totals of filters that are identified by their places from 1 on. */
const totalsOf = (
  filters: readonly string[],
  given: readonly Subscription[] = filters.map((one) => subscription(one)),
) => {
  const totals = createSubscriptionMatching()
  const topics = createTopicTable()
  totals.setSubscriptions(given, { refused: [], filterOf: (identifier) => filters[identifier - 1] })
  const messageOf = (topic: string) => {
    const places = { source: Buffer.alloc(0), start: 0, payloadStart: 0, end: 0 }
    return { time: 7, clockShift: 0, topic: topics.ofText(topic), packetId: 0, flags: 0, ...places }
  }
  /** Those we gave out. */
  const ours = (identifiers: readonly number[]) => identifiers.filter((identifier) => identifier <= filters.length)
  const idsOf = (setId: number) => totals.setsBetween(setId, setId + 1)[0]
  return {
    count: (topic: string, identifiers: readonly number[] = []) =>
      idsOf(totals.count(messageOf(topic), ours(identifiers), false)),
    countCopy: (topic: string, identifiers: readonly number[]) =>
      idsOf(totals.countCopy(messageOf(topic), ours(identifiers), false)),
    counts: () => Object.fromEntries(totals.totals().map(({ subscriptionId, messages }) => [subscriptionId, messages])),
    size: () => totals.size,
  }
}

describe('totals of subscriptions', () => {
  it('count a message for those it names, or else for those that match, and show it with those that match', () => {
    const filters = ['a', '#', '+', 'b', '$share/g/a', '$share/h/#']
    const identifiers = fc.uniqueArray(fc.integer({ min: 1, max: 8 }), { maxLength: 4 })
    const delivery = fc.record({ topic: fc.constantFrom('a', 'b', 'c/d'), identifiers, isCopy: fc.boolean() })
    fc.assert(
      fc.property(fc.array(delivery, { maxLength: 30 }), (deliveries) => {
        const totals = totalsOf(filters)
        const expected = Object.fromEntries(filters.map((filter) => [filter, 0]))
        for (const one of deliveries) {
          const matching = filters.filter((filter) => filterMatches(filter, one.topic))
          const named = filters.filter((_, place) => one.identifiers.includes(place + 1))
          const isCopy = one.isCopy && named.length > 0
          for (const filter of named.length > 0 ? named : matching) expected[filter] = (expected[filter] ?? 0) + 1
          const shown = isCopy ? totals.countCopy(one.topic, one.identifiers) : totals.count(one.topic, one.identifiers)
          const isShown = (filter: string) =>
            named.includes(filter) || (!isCopy && (named.length === 0 || !filter.startsWith('$share/')))
          expect(shown).toEqual(matching.filter(isShown))
        }
        expect(totals.counts()).toEqual(expected)
      }),
    )
  })

  it('count for each subscription of a filter that is named, whether or not it is on now', () => {
    const given = [
      subscription('a', { id: 'one' }),
      subscription('a', { id: 'two', enabled: false }),
      subscription('#'),
    ]
    const totals = totalsOf(['a', '#'], given)
    expect(totals.count('a', [1])).toEqual(['one', '#'])
    expect(totals.counts()).toEqual({ one: 1, two: 1, '#': 0 })
  })

  it('keep a few thousand sets, whatever the server names', () => {
    const filters = Array.from({ length: 14 }, (_, index) => `$share/g${index}/#`)
    const totals = totalsOf(filters)
    const all = 2 ** filters.length
    for (let bits = 1; bits < all; bits += 1) {
      const identifiers = filters.flatMap((_, index) => ((bits >> index) & 1 ? [index + 1] : []))
      const shown = totals.count('f', identifiers)
      expect(shown?.length).toBe(totals.size() < 4_096 ? identifiers.length : shown?.length)
    }
    expect(totals.size()).toBe(4_096)
    expect(totals.count('f', [1])).toEqual(filters.slice(0, 1))
    expect(totals.counts()).toEqual(
      Object.fromEntries(filters.map((filter, index) => [filter, all / 2 + (index === 0 ? 1 : 0)])),
    )
  })

  it('go on for a subscription that comes back as it was, and start from zero for another filter', () => {
    const totals = createSubscriptionMatching()
    const topics = createTopicTable()
    const places = { source: Buffer.alloc(0), start: 0, payloadStart: 0, end: 0 }
    const count = () =>
      totals.count({ time: 5, clockShift: 0, topic: topics.ofText('a'), packetId: 0, flags: 0, ...places }, [], false)
    const total = (id: string) => totals.totals().find(({ subscriptionId }) => subscriptionId === id)?.messages
    const [a, other] = [subscription('a'), subscription('#')]
    totals.setSubscriptions([a, other])
    count()
    totals.setSubscriptions([other])
    count()
    totals.setSubscriptions([a, other])
    count()
    expect([total('a'), total('#')]).toEqual([2, 3])
    totals.setSubscriptions([other])
    totals.setSubscriptions([{ ...a, filter: '+' }, other])
    expect(total('a')).toBe(0)
  })

  it('remember the thousand subscriptions that were removed last', () => {
    const totals = createSubscriptionMatching()
    const topic = createTopicTable().ofText('a')
    const places = { source: Buffer.alloc(0), start: 0, payloadStart: 0, end: 0 }
    const all = Array.from({ length: 1_001 }, (_, index) => subscription('a', { id: String(index) }))
    totals.setSubscriptions(all)
    totals.count({ time: 5, clockShift: 0, topic, packetId: 0, flags: 0, ...places }, [], false)
    totals.setSubscriptions([])
    totals.setSubscriptions(all)
    expect(totals.totals().map(({ messages }) => messages)).toEqual([0, ...all.slice(1).map(() => 1)])
  })

  it('start from zero for a subscription whose filter was edited, and go on for one that was not', () => {
    const totals = createSubscriptionMatching()
    const topic = createTopicTable().ofText('old')
    const places = { source: Buffer.alloc(0), start: 0, payloadStart: 0, end: 0 }
    totals.setSubscriptions([subscription('old', { id: 'edited' }), subscription('+', { id: 'kept' })])
    totals.count({ time: 5, clockShift: 0, topic, packetId: 0, flags: 0, ...places }, [], false)
    totals.setSubscriptions([subscription('new', { id: 'edited' }), subscription('+', { id: 'kept', alias: 'any' })])
    expect(totals.totals()).toEqual([
      { subscriptionId: 'edited', messages: 0, stored: 0, lastAt: 0 },
      { subscriptionId: 'kept', messages: 1, stored: 0, lastAt: 5 },
    ])
  })
})
