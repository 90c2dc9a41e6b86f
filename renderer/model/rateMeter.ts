/** How fast a total grows. */
export interface Rate {
  /** Over the meter's window, or since the first reading where that is less; 0 at the first. */
  readonly perSecond: number
  /** How often the total was read since it began: after few readings one burst passes for the rate. */
  readonly readings: number
  /** What was read last. */
  readonly total: number
}

/** Turns totals that grow into rates over the last seconds. */
export interface RateMeter {
  /**
   * Takes the totals as they are at `at`, in milliseconds, and answers their rates under the same names. A total that
   * shrank, or was missing in the reading before, counts something else now: its rate begins anew.
   */
  read(totals: Readonly<Record<string, number>>, at: number): ReadonlyMap<string, Rate>
}

export const createRateMeter = (windowMs: number): RateMeter => {
  let known: ReadonlyMap<string, MeteredTotal> = new Map()
  return {
    read: (totals, at) => {
      known = new Map(
        Object.entries(totals).map(([name, total]) => [name, withReading(known.get(name), { at, total }, windowMs)]),
      )
      return new Map([...known].map(([name, metered]) => [name, rateOf(metered)]))
    },
  }
}

interface Reading {
  readonly at: number
  readonly total: number
}

interface MeteredTotal {
  /** Oldest first; the first is at most one reading older than the window. */
  readonly recent: readonly Reading[]
  readonly readings: number
}

const withReading = (known: MeteredTotal | undefined, reading: Reading, windowMs: number): MeteredTotal => {
  const isAnother = !known || reading.total < (known.recent.at(-1)?.total ?? 0)
  if (isAnother) return { recent: [reading], readings: 1 }
  const recent = [...known.recent, reading]
  while (recent.length > 2 && reading.at - (recent[1]?.at ?? reading.at) >= windowMs) recent.shift()
  return { recent, readings: known.readings + 1 }
}

const rateOf = ({ recent, readings }: MeteredTotal): Rate => {
  const nothing: Reading = { at: 0, total: 0 }
  const [first = nothing, last = first] = [recent[0], recent.at(-1)]
  const milliseconds = last.at - first.at
  const perSecond = milliseconds > 0 ? ((last.total - first.total) * 1_000) / milliseconds : 0
  return { perSecond, readings, total: last.total }
}
