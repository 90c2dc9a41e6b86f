import fc from 'fast-check'
import { expect, it } from 'vitest'
import { flags } from '#shared/model/frame'
import { frameOfMessages } from '../model/messageLog/messageLogTesting'
import { openTestWindow } from '../testing/testWindow'
import { messagesState } from './messages'

/** What may happen to the messages of a connection, one after the other. */
type Step =
  | { readonly kind: 'receive' | 'send' | 'damage' | 'drop'; readonly count: number; readonly bytes: number }
  | { readonly kind: 'clear' | 'undo' | 'forget' | 'server session' }
  | { readonly kind: 'budget'; readonly rows: number | null }

const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom('receive', 'receive', 'send', 'damage', 'drop'),
      count: fc.integer({ min: 1, max: 60 }),
      bytes: fc.constantFrom(0, 100, 20_000),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('clear', 'undo', 'forget', 'server session') }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('budget' as const), rows: fc.constantFrom(null, 10, 1_000) }),
  },
)

const budget = 2 ** 20

const open = () => {
  const window = openTestWindow({ budgetBytes: budget })
  const { app, connection } = window
  const totals = { received: 0, sent: 0, dropped: 0 }
  let next = 1
  let droppedBefore = 0
  let serverSession = 0
  let isFirst = true
  const state = () => connection.get(messagesState)

  const frameOf = (count: number, given: { readonly bytes: number; readonly flags: number }) => {
    const names = isFirst ? { firstTopicId: 0, newTopics: ['a', 'b/c'], firstMatchSetId: 0, newMatchSets: [[]] } : {}
    const messages = Array.from({ length: count }, (_, at) => ({
      topicId: at % 2,
      payload: new Uint8Array(given.bytes),
      flags: given.flags,
    }))
    const frame = frameOfMessages(next, messages, { serverSession, droppedBefore, ...names })
    next += count
    droppedBefore = 0
    isFirst = false
    return frame
  }
  const take = (frame: ReturnType<typeof frameOf>) => window.receive([frame], totals, { serverSession })

  const carryOut = (step: Step): void => {
    switch (step.kind) {
      case 'budget':
        app.models.setBudget({ bytes: budget, rows: step.rows })
        return state().recount()
      case 'clear':
        return state().clear()
      case 'undo':
        return state().undoClear()
      case 'forget':
        return void connection.model.forgetCleared()
      case 'server session':
        serverSession += 1
        return
      case 'drop':
        next += step.count
        droppedBefore += step.count
        totals.dropped += step.count
        totals.received += step.count
        return window.receive([], totals, { serverSession })
      case 'send':
        totals.sent += step.count
        return take(frameOf(step.count, { bytes: step.bytes, flags: flags.outgoing }))
      case 'receive':
        totals.received += step.count
        return take(frameOf(step.count, { bytes: step.bytes, flags: 0 }))
      case 'damage':
        totals.received += step.count
        return take({ ...frameOf(step.count, { bytes: step.bytes, flags: 0 }), bytes: new Uint8Array([1]) })
    }
  }
  return { carryOut, counters: () => state().counters, log: () => connection.model.log }
}

it('every message that came or went is kept, or was evicted, cleared, dropped or damaged, whatever happens', () => {
  fc.assert(
    fc.property(fc.array(steps, { minLength: 1, maxLength: 40 }), (all) => {
      const { carryOut, counters, log } = open()
      for (const step of all) {
        carryOut(step)
        const { received, sent, kept, evicted, cleared, dropped, damaged } = counters()
        expect({ after: step, sum: kept + evicted + cleared + dropped + damaged }).toEqual({
          after: step,
          sum: received + sent,
        })
        expect(kept).toBe(log().keptCount())
        expect(Math.min(kept, evicted, cleared, dropped, damaged)).toBeGreaterThanOrEqual(0)
      }
    }),
    { numRuns: 100 },
  )
})

it('an undone clear leaves the counters as if nothing had been cleared', () => {
  fc.assert(
    fc.property(fc.array(steps, { maxLength: 15 }), fc.integer({ min: 1, max: 50 }), (before, count) => {
      const [cleared, untouched] = [open(), open()]
      const late: Step = { kind: 'receive', count, bytes: 10 }
      for (const step of before) [cleared, untouched].forEach(({ carryOut }) => carryOut(step))
      cleared.carryOut({ kind: 'clear' })
      ;[cleared, untouched].forEach(({ carryOut }) => carryOut(late))
      cleared.carryOut({ kind: 'undo' })
      expect(cleared.counters()).toEqual(untouched.counters())
    }),
    { numRuns: 30 },
  )
})
