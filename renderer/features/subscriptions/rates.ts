import type { SubscriptionTotals } from '#shared/model/frame'

/** Messages a second by subscription over the last few seconds, from totals read about once a second. */
export interface RateMeter {
  /** Takes the totals of `at` (ms) and answers the rates. A subscription seen once has no rate yet. */
  sample(at: number, totals: Readonly<Record<string, SubscriptionTotals>>): ReadonlyMap<string, number>
}

interface Sample {
  readonly at: number
  readonly messages: ReadonlyMap<string, number>
}

export const createRateMeter = (windowMs = 4_000): RateMeter => {
  let samples: Sample[] = []
  const rateOf = (id: string, messages: number, at: number): number => {
    // The earliest sample that knows it; a count that went down belongs to a session before this one.
    const first = samples.find((sample) => (sample.messages.get(id) ?? Infinity) <= messages)
    const before = first?.messages.get(id)
    if (!first || before === undefined || at <= first.at) return 0
    return ((messages - before) * 1_000) / (at - first.at)
  }
  return {
    sample: (at, totals) => {
      const messages = new Map(Object.entries(totals).map(([id, one]) => [id, one.messages]))
      samples = samples.filter((sample) => at - sample.at <= windowMs)
      const rates = new Map([...messages].map(([id, count]) => [id, rateOf(id, count, at)]))
      samples.push({ at, messages })
      return rates
    },
  }
}
