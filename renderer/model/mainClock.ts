import { wallTimeOf, type ClockEra, type ClockReading } from '#shared/model/clock'

/**
 * The main process's steady clock as the window reads it: ages, waits and rates are told on it, and no change of the
 * computer's time moves it. Times of messages are wall times and stay what they were.
 */
export interface MainClock {
  /** A reading the main process just sent. */
  hear(reading: ClockReading): void
  /** The steady time. */
  now(): number
  /** What the wall clock showed at a steady time. */
  wallTimeOf(steady: number): number
}

/**
 * No reading is under way for longer than this; if it seems to be, one of the two clocks stood still while the computer
 * slept, and they have to be compared anew.
 */
const longestWayMs = 10_000

/** `monotonic` is the window's own clock, in milliseconds from any start. */
export const createMainClock = (monotonic = () => performance.now()): MainClock => {
  /** How far the main process's clock is ahead of ours; null = it has not told its time yet. */
  let ahead: number | null = null
  let eras: readonly ClockEra[] = [{ from: 0, shift: 0 }]
  return {
    hear: (reading) => {
      // A reading that was on its way for a while makes the main process's clock look late, never early.
      const found = reading.at - monotonic()
      if (ahead === null || found > ahead || ahead - found > longestWayMs) ahead = found
      eras = reading.eras
    },
    // Until then the wall clock is the best guess.
    now: () => (ahead === null ? Date.now() : monotonic() + ahead),
    wallTimeOf: (steady) => wallTimeOf(steady, eras),
  }
}
