import { describe, expect, it } from 'vitest'
import type { MadeMessage } from '#shared/model/publish'
import type { ResponderRule } from '#shared/model/responder'
import { ok } from '#shared/result'
import { createOwnFilters } from '../broker/subscriptions/ownFilters'
import { createHeardMessages } from '../broker/session/heardMessages'
import type { WireMessage } from '../broker/message/wireMessage'
import { newEntry } from '../broker/message/topicTable'
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
  const ownFilters = createOwnFilters({
    stateOf: () => ({ phase: 'granted', qos: 0, since: 0 }),
    onChange: () => undefined,
  })
  const heard = createHeardMessages(() => [])
  const sent: MadeMessage[] = []
  let rules: readonly ResponderRule[] = [rule]
  const online = {
    send: (message: MadeMessage) => {
      sent.push(message)
      return null
    },
  }
  const clock = createFakeClock()
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
    clock,
  })
  return {
    registry,
    clock,
    held: () => ownFilters.list().map(({ filter }) => filter),
    /** Requests that come together; answers what the answers are once they are made. */
    ask: async (...topics: readonly string[]) => {
      for (const topic of topics) heard.note(requestOn(topic), { kind: 'own', matchSetId: 1, flags: 0 }, 0)
      await Promise.resolve()
      return sent.splice(0).map(({ topic, payload }) => `${topic} ${Buffer.from(payload).toString()}`)
    },
  }
}

const requestOn = (topic: string): WireMessage => {
  const source = Buffer.from('now')
  return {
    source,
    start: 0,
    payloadStart: 0,
    end: source.length,
    flags: 0,
    packetId: 0,
    time: 0,
    clockShift: 0,
    topic: newEntry(1, topic),
  }
}

describe('a rule whose template is being read', () => {
  it.each([
    ['is switched off', (registry: ResponderRegistry) => void registry.switch(key, false)],
    ['is removed', (registry: ResponderRegistry) => void registry.save([])],
    ['is changed', (registry: ResponderRegistry) => void registry.save([{ ...rule, perSecond: 1 }])],
    ['loses its connection', (registry: ResponderRegistry) => registry.sessionRemoved('c')],
    ['is not needed any more', (registry: ResponderRegistry) => registry.close()],
  ])('and that %s answers nothing and holds no filter', async (_what, stop) => {
    const { registry, held } = open()
    const switching = registry.switch(key, true)
    stop(registry)
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

it('makes no answer to what is asked too often', async () => {
  const { registry, clock, ask } = open()
  const answer = messageOf({ topic: '{{ request.topic }}/answer', payload: '{{ 1 | counter }}' })
  await registry.save([{ ...rule, answer, perSecond: 1 }])
  await registry.switch(key, true)
  expect(await ask('ask/a', 'ask/b', 'ask/c')).toEqual(['ask/a/answer 1'])
  clock.pass(1_000)
  expect(await ask('ask/d')).toEqual(['ask/d/answer 2'])
  expect(registry.statuses()).toMatchObject([{ counts: { heard: 4, answered: 2, limited: 2 } }])
})
