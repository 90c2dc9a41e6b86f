import { describe, expect, it } from 'vitest'
import { createMainClock } from './mainClock'

const hour = 3_600_000
const noJump = [{ from: 0, shift: 0 }]

/** A window whose own clock stands at `hand`. */
const open = () => {
  const hand = { at: 50 }
  return { hand, clock: createMainClock(() => hand.at) }
}

describe("the main process's clock in the window", () => {
  it('goes on from the reading that was under way for the shortest time', () => {
    const { hand, clock } = open()
    clock.hear({ at: 1_000, eras: noJump })
    expect(clock.now()).toBe(1_000)
    hand.at += 100
    // It took 30 ms to come.
    clock.hear({ at: 1_070, eras: noJump })
    expect(clock.now()).toBe(1_100)
    hand.at += 100
    // This one took 5 ms less than the first.
    clock.hear({ at: 1_205, eras: noJump })
    expect(clock.now()).toBe(1_205)
  })

  it('does not move when the computer is set to another time; what was before is still told as it was', () => {
    const { hand, clock } = open()
    const eras = [...noJump, { from: 2_000, shift: -hour }]
    clock.hear({ at: 1_000, eras: noJump })
    hand.at += 2_000
    clock.hear({ at: 3_000, eras })
    expect(clock.now()).toBe(3_000)
    expect([1_500, 2_500].map(clock.wallTimeOf)).toEqual([1_500, 2_500 - hour])
  })

  it('is compared anew when one of the two stood still while the computer slept', () => {
    const { hand, clock } = open()
    clock.hear({ at: 1_000, eras: noJump })
    hand.at += hour
    clock.hear({ at: 2_000, eras: noJump })
    expect(clock.now()).toBe(2_000)
    clock.hear({ at: hour, eras: noJump })
    expect(clock.now()).toBe(hour)
  })
})
