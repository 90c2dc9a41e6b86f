import type { SeriesPart } from '../logSearch/searchProtocol'
import { createSeriesPoints, type SeriesPoints } from './seriesPoints'

/** For tests: a series with these values, a second apart where no times are given. */
export const pointsOf = (
  values: readonly (number | string)[],
  times: readonly number[] = values.map((_, index) => index * 1_000),
): SeriesPoints => {
  const points = createSeriesPoints()
  points.add(partOf(values, times))
  return points
}

/** For tests: the values as they come from the search. */
export const partOf = (values: readonly (number | string)[], times: readonly number[]): SeriesPart => ({
  rows: Float64Array.from(values, (_, index) => index),
  times: Float64Array.from(times),
  kinds: new Uint8Array(values.length),
  numbers: Float64Array.from(values, (value) => (typeof value === 'number' ? value : NaN)),
  texts: values.map(String),
  skipped: 0,
})
