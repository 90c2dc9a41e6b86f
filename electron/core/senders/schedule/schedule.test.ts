import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFakeClock, planOf } from '../sendersTesting'
import { planTimes } from './plannedTimes'
import { startSchedule, type ScheduleParts, type SendOutcome } from './schedule'

const watched = (
  everyMs: number,
  given: Partial<ScheduleParts> & { canSend?: (number: number) => SendOutcome } = {},
) => {
  const clock = createFakeClock()
  const sentAt: number[] = []
  const numbers: number[] = []
  let skipped = 0
  let done = 0
  const schedule = startSchedule({
    clock,
    times: planTimes(planOf({ pace: { kind: 'interval', everyMs } }), 0),
    until: null,
    waits: false,
    mostAtOnce: 100,
    send: (number) => {
      const outcome = given.canSend?.(number) ?? 'sent'
      if (outcome !== 'sent') return outcome
      sentAt.push(clock.now())
      numbers.push(number)
      return 'sent'
    },
    skip: (count) => (skipped += count),
    onDone: () => (done += 1),
    ...given,
  })
  return { clock, schedule, sentAt, numbers, skipped: () => skipped, done: () => done }
}

const intervals = fc.integer({ min: 1, max: 86_400_000 })

describe('the schedule of a sender', () => {
  it('sends number n at the start plus n intervals', () => {
    fc.assert(
      fc.property(intervals, fc.integer({ min: 0, max: 300 }), (everyMs, count) => {
        const { clock, sentAt } = watched(everyMs)
        clock.pass(count * everyMs)
        expect(sentAt).toEqual(Array.from({ length: count + 1 }, (_, number) => number * everyMs))
      }),
    )
  })

  it('does not drift, however late its timers come', () => {
    const lates = fc.array(fc.nat({ max: 900 }), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 5_000 }), lates, (everyMs, late) => {
        const { clock, sentAt, skipped } = watched(everyMs)
        let timer = 0
        clock.pass(50 * everyMs, () => late[timer++ % late.length] ?? 0)
        const mostLate = Math.max(...late)
        expect(skipped()).toBe(0)
        const delays = sentAt.map((at, number) => at - number * everyMs)
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
      fc.property(fc.integer({ min: 1, max: 50 }), taken, pauses, (everyMs, takes, late) => {
        const answers = takes[Symbol.iterator]()
        const { clock, sentAt, skipped } = watched(everyMs, {
          canSend: () => (answers.next().value === true ? 'sent' : 'noRoom'),
        })
        let timer = 0
        clock.pass(2_000, () => late[timer++] ?? 0)
        clock.pass(0)
        expect(sentAt.length + skipped()).toBe(Math.floor(clock.now() / everyMs) + 1)
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

  it('leaves out nothing and keeps the order where messages wait', () => {
    const rooms = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), rooms, fc.nat({ max: 200 }), (everyMs, room, late) => {
        let left = 0
        const { clock, schedule, numbers, skipped } = watched(everyMs, {
          waits: true,
          canSend: () => (left-- > 0 ? 'sent' : 'noRoom'),
        })
        for (const more of room) {
          left = more
          schedule.resume()
          clock.pass(50, () => late)
        }
        const due = Math.floor(clock.now() / everyMs) + 1
        expect(schedule.late()).toBe(due - numbers.length)
        left = Infinity
        schedule.resume()
        clock.pass(0)
        expect(numbers).toEqual(Array.from({ length: due }, (_, number) => number))
        expect([schedule.late(), skipped()]).toEqual([0, 0])
      }),
    )
  })

  it('has other work take its turn where thousands are due', () => {
    const { clock, numbers } = watched(1, { waits: true })
    let turns = 0
    clock.pass(6_000, () => {
      turns += 1
      return turns === 1 ? 5_000 : 0
    })
    expect(numbers).toHaveLength(6_001)
    expect(turns).toBeGreaterThanOrEqual(1_000 + 5_000 / 200)
  })

  it('is done after its last message, once, and where there is no further one', () => {
    const counted = watched(10, { until: 3 })
    counted.clock.pass(1_000)
    expect([counted.numbers, counted.done()]).toEqual([[0, 1, 2], 1])
    const emptied = watched(10, { canSend: (number) => (number < 5 ? 'sent' : 'none') })
    emptied.clock.pass(1_000)
    expect([emptied.numbers, emptied.done(), emptied.skipped()]).toEqual([[0, 1, 2, 3, 4], 1, 0])
  })

  it('waits for what is being read, also where it skips what is late', () => {
    let isRead = false
    const { clock, schedule, numbers, skipped } = watched(10, { canSend: () => (isRead ? 'sent' : 'notRead') })
    clock.pass(50)
    expect([numbers, skipped()]).toEqual([[], 0])
    isRead = true
    schedule.resume()
    clock.pass(10)
    expect(numbers).toEqual([0, 1, 2, 3, 4, 5, 6])
  })

  it('sends nothing after it was stopped, also by what it sends', () => {
    let sent = 0
    const { clock, schedule } = watched(10, {
      send: () => {
        if (++sent === 3) schedule.stop()
        return 'sent'
      },
    })
    clock.pass(10, () => 500)
    clock.pass(1_000)
    expect(sent).toBe(3)
  })
})
