import type { SeriesPart } from '../logSearch/searchProtocol'

/** The values of one series, oldest first. They stay when the log gives their messages up. */
export interface SeriesPoints {
  readonly count: () => number
  /** Milliseconds since 1970; never less than the one before. */
  readonly timeAt: (index: number) => number
  /** NaN = the value is no number. */
  readonly numberAt: (index: number) => number
  /** As it was sent. */
  readonly textAt: (index: number) => string
  /** The first value at the time or after it. */
  indexAt(time: number): number
  /** Messages that had no value. */
  readonly skipped: () => number
  /** The oldest values that had to make room. */
  readonly letGo: () => number
  /** Goes up with each part. */
  readonly revision: () => number
  add(part: SeriesPart): void
}

/** So many values a series are kept: some megabytes. */
const mostPoints = 100_000

export const createSeriesPoints = (most = mostPoints): SeriesPoints => {
  let times = new Float64Array(1_024)
  let numbers = new Float64Array(1_024)
  let texts: string[] = []
  let skipped = 0
  let letGo = 0
  let revision = 0

  const reserve = (count: number) => {
    if (count <= times.length) return
    const size = Math.max(count, times.length * 2)
    times = grown(times, size)
    numbers = grown(numbers, size)
  }
  // A quarter at once, so that moving the rest costs little a value.
  const dropOldest = (over: number) => {
    const gone = Math.min(texts.length, Math.max(over, most >> 2))
    times.copyWithin(0, gone, texts.length)
    numbers.copyWithin(0, gone, texts.length)
    texts = texts.slice(gone)
    letGo += gone
  }
  return {
    count: () => texts.length,
    timeAt: (index) => times[index] ?? NaN,
    numberAt: (index) => numbers[index] ?? NaN,
    textAt: (index) => texts[index] ?? '',
    indexAt: (time) => {
      let [low, high] = [0, texts.length]
      while (low < high) {
        const middle = (low + high) >> 1
        if ((times[middle] ?? 0) < time) low = middle + 1
        else high = middle
      }
      return low
    },
    skipped: () => skipped,
    letGo: () => letGo,
    revision: () => revision,
    add: (part) => {
      const from = Math.max(0, part.texts.length - most)
      letGo += from
      const over = texts.length + part.texts.length - from - most
      if (over > 0) dropOldest(over)
      reserve(texts.length + part.texts.length - from)
      for (let index = from; index < part.texts.length; index++) {
        const at = texts.length
        // A clock that was set back would draw a line to the left.
        times[at] = Math.max(part.times[index] ?? 0, at > 0 ? (times[at - 1] ?? 0) : 0)
        numbers[at] = part.numbers[index] ?? NaN
        texts.push(part.texts[index] ?? '')
      }
      skipped += part.skipped
      revision += 1
    },
  }
}

const grown = (column: Float64Array<ArrayBuffer>, size: number): Float64Array<ArrayBuffer> => {
  const larger = new Float64Array(size)
  larger.set(column)
  return larger
}
