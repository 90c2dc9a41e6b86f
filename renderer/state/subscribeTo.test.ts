import { describe, expect, it, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { Subscription } from '#shared/model/subscription'
import type { Api } from '../../ipc/api'
import type { AppState } from '../../store/appStore'
import { createSubscriptionsSlice } from './subscriptionsSlice'

const kept: Subscription = { id: 'k', filter: 'a', qos: 2, colour: 'blue', alias: '', enabled: false, muted: false }

const storeWith = (refused?: string) => {
  const saved: Subscription[] = []
  const invoke = vi.fn((_name: string, { subscription }: { subscription: Subscription }) => {
    saved.push(subscription)
    const error = { code: 'storageFailed', message: '' }
    return Promise.resolve(subscription.filter === refused ? { ok: false, error } : { ok: true, value: null })
  })
  const tools = { api: { invoke } as unknown as Api } as Parameters<typeof createSubscriptionsSlice>[2]
  const store = createStore<AppState>()(
    (set, get) =>
      ({
        ...createSubscriptionsSlice(set, get, tools),
        profiles: [],
        sessions: { c: { subscriptions: [{ subscription: kept, state: { phase: 'inactive' } }] } },
      }) as unknown as AppState,
  )
  return { store, saved }
}

describe('subscribing from elsewhere', () => {
  it('takes QoS 0 and a colour of its own for each, and enables a known one as it is', async () => {
    const { store, saved } = storeWith()
    expect(await store.getState().subscribeTo('c', 'b', 'c', 'a')).toBeNull()
    expect(saved.map(({ filter, qos, enabled }) => [filter, qos, enabled])).toEqual([
      ['b', 0, true],
      ['c', 0, true],
      ['a', 2, true],
    ])
    expect(new Set(saved.map(({ colour }) => colour)).size).toBe(3)
    expect(saved[2]).toEqual({ ...kept, enabled: true })
  })

  it('stops at the first that is refused and answers why', async () => {
    const { store, saved } = storeWith('c')
    expect(await store.getState().subscribeTo('c', 'b', 'c', 'd')).toMatchObject({ code: 'storageFailed' })
    expect(saved.map(({ filter }) => filter)).toEqual(['b', 'c'])
  })
})
