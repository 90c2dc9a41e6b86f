import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { startSchedule } from './schedule'
import { createFakeClock } from './sendersTesting'

const watched = (intervalMs: number, canSend: (number: number) => boolean = () => true) => {
  const clock = createFakeClock()
  const sentAt: number[] = []
  let tried = 0
  let skipped = 0
  const stop = startSchedule({
    clock,
    intervalMs,
    send: () => {
      if (!canSend(tried++)) return false
      sentAt.push(clock.now())
      return true
    },
    skip: (count) => (skipped += count),
  })
  return { clock, sentAt, stop, skipped: () => skipped }
}

const intervals = fc.integer({ min: 1, max: 86_400_000 })

describe('the schedule of a sender', () => {
  it('sends number n at the start plus n intervals', () => {
    fc.assert(
      fc.property(intervals, fc.integer({ min: 0, max: 300 }), (intervalMs, count) => {
        const { clock, sentAt } = watched(intervalMs)
        clock.pass(count * intervalMs)
        expect(sentAt).toEqual(Array.from({ length: count + 1 }, (_, number) => number * intervalMs))
      }),
    )
  })

  it('does not drift, however late its timers come', () => {
    const lates = fc.array(fc.nat({ max: 900 }), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 5_000 }), lates, (intervalMs, late) => {
        const { clock, sentAt, skipped } = watched(intervalMs)
        let timer = 0
        clock.pass(50 * intervalMs, () => late[timer++ % late.length] ?? 0)
        const mostLate = Math.max(...late)
        expect(skipped()).toBe(0)
        const delays = sentAt.map((at, number) => at - number * intervalMs)
        expect(Math.min(...delays)).toBeGreaterThanOrEqual(0)
        expect(Math.max(...delays)).toBeLessThanOrEqual(mostLate)
        expect(sentAt.length).toBeGreaterThan(50)
      }),
    )
  })

  it('accounts for each time that has passed: sent or skipped', () => {
    const taken = fc.infiniteStream(fc.boolean())
    const pauses = fc.array(fc.nat({ max: 3_000 }), { maxLength: 20 })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), taken, pauses, (intervalMs, takes, late) => {
        const answers = takes[Symbol.iterator]()
        const { clock, sentAt, skipped } = watched(intervalMs, () => answers.next().value === true)
        let timer = 0
        clock.pass(2_000, () => late[timer++] ?? 0)
        expect(sentAt.length + skipped()).toBe(Math.floor(clock.now() / intervalMs) + 1)
      }),
    )
  })

  it('sends a hundred at most after a computer slept, and skips the others', () => {
    const { clock, sentAt, skipped } = watched(10)
    clock.pass(10, () => 3_600_000)
    expect(sentAt).toHaveLength(101)
    expect(skipped()).toBe(360_001 - 100)
    clock.pass(30)
    expect(sentAt).toHaveLength(104)
  })

  it('sends nothing after it was stopped, also by what it sends', () => {
    const clock = createFakeClock()
    let sent = 0
    const stop = startSchedule({
      clock,
      intervalMs: 10,
      send: () => {
        if (++sent === 3) stop()
        return true
      },
      skip: () => undefined,
    })
    clock.pass(10, () => 500)
    clock.pass(1_000)
    expect(sent).toBe(3)
  })
})
