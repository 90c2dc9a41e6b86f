/** Turns a growing total into a rate over the last seconds. Pure but for what it remembers. */
export interface RateMeter {
  /** `total` only grows, `at` in ms; answers counts a second over the window. */
  read(total: number, at: number): number
}

export const createRateMeter = (windowMs: number): RateMeter => {
  let samples: { readonly at: number; readonly total: number }[] = []
  return {
    read: (total, at) => {
      const last = samples.at(-1)
      // A total that shrank belongs to a new session: start over.
      if (last && total < last.total) samples = []
      samples.push({ at, total })
      while (samples.length > 2 && at - (samples[1]?.at ?? at) >= windowMs) samples.shift()
      const first = samples[0]
      if (!first || at <= first.at) return 0
      return ((total - first.total) * 1_000) / (at - first.at)
    },
  }
}
