import type { ForeignRun, Latencies } from '#shared/model/meter'
import { createArrivals, type Arrival, type Arrivals } from './counts/arrivals'
import { createLatencyHistogram } from './counts/latencyHistogram'

/** Runs of others, each told apart by the name in its stamps. */
export interface ForeignRuns {
  note(run: string, arrival: Omit<Arrival, 'wasResent'>): void
  all(): ForeignRun[]
  /** Whether there were more than are followed. */
  hasMore(): boolean
}

const mostRuns = 8
const mostTimes = 4_096
/** Of sequence numbers: whoever stamps as we do may number as it likes. */
const pages = 64

interface Followed {
  readonly arrivals: Arrivals
  lowest: number
  highest: number
  /** The newest ones; by two clocks, of which nobody knows how far they are apart. */
  readonly times: Float64Array
  measured: number
}

export const createForeignRuns = (): ForeignRuns => {
  const runs = new Map<string, Followed>()
  let hasMore = false

  const follow = (run: string): Followed | null => {
    const known = runs.get(run)
    if (known) return known
    if (runs.size >= mostRuns) {
      hasMore = true
      return null
    }
    // By a clock that may be hours ahead nothing is late.
    const arrivals = createArrivals({ lateAfterMs: Infinity, pages })
    const made = { arrivals, lowest: Infinity, highest: -1, times: new Float64Array(mostTimes), measured: 0 }
    runs.set(run, made)
    return made
  }
  return {
    note: (run, arrival) => {
      const one = follow(run)
      if (!one?.arrivals.note({ ...arrival, wasResent: false })) return
      one.lowest = Math.min(one.lowest, arrival.sequence)
      one.highest = Math.max(one.highest, arrival.sequence)
      one.times[one.measured++ % mostTimes] = arrival.latencyMs
    },
    all: () => [...runs].map(([run, one]) => runOf(run, one)).filter(({ counts }) => counts.received > 0),
    hasMore: () => hasMore,
  }
}

const runOf = (run: string, { arrivals, lowest, highest, times, measured }: Followed): ForeignRun => {
  const counts = arrivals.counts()
  const missing = counts.received === 0 ? 0 : Math.max(0, highest - lowest + 1 - counts.received)
  return { run, counts, missing, aboveLeast: aboveLeast(times.subarray(0, Math.min(measured, mostTimes))) }
}

const aboveLeast = (times: Float64Array): Latencies | null => {
  const least = times.reduce((smallest, time) => Math.min(smallest, time), Infinity)
  const histogram = createLatencyHistogram()
  for (const time of times) histogram.note(time - least)
  return histogram.summary()
}
