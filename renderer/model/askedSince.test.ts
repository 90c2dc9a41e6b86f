import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Qos } from '#shared/model/qos'
import type { SubscriptionStatus } from '#shared/model/subscription'
import { filterMatches } from '#shared/mqtt/topicFilter'
import { createAskedSince } from './askedSince'

interface Given {
  readonly filter: string
  readonly grantedAt?: number
  readonly noLocal?: boolean
  readonly qos?: Qos
}

const statusOf = ({ filter, grantedAt, noLocal = false, qos = 0 }: Given): SubscriptionStatus => ({
  subscription: {
    id: filter,
    filter,
    qos,
    colour: 'blue',
    alias: '',
    enabled: true,
    muted: false,
    options: {
      noLocal,
      retainAsPublished: false,
      retainHandling: 0,
    },
  },
  state: grantedAt === undefined ? { phase: 'requested' } : { phase: 'granted', qos: 0, since: grantedAt },
})
const askedSince = (topic: string, ...given: Given[]) => createAskedSince(given.map(statusOf))(topic)

it('is the time of the oldest granted subscription that matches', () => {
  const filterArbitrary = fc.constantFrom('#', 'a/#', 'a/+', 'a/b', 'b', '+/b')
  const givenArbitrary = fc.uniqueArray(
    fc.record({ filter: filterArbitrary, grantedAt: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }) }),
    { selector: ({ filter }) => filter },
  )
  fc.assert(
    fc.property(givenArbitrary, fc.constantFrom('a', 'a/b', 'a/c', 'b', '$SYS/x'), (list, topic) => {
      const given = list.map(({ filter, grantedAt }) => (grantedAt === undefined ? { filter } : { filter, grantedAt }))
      const times = given.flatMap(({ filter, grantedAt }) =>
        grantedAt !== undefined && filterMatches(filter, topic) ? [grantedAt] : [],
      )
      expect(askedSince(topic, ...given)).toBe(times.length === 0 ? null : Math.min(...times))
    }),
  )
})

it('does not count subscriptions that need not bring every message', () => {
  expect(askedSince('a', { filter: '$share/group/a', grantedAt: 1 })).toBeNull()
  expect(askedSince('a', { filter: 'a', grantedAt: 1, noLocal: true }, { filter: '#', grantedAt: 5 })).toBe(5)
})

it('goes by the one of equal filters that is sent: the first of those with the highest QoS', () => {
  const plain = { filter: '#', grantedAt: 1 }
  const noLocal = { filter: '#', grantedAt: 1, noLocal: true }
  expect(askedSince('a', plain, { ...noLocal, qos: 1 })).toBeNull()
  expect(askedSince('a', { ...noLocal, qos: 1 }, plain)).toBeNull()
  expect(askedSince('a', { ...plain, qos: 1 }, noLocal)).toBe(1)
  expect(askedSince('a', noLocal, plain)).toBeNull()
  expect(askedSince('a', plain, noLocal)).toBe(1)
})
