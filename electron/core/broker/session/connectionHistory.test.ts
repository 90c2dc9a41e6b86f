import { describe, expect, it } from 'vitest'
import type { ConnectionFailure } from '#shared/model/failure'
import { newProfile } from '#shared/model/profile'
import type { SessionPhase } from '#shared/model/session'
import { explainFailure, triedWith } from '../connecting/explainFailure'
import { createConnectionHistory, keptText } from './connectionHistory'

const tried = triedWith(newProfile({ id: 'a' }), {})
const failureOf = (message: string): ConnectionFailure =>
  explainFailure({ code: 'connectionClosed', message }, 'tcp', tried)
const online = {
  phase: 'online',
  address: '10.0.0.7:1883',
  clientId: 'c',
  protocolVersion: '5',
  session: 'resumed',
} as const

/** A history with a clock that moves by hand; `wall` may be set apart from it. */
const historyWith = (length?: number) => {
  const clock = { wall: 1_000_000, monotonic: 0 }
  const history = createConnectionHistory({
    now: () => clock.wall,
    monotonic: () => clock.monotonic,
    ...(length !== undefined && { length }),
  })
  let state: SessionPhase = { phase: 'offline' }
  const enter = (next: SessionPhase) => {
    history.follow(state, next)
    state = next
  }
  return {
    history,
    clock,
    comesUp: () => enter({ ...online, returned: history.returned() } as SessionPhase),
    connects: () => enter({ phase: 'connecting', attempt: 1 }),
    waits: (reason = failureOf('a')) => enter({ phase: 'waiting', attempt: 1, nextTryAt: 0, reason }),
    fails: (reason = failureOf('a')) => enter({ phase: 'failed', reason }),
    leaves: () => enter({ phase: 'offline' }),
    kinds: () => history.entries().map(({ event }) => event.kind),
    latest: () => history.entries().at(-1)?.event,
  }
}

describe('the history of a connection', () => {
  it('tells when it came up, dropped, was tried and was ended', () => {
    const { connects, comesUp, waits, leaves, kinds } = historyWith()
    for (const act of [connects, comesUp, waits, connects, waits, connects, comesUp, leaves]) act()
    expect(kinds()).toEqual(['cameUp', 'ended', 'failed', 'cameUp', 'disconnected'])
  })

  it('measures by a clock that nobody sets', () => {
    const { clock, connects, comesUp, waits, latest } = historyWith()
    connects()
    comesUp()
    clock.monotonic += 5_000
    clock.wall -= 3_600_000
    waits()
    expect(latest()).toMatchObject({ kind: 'ended', upMs: 5_000, triesAgain: true })
    clock.monotonic += 3_000
    connects()
    comesUp()
    expect(latest()).toMatchObject({ kind: 'cameUp', awayMs: 3_000, session: 'resumed' })
  })

  it('counts tries that end alike as one, and others apart', () => {
    const { connects, waits, fails, history } = historyWith()
    for (const reason of ['a', 'a', 'a', 'b']) {
      connects()
      waits(failureOf(reason))
    }
    connects()
    fails(failureOf('b'))
    expect(history.entries().map(({ event }) => event)).toMatchObject([
      { kind: 'failed', tries: 3, triesAgain: true },
      { kind: 'failed', tries: 2, triesAgain: false },
    ])
  })

  it('says what was sent again', () => {
    const { history, connects, comesUp, latest } = historyWith()
    connects()
    comesUp()
    history.noteResent(4)
    expect(latest()).toMatchObject({ resentMessages: 4 })
  })

  it('has why a connection dropped only for one that came back by itself', () => {
    const { history, connects, comesUp, waits, leaves } = historyWith()
    connects()
    comesUp()
    waits()
    expect(history.returned()).toMatchObject({ reason: { code: 'connectionClosed' } })
    leaves()
    expect(history.returned()).toBeNull()
  })

  it('notes nothing where a person puts a failure away', () => {
    const { connects, fails, leaves, kinds } = historyWith()
    connects()
    fails()
    leaves()
    expect(kinds()).toEqual(['failed'])
  })

  it('is bounded, and says how much it forgot', () => {
    const { history, connects, comesUp, leaves } = historyWith(3)
    for (let turn = 0; turn < 4; turn += 1) for (const act of [connects, comesUp, leaves]) act()
    expect(history.entries().map(({ number }) => number)).toEqual([6, 7, 8])
    expect(history.forgotten()).toBe(5)
  })

  it('keeps the beginning of a long reason and says how long it was', () => {
    const { connects, waits, latest } = historyWith()
    connects()
    waits(failureOf('x'.repeat(60_000)))
    const event = latest()
    const technical = event?.kind === 'failed' ? event.failure.technical : ''
    expect(technical.length).toBeLessThan(keptText + 50)
    expect(technical).toContain('60000')
  })
})
