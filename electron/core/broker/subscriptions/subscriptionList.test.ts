import { describe, expect, it } from 'vitest'
import type { Subscription } from '#shared/model/subscription'
import { serverLimits } from '../session/serverLimits'
import type { SubscriptionServer } from './sentFilters'
import { createSubscriptionIdentifiers } from './subscriptionIdentifiers'
import { createSubscriptionList } from './subscriptionList'
import type { Transport } from '../transport/transport'

const subscription = (filter: string): Subscription => ({
  id: filter,
  filter,
  qos: 1,
  colour: 'blue',
  alias: '',
  enabled: true,
  muted: false,
})

const serverOf = (given: Partial<SubscriptionServer> = {}): SubscriptionServer => ({
  sessionPresent: true,
  isVersion5: true,
  wantsIdentifiers: true,
  limits: serverLimits({
    type: 'connack',
    sessionPresent: true,
    reasonCode: 0,
    properties: new Map(),
  }),
  ...given,
})

/** A server that answers when it is told to, in the order it was asked. */
const silentServer = () => {
  const asked: string[] = []
  const waiting: ((reasonCode: number) => void)[] = []
  const ask = (packet: string) =>
    new Promise<{ reasonCode: number; words: null }>((resolve) => {
      asked.push(packet)
      waiting.push((reasonCode) => resolve({ reasonCode, words: null }))
    })
  const transport: Transport = {
    subscribe: ({ filter }) => ask(`+${filter}`),
    unsubscribe: (filter) => ask(`-${filter}`),
    reauthenticate: () => Promise.resolve({ ok: true, value: null }),
    write: () => undefined,
    disconnect: () => undefined,
    fail: () => undefined,
  }
  const answer = async (...reasonCodes: readonly number[]) => {
    for (const reasonCode of reasonCodes) waiting.shift()?.(reasonCode)
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { asked, answer, transport }
}

const listOf = () => {
  const left: string[] = []
  const told: string[][] = []
  const list = createSubscriptionList({
    now: () => 7,
    identifiers: createSubscriptionIdentifiers(1),
    copies: {
      subscribing: () => undefined,
      subscribed: () => undefined,
      unsubscribed: (filter) => void left.push(filter),
    },
    stored: { subscribing: () => undefined, subscribed: () => undefined },
    onChange: () => void told.push(phases()),
    onNotice: () => undefined,
  })
  const apply = (...filters: readonly string[]) => list.apply(filters.map(subscription))
  const phases = () => list.statuses().map(({ state }) => state.phase)
  return { ...list, apply, phases, left, told }
}

const online = async (filters: readonly string[], given: Partial<SubscriptionServer> = {}) => {
  const list = listOf()
  const server = silentServer()
  list.apply(...filters)
  list.begin(server.transport, serverOf(given))
  await server.answer(...filters.map(() => 1))
  server.asked.length = 0
  return { list, server }
}

const gone = 0
const notAuthorised = 0x87
const quotaExceeded = 0x97

describe('an UNSUBSCRIBE', () => {
  it('is settled by its own UNSUBACK, and sent again when the connection ended before that', async () => {
    const { list, server } = await online(['a'])
    list.apply()
    list.apply('a')
    list.apply()
    await server.answer(gone, 1)
    expect(server.asked).toEqual(['-a', '+a', '-a'])
    expect(list.isSettled()).toBe(false)
    list.end()
    const next = silentServer()
    list.begin(next.transport, serverOf())
    expect(next.asked).toEqual(['-a'])
    await next.answer(gone)
    expect(list.isSettled()).toBe(true)
  })

  it('that is refused leaves the filter where it is', async () => {
    const { list, server } = await online(['a', 'b'])
    list.apply('b')
    await server.answer(notAuthorised)
    expect([list.isSettled(), list.left]).toEqual([false, []])
    list.apply('a', 'b')
    await server.answer(1)
    expect(list.isSettled()).toBe(true)
  })

  it('of a filter the server does not have is as good as done', async () => {
    const { list, server } = await online(['a'])
    list.apply()
    await server.answer(0x11)
    expect([list.isSettled(), list.left]).toEqual([true, ['a']])
  })
})

describe('a filter that is refused while another one leaves', () => {
  it.each([
    [true, quotaExceeded],
    [true, 0x80],
    [false, 0x80],
  ])('is asked for once more (MQTT 5: %s, reason code %i)', async (isVersion5, reasonCode) => {
    const { list, server } = await online(['old'], { isVersion5 })
    list.apply('new')
    await server.answer(reasonCode)
    expect([server.asked, list.phases()]).toEqual([['+new', '-old'], ['refused']])
    await server.answer(gone)
    expect([server.asked, list.phases()]).toEqual([['+new', '-old', '+new'], ['requested']])
    await server.answer(1)
    expect(list.phases()).toEqual(['granted'])
    expect(list.told.flat()).toEqual(['granted', 'refused', 'requested', 'granted'])
  })

  it('is not asked for a third time', async () => {
    const { list, server } = await online(['old'])
    list.apply('new')
    await server.answer(quotaExceeded, gone)
    await server.answer(quotaExceeded)
    expect([server.asked, list.phases()]).toEqual([['+new', '-old', '+new'], ['refused']])
  })

  it.each([
    ['the refusal has another reason', notAuthorised, gone, ['refused']],
    ['the other one stays', quotaExceeded, notAuthorised, ['refused', 'unsubscribeRefused']],
  ])('is not asked for again where %s', async (...[, refusal, answer, phases]) => {
    const { list, server } = await online(['old'])
    list.apply('new')
    await server.answer(refusal, answer)
    expect([server.asked, list.phases()]).toEqual([['+new', '-old'], phases])
  })

  it('is not asked for again when it is not wanted any more, or on another connection', async () => {
    const { list, server } = await online(['old'])
    list.apply('new')
    list.apply()
    await server.answer(quotaExceeded, gone, gone)
    expect(server.asked).toEqual(['+new', '-old', '-new'])
    list.apply('new')
    await server.answer(quotaExceeded)
    list.end()
    const next = silentServer()
    list.begin(next.transport, serverOf())
    await server.answer(gone)
    expect(next.asked).toEqual(['+new'])
  })
})
