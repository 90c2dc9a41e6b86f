import type { SeriesPoints } from './seriesPoints'

/** Milliseconds since 1970. */
export interface TimeSpan {
  readonly from: number
  readonly to: number
}

/** A value of a line; null ends the line there; undefined = nothing stands there, and the line goes on. */
export type LineValue = number | null | undefined

/** The times of the places of a line: two to each column of pixels, the same for all lines of a chart. */
export const gridTimes = ({ from, to }: TimeSpan, columns: number): number[] => {
  const width = (to - from) / columns
  return Array.from({ length: 2 * columns }, (_, place) => from + (place / 2 + 0.25) * width)
}

/**
 * A line for so many columns of pixels: of the values in a column the least and the greatest, in the order in which they
 * came. No spike is lost, however many values there are.
 */
export const decimated = (points: SeriesPoints, span: TimeSpan, columns: number): LineValue[] => {
  const line: LineValue[] = Array.from({ length: 2 * columns })
  const width = (span.to - span.from) / columns
  const silence = longestSilence(points, span)
  const end = endIndex(points, span)
  let lastTime = NaN
  let lastPlace = -1
  for (let index = points.indexAt(span.from); index < end;) {
    const column = Math.min(columns - 1, Math.floor((points.timeAt(index) - span.from) / width))
    const until = column === columns - 1 ? end : Math.min(end, points.indexAt(span.from + (column + 1) * width))
    const found = extremes(points, index, Math.max(until, index + 1))
    if (found) {
      const place = 2 * column
      if (found.firstTime - lastTime > silence && place - lastPlace > 1) line[lastPlace + 1] = null
      line[place] = found.isFalling ? found.most : found.least
      line[place + 1] = found.isFalling ? found.least : found.most
      lastPlace = place + 1
      lastTime = found.lastTime
    }
    index = Math.max(until, index + 1)
  }
  return line
}

interface Extremes {
  readonly least: number
  readonly most: number
  readonly isFalling: boolean
  readonly firstTime: number
  readonly lastTime: number
}

const extremes = (points: SeriesPoints, from: number, to: number): Extremes | null => {
  let [least, most] = [-1, -1]
  let [first, last] = [-1, -1]
  for (let index = from; index < to; index++) {
    const number = points.numberAt(index)
    if (!Number.isFinite(number)) continue
    if (first < 0) first = index
    last = index
    if (least < 0 || number < points.numberAt(least)) least = index
    if (most < 0 || number > points.numberAt(most)) most = index
  }
  if (first < 0) return null
  return {
    least: points.numberAt(least),
    most: points.numberAt(most),
    isFalling: most < least,
    firstTime: points.timeAt(first),
    lastTime: points.timeAt(last),
  }
}

/** The first value after the span. */
export const endIndex = (points: SeriesPoints, { to }: TimeSpan): number => {
  let end = points.indexAt(to)
  while (end < points.count() && points.timeAt(end) === to) end += 1
  return end
}

/** A silence so many times as long as the usual interval is a gap: no line is drawn over it. */
export const gapFactor = 5
const mostMeasured = 2_000

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
