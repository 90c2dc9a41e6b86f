import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { subscriptionSorts } from '#shared/model/settings'
import type { SubscriptionStatus } from '#shared/model/subscription'
import { subscriptionOf } from '../../../testing/testWindow'
import { orderedSubscriptions } from './orderedSubscriptions'

const listOf = (...filters: readonly string[]): readonly SubscriptionStatus[] =>
  filters.map((filter) => ({ subscription: subscriptionOf({ filter }), state: { phase: 'inactive' } }))
const filtersOf = (list: readonly SubscriptionStatus[]) => list.map(({ subscription }) => subscription.filter)

const list = listOf('line10/#', 'line2/+', 'alarms', 'line2/temp')
const counted = new Map([
  ['line2/+', 3],
  ['alarms', 70],
])
const order = { sort: 'entered', counted, search: '' } as const

describe('the order of the subscriptions', () => {
  it('is that of adding, of names as people count, or of messages with what is not counted last', () => {
    expect(orderedSubscriptions(list, order)).toEqual(list)
    expect(filtersOf(orderedSubscriptions(list, { ...order, sort: 'filter' }))).toEqual([
      'alarms',
      'line2/+',
      'line2/temp',
      'line10/#',
    ])
    expect(filtersOf(orderedSubscriptions(list, { ...order, sort: 'messages' }))).toEqual([
      'alarms',
      'line2/+',
      'line10/#',
      'line2/temp',
    ])
  })

  it('holds what is looked for by its words in any order, in the alias, too', () => {
    const named = [...list, { subscription: subscriptionOf({ filter: 'x', alias: 'Line 2' }), state: list[0]!.state }]
    expect(filtersOf(orderedSubscriptions(named, { ...order, search: ' 2  LINE' }))).toEqual([
      'line2/+',
      'line2/temp',
      'x',
    ])
  })

  it('shows each one once in every order, and those of equal rank as they were added', () => {
    const filters = fc.uniqueArray(fc.stringMatching(/^[a-c/]{1,3}$/), { maxLength: 20 })
    const counts = fc.dictionary(fc.stringMatching(/^[a-c/]{1,3}$/), fc.nat(2))
    fc.assert(
      fc.property(filters, counts, fc.constantFrom(...subscriptionSorts), (some, counts, sort) => {
        const all = listOf(...some)
        const shown = orderedSubscriptions(all, { sort, counted: new Map(Object.entries(counts)), search: '' })
        expect(filtersOf(shown).toSorted()).toEqual(some.toSorted())
        if (sort !== 'messages') return
        const rank = ({ subscription: { id } }: SubscriptionStatus) => counts[id] ?? -1
        for (const [at, one] of shown.entries()) {
          const next = shown[at + 1]
          if (!next) continue
          expect(rank(one)).toBeGreaterThanOrEqual(rank(next))
          if (rank(one) === rank(next)) expect(all.indexOf(one)).toBeLessThan(all.indexOf(next))
        }
      }),
    )
  })
})
