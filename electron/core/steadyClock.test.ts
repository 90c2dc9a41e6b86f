import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wallTimeOf } from '#shared/model/clock'
import { createSteadyClock } from './steadyClock'

const start = 1_700_000_000_000
const hour = 3_600_000

const clocks = () => {
  const hands = { wall: start, monotonic: 5_000 }
  const clock = createSteadyClock({ wall: () => hands.wall, monotonic: () => hands.monotonic })
  return {
    clock,
    pass: (milliseconds: number) => {
      hands.wall += milliseconds
      hands.monotonic += milliseconds
    },
    set: (milliseconds: number) => (hands.wall += milliseconds),
    wall: () => hands.wall,
  }
}

describe('the steady clock', () => {
  it('begins as the wall clock reads and goes on as time passes, whatever the wall clock is set to', () => {
    const jump = fc.oneof(
      fc.integer({ min: 1_000, max: hour }),
      fc.integer({ min: -hour, max: -1_000 }),
      fc.constant(0),
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(10_000), jump)), (steps) => {
        const { clock, pass, set, wall } = clocks()
        let passed = 0
        const told: (readonly [steady: number, wall: number])[] = []
        for (const [milliseconds, change] of steps) {
          pass(milliseconds)
          passed += milliseconds
          set(change)
          // A tenth of a second is the most that is taken for the clock being kept right.
          expect(Math.abs(clock.now() - start - passed)).toBeLessThanOrEqual(100)
          told.push([clock.now(), wall()])
        }
        const { eras } = clock.reading()
        for (const [at, [steady, wallTime]] of told.entries()) {
          // Of two times that are told as one steady time, the later reading holds.
          if (told.some(([other], index) => index > at && other <= steady)) continue
          expect(wallTimeOf(steady, eras)).toBe(wallTime)
        }
      }),
    )
  })

  it('tells how far a wall time is from it, the same number until the clock is set', () => {
    const { clock, pass, set, wall } = clocks()
    const shifts = [clock.shiftOf(wall())]
    pass(60_000)
    set(3)
    shifts.push(clock.shiftOf(wall()))
    set(-hour)
    shifts.push(clock.shiftOf(wall()), clock.shiftOf(wall()))
    expect(shifts).toEqual([0, 0, 3 - hour, 3 - hour])
    expect(wall() - clock.shiftOf(wall())).toBe(clock.now())
  })

  it('remembers the newest changes of a clock that is set without end', () => {
    const { clock, set } = clocks()
    for (let change = 0; change < 10_000; change += 1) {
      set(1_000)
      clock.now()
    }
    expect(clock.reading().eras.length).toBeLessThanOrEqual(256)
    expect(clock.reading().eras.at(-1)?.shift).toBe(10_000_000)
  })
})
