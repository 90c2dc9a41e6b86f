import type { SeriesPoints } from './seriesPoints'

/** Milliseconds since 1970. */
export interface TimeSpan {
  readonly from: number
  readonly to: number
}

/** A value of a line; null ends the line there; undefined = nothing stands there, and the line goes on. */
export type LineValue = number | null | undefined

/**
 * Columns of pixels. Their width is a power of two and they are counted from 1970, so that they stay what they are while a live
 * chart moves on: only what came since is looked at, and nothing flickers.
 */
export interface Grid {
  /** Milliseconds a column. */
  readonly width: number
  /** The number of the first one. */
  readonly first: number
  readonly count: number
}

/** At least so many columns for the span, and less than twice as many. */
export const gridOf = ({ from, to }: TimeSpan, columns: number): Grid => {
  const width = 2 ** Math.floor(Math.log2((to - from) / columns))
  const first = Math.floor(from / width)
  return { width, first, count: Math.floor(to / width) - first + 1 }
}

/** The times of the places of a line: two to each column, the same for all lines of a chart. */
export const gridTimes = ({ width, first, count }: Grid): number[] =>
  Array.from({ length: 2 * count }, (_, place) => (first + place / 2 + 0.25) * width)

/** Places of values that no line leads to or from; of two in one column of pixels, which are the same value, the first. */
export const lonelyPlaces = (line: ArrayLike<LineValue>): number[] => {
  const lonely: number[] = []
  let first = -1
  let isAlone = true
  const close = () => {
    if (first >= 0 && isAlone) lonely.push(first)
    first = -1
    isAlone = true
  }
  for (let place = 0; place < line.length; place += 1) {
    const value = line[place]
    if (value === null) close()
    else if (value === undefined) continue
    else if (first < 0) first = place
    else if (place > first + 1 || place % 2 === 0 || value !== line[first]) isAlone = false
  }
  close()
  return lonely
}

/** The first value after the span. */
export const endIndex = (points: SeriesPoints, { to }: TimeSpan): number => {
  let end = points.indexAt(to)
  while (end < points.count() && points.timeAt(end) === to) end += 1
  return end
}

/** A silence so many times as long as the usual interval is a gap: no line is drawn over it. */
export const gapFactor = 5
const mostMeasured = 500

/** Longer silences are gaps: five times the median of the intervals in the span. Infinity = too few to say. */
export const longestSilence = (points: SeriesPoints, span: TimeSpan): number => {
  const from = points.indexAt(span.from)
  const to = endIndex(points, span)
  if (to - from < 4) return Infinity
  const step = Math.max(1, Math.floor((to - from) / mostMeasured))
  const intervals: number[] = []
  for (let index = from + 1; index < to; index += step) intervals.push(points.timeAt(index) - points.timeAt(index - 1))
  intervals.sort((one, other) => one - other)
  const median = intervals[intervals.length >> 1] ?? 0
  return gapFactor * Math.max(median, 1)
}
