// Why it is so: build/docs/decisions/16-durations-go-by-a-steady-clock.md
import type { ClockEra, ClockReading } from '#shared/model/clock'

export interface SteadyClockParts {
  /** Milliseconds since 1970; may jump. */
  readonly wall: () => number
  /** Milliseconds from any start; never jumps. */
  readonly monotonic?: () => number
}

/** Told in shared/model/clock. */
export interface SteadyClock {
  /** The steady time. */
  now(): number
  /** How far a wall time that was read just now is ahead of the steady time: the same number for a whole era. */
  shiftOf(wallTime: number): number
  reading(): ClockReading
}

/** Network time corrects a clock in smaller steps than this; a larger step means that the clock was set. */
const toleratedMs = 100
/** So many eras are kept, the newest ones. */
const mostEras = 256

/**
 * The steady time is the wall time minus the shift of the present era. Another era begins when the wall clock has moved
 * against the monotonic clock by a tenth of a second.
 */
export const createSteadyClock = ({ wall, monotonic = () => performance.now() }: SteadyClockParts): SteadyClock => {
  const anchor = wall() - monotonic()
  let eras: readonly ClockEra[] = [{ from: 0, shift: 0 }]
  let shift = 0

  const shiftOf = (wallTime: number): number => {
    const apart = wallTime - anchor - monotonic()
    if (Math.abs(apart - shift) <= toleratedMs) return shift
    shift = Math.round(apart)
    eras = [...eras, { from: wallTime - shift, shift }].slice(-mostEras)
    return shift
  }
  const now = () => {
    const time = wall()
    return time - shiftOf(time)
  }
  return { now, shiftOf, reading: () => ({ at: now(), eras }) }
}
