import type { Latencies, LatencyBin } from '#shared/model/meter'

/** How long messages took; memory stays the same however many there are. */
export interface LatencyHistogram {
  note(milliseconds: number): void
  /** Null = none was noted. */
  summary(): Latencies | null
}

/** Each octave is divided into so many buckets, so a bucket is less than a hundredth of its values wide. */
const perOctave = 128
/** Microseconds up to 12 days; what took longer stands in the last bucket. */
const longest = 2 ** 40

export const createLatencyHistogram = (): LatencyHistogram => {
  const buckets = new Float64Array(bucketOf(longest) + 1)
  let count = 0
  let least = Infinity
  let most = 0

  /** The least that is not exceeded by this share of all. */
  const percentile = (share: number): number => {
    const wanted = Math.ceil(count * share)
    let seen = 0
    for (let bucket = 0; bucket < buckets.length; bucket++) {
      seen += buckets[bucket] ?? 0
      if (seen >= wanted) return Math.max(least, Math.min(most, endOf(bucket) / 1_000))
    }
    return most
  }
  return {
    note: (milliseconds) => {
      // Two clocks of one computer may be read a moment apart.
      const time = Math.max(0, milliseconds)
      const bucket = bucketOf(Math.min(longest, Math.round(time * 1_000)))
      buckets[bucket] = (buckets[bucket] ?? 0) + 1
      count += 1
      least = Math.min(least, time)
      most = Math.max(most, time)
    },
    summary: () => {
      if (count === 0) return null
      const [p50, p95, p99] = [percentile(0.5), percentile(0.95), percentile(0.99)]
      return { count, least, p50, p95, p99, most, bins: binsOf(buckets) }
    },
  }
}

/** Buckets of whole microseconds below 128, then 128 for each octave. */
const bucketOf = (microseconds: number): number => {
  if (microseconds < perOctave) return microseconds
  const octave = octaveOf(microseconds)
  return (octave - 7) * perOctave + Math.floor(microseconds / 2 ** (octave - 7))
}

const startOf = (bucket: number): number => {
  if (bucket < 2 * perOctave) return bucket
  const octave = Math.floor(bucket / perOctave) + 6
  return (bucket - (octave - 7) * perOctave) * 2 ** (octave - 7)
}

/** The largest that stands in it. */
const endOf = (bucket: number): number => startOf(bucket + 1) - 1

/** Exact, as logarithms are not. */
const octaveOf = (value: number): number => {
  const octave = Math.floor(Math.log2(value))
  if (2 ** octave > value) return octave - 1
  return 2 ** (octave + 1) <= value ? octave + 1 : octave
}

/** Four for each octave: what a person can tell apart. */
const binsOf = (buckets: Float64Array): readonly LatencyBin[] => {
  const bins: { from: number; to: number; count: number }[] = []
  for (let bucket = 0; bucket < buckets.length; bucket++) {
    const start = startOf(bucket)
    const width = start < 8 ? 1 : 2 ** (octaveOf(start) - 2)
    const from = (Math.floor(start / width) * width) / 1_000
    const last = bins.at(-1)
    if (last?.from === from) last.count += buckets[bucket] ?? 0
    else bins.push({ from, to: from + width / 1_000, count: buckets[bucket] ?? 0 })
  }
  const first = bins.findIndex(({ count }) => count > 0)
  return first < 0 ? [] : bins.slice(first, bins.findLastIndex(({ count }) => count > 0) + 1)
}
