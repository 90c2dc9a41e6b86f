// Why it is so: build/docs/decisions/16-durations-go-by-a-steady-clock.md
/**
 * Two clocks. The wall clock tells a person when something was, and may be set to another time at any moment. Whatever is
 * a duration (an age, a rate, a wait) is measured on the steady clock of the main process, which nobody can set: also
 * in milliseconds, and as the wall clock read when the process began. `steady time + shift = wall time`.
 */
export interface ClockEra {
  /** The steady time from which on it holds. */
  readonly from: number
  readonly shift: number
}

/** The steady clock as it was read, and how it is told as wall time: eras oldest first, at least one. */
export interface ClockReading {
  readonly at: number
  readonly eras: readonly ClockEra[]
}

/** What the wall clock showed at a steady time. */
export const wallTimeOf = (steady: number, eras: readonly ClockEra[]): number => {
  const era = eras.findLast(({ from }) => from <= steady) ?? eras[0]
  return steady + (era?.shift ?? 0)
}
