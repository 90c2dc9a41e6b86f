import { endIndex, type TimeSpan } from './decimate'
import type { SeriesPoints } from './seriesPoints'

/** What a series says of itself in a span of time: read before it is summarised, so that a door has no mean. */
export type Summary =
  /** Too few values for a statement. */
  { readonly kind: 'few'; readonly count: number } | QuantitySummary | SwitchSummary | TotalSummary | StateSummary

interface QuantitySummary {
  readonly kind: 'quantity'
  readonly count: number
  readonly mean: number
  readonly median: number
  /** Standard deviation. */
  readonly spread: number
  readonly least: number
  readonly most: number
  /** From the first value to the last along the fitted line; null = not more than the scatter around it. */
  readonly trend: number | null
}

/** Two values only, such as 0 and 1. */
interface SwitchSummary {
  readonly kind: 'switch'
  readonly count: number
  /** How often it went to the greater value. */
  readonly rises: number
  /** The part of the time with the greater value. */
  readonly duty: number
  /** Milliseconds: median time with the greater value, and between two rises; null = none was whole. */
  readonly width: number | null
  readonly period: number | null
}

interface TotalSummary {
  readonly kind: 'total'
  readonly count: number
  readonly perSecond: number
  readonly resets: number
}

interface StateSummary {
  readonly kind: 'state'
  readonly count: number
  readonly changes: number
  /** Those that were there most of the values, at most five. */
  readonly states: readonly { readonly text: string; readonly count: number }[]
}

const fewestValues = 12

interface Values {
  readonly times: readonly number[]
  readonly numbers: readonly number[]
}

export const summaryOf = (points: SeriesPoints, span: TimeSpan): Summary => {
  const from = points.indexAt(span.from)
  const to = endIndex(points, span)
  const count = to - from
  if (count < fewestValues) return { kind: 'few', count }
  const values = numbersIn(points, from, to)
  if (2 * values.numbers.length < count) return stateSummary(points, from, to)
  if (values.numbers.length < fewestValues) return { kind: 'few', count: values.numbers.length }
  if (hasTwoValues(values)) return switchSummary(values)
  const resets = resetsOf(values)
  return resets === null ? quantitySummary(values) : totalSummary(values, resets)
}

/** Whether the series is drawn as a lane of states and not as a line: less than half of its values are numbers. */
export const isState = (points: SeriesPoints): boolean => {
  const from = Math.max(0, points.count() - 1_000)
  let numbers = 0
  for (let index = from; index < points.count(); index++) if (Number.isFinite(points.numberAt(index))) numbers += 1
  return 2 * numbers < points.count() - from
}

const numbersIn = (points: SeriesPoints, from: number, to: number): Values => {
  const times: number[] = []
  const numbers: number[] = []
  for (let index = from; index < to; index++) {
    const number = points.numberAt(index)
    if (!Number.isFinite(number)) continue
    times.push(points.timeAt(index))
    numbers.push(number)
  }
  return { times, numbers }
}

const hasTwoValues = ({ numbers }: Values): boolean => {
  const distinct = new Set<number>()
  for (const number of numbers) if (distinct.add(number).size > 2) return false
  return distinct.size === 2
}

const stateSummary = (points: SeriesPoints, from: number, to: number): StateSummary => {
  const counts = new Map<string, number>()
  let changes = 0
  for (let index = from; index < to; index++) {
    const text = points.textAt(index)
    counts.set(text, (counts.get(text) ?? 0) + 1)
    if (index > from && text !== points.textAt(index - 1)) changes += 1
  }
  const states = [...counts].map(([text, count]) => ({ text, count })).toSorted((one, other) => other.count - one.count)
  return { kind: 'state', count: to - from, changes, states: states.slice(0, 5) }
}

const switchSummary = ({ times, numbers }: Values): SwitchSummary => {
  const most = numbers.reduce((one, other) => Math.max(one, other))
  const rises: number[] = []
  const widths: number[] = []
  let high = 0
  for (let index = 1; index < numbers.length; index++) {
    const [before, now] = [numbers[index - 1], numbers[index]]
    const at = times[index] ?? 0
    if (before === most) high += at - (times[index - 1] ?? 0)
    if (before !== most && now === most) rises.push(at)
    const rose = rises.at(-1)
    if (before === most && now !== most && rose !== undefined) widths.push(at - rose)
  }
  const whole = (times.at(-1) ?? 0) - (times[0] ?? 0)
  const periods = rises.slice(1).map((at, index) => at - (rises[index] ?? 0))
  return {
    kind: 'switch',
    count: numbers.length,
    rises: rises.length,
    duty: whole > 0 ? high / whole : 0,
    width: widths.length > 0 ? medianOf(widths) : null,
    period: periods.length > 0 ? medianOf(periods) : null,
  }
}

const fewestForTotal = 24

/**
 * How often a running total began anew; null = the series is none. A total is never negative and never falls, but back to
 * less than a tenth, at most once in 20 values. Few values that rise may as well be a warm morning.
 */
const resetsOf = ({ numbers }: Values): number | null => {
  if (numbers.length < fewestForTotal || (numbers[0] ?? -1) < 0) return null
  let resets = 0
  for (let index = 1; index < numbers.length; index++) {
    const [before, now] = [numbers[index - 1] ?? 0, numbers[index] ?? 0]
    if (now >= before) continue
    if (now < 0 || now * 10 > before) return null
    resets += 1
  }
  const isRising = new Set(numbers).size > 2
  return isRising && resets * 20 <= numbers.length ? resets : null
}

const totalSummary = ({ times, numbers }: Values, resets: number): TotalSummary => {
  let sum = 0
  for (let index = 1; index < numbers.length; index++) {
    const [before, now] = [numbers[index - 1] ?? 0, numbers[index] ?? 0]
    sum += now >= before ? now - before : now
  }
  const seconds = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1_000
  return { kind: 'total', count: numbers.length, perSecond: seconds > 0 ? sum / seconds : 0, resets }
}

const quantitySummary = (values: Values): QuantitySummary => {
  const { numbers } = values
  const count = numbers.length
  const mean = meanOf(numbers)
  const spread = Math.sqrt(numbers.reduce((sum, number) => sum + (number - mean) ** 2, 0) / (count - 1))
  const sorted = numbers.toSorted((one, other) => one - other)
  return {
    kind: 'quantity',
    count,
    mean,
    median: medianOf(sorted),
    spread,
    least: sorted[0] ?? NaN,
    most: sorted.at(-1) ?? NaN,
    trend: trendOf(values, mean),
  }
}

/**
 * The drift of the line of least squares over the span, where it is larger than the scatter of the values around it, and
 * than three times its own standard error: of few values that only scatter, every third line would drift so far.
 */
const trendOf = ({ times, numbers }: Values, mean: number): number | null => {
  const middle = meanOf(times)
  let [across, along] = [0, 0]
  for (const [index, time] of times.entries()) {
    across += (time - middle) * ((numbers[index] ?? 0) - mean)
    along += (time - middle) ** 2
  }
  if (along === 0) return null
  const slope = across / along
  const length = (times.at(-1) ?? 0) - (times[0] ?? 0)
  const rest = numbers.reduce((sum, number, at) => sum + (number - mean - slope * ((times[at] ?? 0) - middle)) ** 2, 0)
  const scatter = Math.sqrt(rest / (numbers.length - 2))
  const drift = slope * length
  const error = (scatter / Math.sqrt(along)) * length
  return Math.abs(drift) > scatter && Math.abs(drift) > 3 * error ? drift : null
}

const meanOf = (numbers: readonly number[]): number => {
  // A running mean: a sum of large numbers may be infinite.
  let mean = 0
  numbers.forEach((number, index) => (mean += (number - mean) / (index + 1)))
  return mean
}

const medianOf = (numbers: readonly number[]): number => {
  const sorted = numbers.toSorted((one, other) => one - other)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2
}
