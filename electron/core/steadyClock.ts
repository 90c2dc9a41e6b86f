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
  /** What a wall time that was read just now is ahead of the steady time: an era's shift, the same number until it ends. */
  shiftOf(wallTime: number): number
  reading(): ClockReading
}

/** A clock that is disciplined by the network moves by less than this; what is more was set. */
const toleratedMs = 100
/** Of a clock that drifts without end the newest eras count. */
const mostEras = 256

/**
 * Within an era the steady time follows the wall clock exactly, so that a time told both ways is the same time. It
 * begins another era when the two clocks have come apart by a tenth of a second.
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
