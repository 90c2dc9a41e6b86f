// Why it is so: build/docs/decisions/74-a-log-line-is-visible-text-at-a-human-rate.md
/** So many entries may come at once... */
const burstEntries = 100
/** ...and so many more in the long run. */
const entriesPerSecond = 1
/** After a flood, how many were left out is noted this much later, should nothing else come. */
const noteAfterMs = 10_000

export interface LogBudgetOptions {
  /** Milliseconds that never go back. */
  readonly elapsedMs: () => number
  /** Calls back later. */
  readonly later: (callback: () => void, ms: number) => void
  readonly write: (entry: string) => void
}

/**
 * Lets entries through while they come at a human rate, so that nobody's faults fill a log or bury what else it says. What
 * is left out is counted, and the number is written before the next entry or a moment later. An entry's text is made only
 * when it is let through.
 */
export const createLogBudget = ({ elapsedMs, later, write }: LogBudgetOptions) => {
  let entries = burstEntries
  let countedAt = elapsedMs()
  let leftOut = 0
  const refill = () => {
    const now = elapsedMs()
    entries = Math.min(burstEntries, entries + ((now - countedAt) / 1_000) * entriesPerSecond)
    countedAt = now
  }
  const note = () => {
    if (leftOut === 0) return
    write(`${leftOut} more entries like these came too fast and were left out`)
    leftOut = 0
  }
  return (entry: () => string): void => {
    refill()
    if (entries < 1) {
      if (leftOut === 0) later(note, noteAfterMs)
      leftOut += 1
      return
    }
    entries -= 1
    note()
    write(entry())
  }
}
