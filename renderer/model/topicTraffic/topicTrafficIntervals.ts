/**
 * Intervals in a histogram of logarithmic buckets, two to an octave, from 1 ms to 2.3 hours; bucket 0 is what is shorter.
 * A bucket stands for its geometric middle, so what is read of it is within 19 % (2 to the power of a quarter) of the
 * truth; below 1 ms within 1 ms; above 2.3 hours only "at least".
 */
export const intervalBuckets = 48

/** At this many intervals all buckets are halved: what is read speaks of the last 512 to 1,024. */
export const rememberedIntervals = 1_024

const longestOctave = 23
const openEnd = 2 ** longestOctave

export const bucketOf = (interval: number): number => {
  if (interval < 1) return 0
  if (interval >= openEnd) return intervalBuckets - 1
  const octave = 31 - Math.clz32(interval)
  return 1 + 2 * octave + (interval * Math.SQRT1_2 >= 1 << octave ? 1 : 0)
}

const middles = Float64Array.from({ length: intervalBuckets }, (_, bucket) =>
  bucket === 0 ? 0 : 2 ** ((bucket - 1) / 2 + 1 / 4),
)

export type Buckets = Readonly<Uint16Array>

const totalOf = (buckets: Buckets, from = 0): number => {
  let total = 0
  for (let bucket = from; bucket < intervalBuckets; bucket++) total += buckets[bucket] ?? 0
  return total
}

/** The interval that `share` of those from bucket `from` on do not exceed (nearest rank). 0 when there is none. */
export const quantileOf = (buckets: Buckets, share: number, from = 0): number => {
  let left = Math.ceil(share * totalOf(buckets, from))
  for (let bucket = from; bucket < intervalBuckets; bucket++) {
    left -= buckets[bucket] ?? 0
    if (left <= 0) return middles[bucket] ?? 0
  }
  return 0
}
