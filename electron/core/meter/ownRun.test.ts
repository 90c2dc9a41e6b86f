import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PublishReceipt } from '#shared/model/publish'
import type { Qos } from '#shared/model/qos'
import { fail, ok, type Result } from '#shared/result'
import type { Arrival } from './counts/arrivals'
import { createOwnRun } from './ownRun'

const arrivalOf = (given: Partial<Arrival> = {}): Omit<Arrival, 'wasResent'> => ({
  sequence: 0,
  topic: 'a',
  sentQos: 1,
  qos: 1,
  latencyMs: 1,
  kind: 'own',
  isDup: false,
  isStored: false,
  unmarkedCopies: 0,
  ...given,
})

const lateAfterMs = 100
const runWith = (sent: number, qos: Qos = 1) => {
  const run = createOwnRun(lateAfterMs)
  for (let sequence = 0; sequence < sent; sequence++) run.noteSent(qos)
  return run
}

const receipt = (reasonCode = 0): Result<PublishReceipt> =>
  ok({ sequence: 1, reasonCode, protocolVersion: '5', milliseconds: 1 })
const refusal = fail('publishRefused', 'No.', { reasonCode: 0x87 })
const interrupted = fail('publishInterrupted', 'Ended.', { values: { sequence: 1, again: 'yes' } })

/** An arrival in the words of the definition, which knows nothing of sets and boundaries. */
type Event = Omit<Arrival, 'wasResent'>

const events: fc.Arbitrary<readonly Event[]> = fc.array(
  fc.record({
    sequence: fc.nat(15),
    topic: fc.constantFrom('a', 'b'),
    sentQos: fc.constantFrom(0, 1, 2),
    qos: fc.constantFrom(0, 1, 2),
    latencyMs: fc.constantFrom(1, lateAfterMs, lateAfterMs + 1),
    kind: fc.constantFrom('own' as const, 'own' as const, 'copy' as const, 'redelivery' as const),
    isDup: fc.boolean(),
    isStored: fc.constantFrom(false, false, false, true),
    unmarkedCopies: fc.constantFrom(0, 0, 1, 2),
  }),
  { maxLength: 60 },
)

/** What the numbers mean, said again in the plainest way: each is a filter over all that arrived. */
const definition = (all: readonly Event[], refused: ReadonlySet<number>, sent: number) => {
  const live = all.filter(({ isStored, kind }) => !(isStored && kind === 'own'))
  const isFirst = (event: Event, index: number) =>
    live.findIndex(({ sequence }) => sequence === event.sequence) === index
  const firsts = live.filter(isFirst)
  const again = live.filter((event, index) => !isFirst(event, index))
  const unmarked = again.filter(({ kind, isDup }) => kind === 'own' && !isDup)
  const copiesUpTo = (event: Event) =>
    unmarked.slice(0, unmarked.indexOf(event)).reduce((taken, one) => {
      if (one.sequence !== event.sequence) return taken
      return one.unmarkedCopies > taken ? taken + 1 : taken
    }, 0)
  const isCopy = (event: Event) => event.unmarkedCopies > copiesUpTo(event)
  const arrived = new Set(firsts.map(({ sequence }) => sequence))
  const missing = Array.from({ length: sent }, (_, sequence) => sequence).filter(
    (sequence) => !arrived.has(sequence) && !refused.has(sequence),
  )
  return {
    received: firsts.length,
    stored: all.length - live.length,
    copies: again.filter(({ kind }) => kind === 'copy').length + unmarked.filter(isCopy).length,
    redelivered: again.filter(({ kind, isDup }) => kind === 'redelivery' || (kind === 'own' && isDup)).length,
    duplicated: unmarked.filter((event) => !isCopy(event)).length,
    reordered: firsts.filter((event, index) =>
      firsts
        .slice(0, index)
        .some(
          (before) =>
            before.topic === event.topic && before.sentQos === event.sentQos && before.sequence > event.sequence,
        ),
    ).length,
    late: firsts.filter(({ latencyMs }) => latencyMs > lateAfterMs).length,
    lowered: firsts.filter(({ qos, sentQos }) => qos < sentQos).length,
    lost: missing.length,
    waiting: 0,
  }
}

describe('a run', () => {
  it('counts what its definition counts, whatever arrives in whatever order', () => {
    fc.assert(
      fc.property(events, fc.uniqueArray(fc.nat(15)), fc.nat(60), (all, refused, lookAt) => {
        const sent = 16
        const run = runWith(sent)
        for (const sequence of refused) run.noteAnswer(sequence, 1, refusal)
        for (const [index, event] of all.entries()) {
          // Looking meanwhile, when it is overdue or not, changes nothing of the end.
          if (index === lookAt) run.passed(index, index % 2 === 0)
          run.noteArrival(event)
        }
        run.passed(0, true)
        expect(run.counts()).toMatchObject(definition(all, new Set(refused), sent))
      }),
    )
  })

  it('loses nothing that is still in time, and finds again what comes after it', () => {
    const run = runWith(3)
    run.passed(0, false)
    run.noteArrival(arrivalOf({ sequence: 0 }))
    run.passed(lateAfterMs, false)
    expect(run.counts()).toMatchObject({ received: 1, lost: 0, waiting: 2 })
    run.passed(lateAfterMs + 1, false)
    expect(run.counts()).toMatchObject({ lost: 2, waiting: 0 })
    run.noteArrival(arrivalOf({ sequence: 1, latencyMs: lateAfterMs + 2 }))
    expect(run.counts()).toMatchObject({ received: 2, lost: 1, late: 1, duplicated: 0 })
  })

  it('tells at each time that all that was sent has come, was refused, is lost or is waited for', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.nat(30), fc.constant('time' as const), fc.constant('sent' as const)), { maxLength: 80 }),
        (steps) => {
          const run = createOwnRun(lateAfterMs)
          const here = new Set<number>()
          let time = 0
          for (const step of steps) {
            if (step === 'sent') run.noteSent(1)
            else if (step === 'time') run.passed((time += 60), false)
            else if (step < run.counts().sent) {
              run.noteArrival(arrivalOf({ sequence: step }))
              here.add(step)
            }
            const { sent, lost, waiting } = run.counts()
            expect(sent).toBe(here.size + lost + waiting)
            expect(Math.min(lost, waiting)).toBeGreaterThanOrEqual(0)
          }
        },
      ),
    )
  })

  it('does not take for lost what the broker refused, and says why it did', () => {
    const run = runWith(3)
    run.noteAnswer(0, 1, refusal)
    run.noteAnswer(1, 1, receipt(0x10))
    run.passed(1_000, true)
    expect(run.counts()).toMatchObject({ refused: 1, lost: 2, unheard: 1, unacknowledged: 1 })
    expect(run.firstRefusal()).toMatchObject({ reasonCode: 0x87 })
  })

  it('does not call a duplicate what we sent again ourselves', () => {
    const run = runWith(2)
    run.noteAnswer(0, 1, interrupted)
    for (const sequence of [0, 0, 1, 1]) run.noteArrival(arrivalOf({ sequence }))
    expect(run.counts()).toMatchObject({ received: 2, resent: 1, duplicated: 1 })
  })

  it('has times for each QoS with which messages came', () => {
    const run = runWith(3)
    run.noteArrival(arrivalOf({ sequence: 0, qos: 0, latencyMs: 3 }))
    run.noteArrival(arrivalOf({ sequence: 1, qos: 1, latencyMs: 5 }))
    run.noteArrival(arrivalOf({ sequence: 1, qos: 1, latencyMs: 50 }))
    expect(run.byQos().map(({ qos, count, most }) => [qos, count, most])).toEqual([
      [0, 1, 3],
      [1, 1, 5],
    ])
    expect(run.latencies()).toMatchObject({ count: 2, least: 3, most: 5 })
  })
})
