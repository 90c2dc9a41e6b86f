import { expect, it } from 'vitest'
import type { Subscription, SubscriptionState, SubscriptionStatus } from '#shared/model/subscription'
import { fail } from '#shared/result'
import { createChipsOf } from './matchingChips'

const status = (id: string, state: SubscriptionState, given: Partial<Subscription> = {}): SubscriptionStatus => ({
  subscription: { id, filter: 'a/#', qos: 0, colour: 'blue', alias: '', enabled: true, muted: false, ...given },
  state,
})

it('gives chips to subscriptions in force only', () => {
  const refused = fail('subscribeRefused', 'Not authorized').error
  const chipsOf = createChipsOf([
    status('granted', { phase: 'granted', qos: 0, since: 1 }),
    status('offline', { phase: 'inactive' }, { alias: 'All' }),
    status('off', { phase: 'inactive' }, { enabled: false }),
    status('refused', { phase: 'refused', error: refused }),
    status('held', { phase: 'heldBack', reason: 'wildcard' }),
    status('elsewhere', { phase: 'inactive' }, { filter: 'b' }),
  ])
  expect(chipsOf('a/1').map(({ id, name }) => [id, name])).toEqual([
    ['granted', 'a/#'],
    ['offline', 'All (a/#)'],
  ])
})
