import { describe, expect, it } from 'vitest'
import type { MadeMessage } from '#shared/model/publish'
import type { ResponderRule } from '#shared/model/responder'
import { ok } from '#shared/result'
import { createOwnFilters } from '../broker/subscriptions/ownFilters'
import { createHeardMessages } from '../broker/session/heardMessages'
import { createFakeClock, messageOf } from '../senders/sendersTesting'
import { noEnvironment } from '../templates/templateEnvironment'
import { createResponderRegistry, type ResponderRegistry } from './responderRegistry'

const rule: ResponderRule = {
  id: 'r',
  connectionId: 'c',
  filter: 'ask/#',
  answer: messageOf({ topic: '', payload: '{{ request.payload }}' }),
  perSecond: 100,
}
const key = { connectionId: 'c', ruleId: 'r' }

/** Rules of a connection whose filters are the real ones, and what it sends. */
const open = () => {
  const ownFilters = createOwnFilters({ stateOf: () => ({ phase: 'granted', qos: 0 }), onChange: () => undefined })
  const heard = createHeardMessages()
  const sent: MadeMessage[] = []
  let rules: readonly ResponderRule[] = [rule]
  const online = {
    send: (message: MadeMessage) => {
      sent.push(message)
      return null
    },
  }
  const registry = createResponderRegistry({
    sessions: { get: () => ({ listen: heard.listen, holdFilter: ownFilters.hold, online: () => online }) },
    store: {
      current: () => rules,
      save: (saved) => {
        rules = saved
        return Promise.resolve(ok(null))
      },
    },
    environmentOf: () => noEnvironment,
    now: () => 0,
    onChange: () => undefined,
    clock: createFakeClock(),
  })
  return { registry, held: () => ownFilters.list().map(({ filter }) => filter) }
}

describe('a rule whose template is being read', () => {
  it.each([
    ['is switched off', (registry: ResponderRegistry) => registry.switch(key, false)],
    ['is removed', (registry: ResponderRegistry) => registry.save([])],
    ['is changed', (registry: ResponderRegistry) => registry.save([{ ...rule, perSecond: 1 }])],
    ['loses its connection', (registry: ResponderRegistry) => registry.sessionRemoved('c')],
    ['is not needed any more', (registry: ResponderRegistry) => registry.close()],
  ])('and that %s answers nothing and holds no filter', async (_what, stop) => {
    const { registry, held } = open()
    const switching = registry.switch(key, true)
    await stop(registry)
    expect(await switching).toMatchObject({ error: { code: 'cancelled' } })
    expect(registry.statuses()).toEqual([])
    expect(held()).toEqual([])
  })

  it('is on otherwise', async () => {
    const { registry, held } = open()
    expect(await registry.switch(key, true)).toEqual(ok(null))
    expect(registry.statuses()).toMatchObject([{ phase: 'on' }])
    expect(held()).toEqual(['ask/#'])
  })
})
