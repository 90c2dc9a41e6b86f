import { describe, expect, it } from 'vitest'
import type { SubscriptionState } from '#shared/model/subscription'
import { fail } from '#shared/result'
import { createOwnFilters } from './ownFilters'

const made = () => {
  const states = new Map<string, SubscriptionState>()
  let changes = 0
  const filters = createOwnFilters({
    stateOf: (filter) => states.get(filter) ?? { phase: 'inactive' },
    onChange: () => (changes += 1),
  })
  return {
    filters,
    changes: () => changes,
    put: (filter: string, state: SubscriptionState) => {
      states.set(filter, state)
      filters.check()
    },
    listed: () => filters.list().map(({ id, filter }) => [id, filter]),
  }
}

const granted: SubscriptionState = { phase: 'granted', qos: 2, since: 1 }

describe('filters of our own', () => {
  it('are wanted for as long as somebody holds them', () => {
    const { filters, listed, changes } = made()
    const one = filters.hold('a')
    const other = filters.hold('a')
    one.release()
    one.release()
    expect(listed()).toEqual([['own-1', 'a']])
    other.release()
    expect(listed()).toEqual([])
    expect(changes()).toBe(2)
  })

  it('have numbers that are used again, and never two the same', () => {
    const { filters, listed } = made()
    const first = filters.hold('a')
    filters.hold('b')
    first.release()
    filters.hold('c')
    filters.hold('d')
    expect(listed()).toEqual([
      ['own-2', 'b'],
      ['own-1', 'c'],
      ['own-3', 'd'],
    ])
  })

  it('answer when the broker has: granted, refused or held back', async () => {
    const { filters, put } = made()
    const { error } = fail('subscribeRefused', 'no')
    const [a, b, c] = ['a', 'b', 'c'].map((filter) => filters.hold(filter).granted)
    put('b', { phase: 'refused', error })
    put('c', { phase: 'heldBack', reason: 'closesConnection' })
    put('a', granted)
    expect(await a).toBeNull()
    expect(await b).toBe(error)
    expect(await c).toMatchObject({ code: 'subscribeRefused' })
  })

  it('are not granted where the connection ends first', async () => {
    const { filters } = made()
    const { granted: answer } = filters.hold('a')
    filters.end()
    expect(await answer).toMatchObject({ code: 'notConnected' })
  })
})
