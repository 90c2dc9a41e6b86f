import { describe, expect, it } from 'vitest'
import { fail, ok } from '#shared/result'
import { onlineSession, openTestWindow, subscriptionOf } from '../testing/testWindow'
import { subscriptionsState } from './subscriptions'

const kept = subscriptionOf({ id: 'k', filter: 'a', qos: 2, enabled: false })

const open = (refused?: string) => {
  const { connection, main } = openTestWindow({
    session: onlineSession(),
    subscriptions: [{ subscription: kept, state: { phase: 'inactive' } }],
    answers: {
      'subscription.save': ({ subscription }) =>
        subscription.filter === refused ? fail('storageFailed', '') : ok(null),
    },
  })
  return {
    subscribeTo: connection.get(subscriptionsState).subscribeTo,
    saved: () => main.inputsOf('subscription.save').map(({ subscription }) => subscription),
  }
}

describe('subscribing from elsewhere', () => {
  it('takes QoS 0 and a colour of its own for each, and enables a known one as it is', async () => {
    const { subscribeTo, saved } = open()
    expect(await subscribeTo('b', 'c', 'a')).toBeNull()
    expect(saved().map(({ filter, qos, enabled }) => [filter, qos, enabled])).toEqual([
      ['b', 0, true],
      ['c', 0, true],
      ['a', 2, true],
    ])
    expect(new Set(saved().map(({ colour }) => colour)).size).toBe(3)
    expect(saved()[2]).toEqual({ ...kept, enabled: true })
  })

  it('stops at the first that is refused and answers why', async () => {
    const { subscribeTo, saved } = open('c')
    expect(await subscribeTo('b', 'c', 'd')).toMatchObject({ code: 'storageFailed' })
    expect(saved().map(({ filter }) => filter)).toEqual(['b', 'c'])
  })
})
