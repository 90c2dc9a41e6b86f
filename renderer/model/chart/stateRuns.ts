import { endIndex, longestSilence, type TimeSpan } from './decimate'
import type { SeriesPoints } from './seriesPoints'

/** A state that lasted; in columns of pixels from the beginning of the span. */
export interface StateRun {
  readonly from: number
  readonly to: number
  /** Null = several states within one column. */
  readonly text: string | null
}

/** What a lane of states shows. As with lines, a state ends at a silence of five times the usual interval. */
export const stateRuns = (points: SeriesPoints, span: TimeSpan, columns: number): StateRun[] => {
  const runs: Writable[] = []
  const silence = longestSilence(points, span)
  const end = endIndex(points, span)
  const columnOf = (time: number) =>
    Math.max(0, Math.min(columns - 1, Math.floor(((time - span.from) / (span.to - span.from)) * columns)))
  for (let index = Math.max(0, points.indexAt(span.from) - 1); index < end; index++) {
    const time = points.timeAt(index)
    const next = index + 1 < end ? points.timeAt(index + 1) : time
    const isGap = next - time > silence
    const from = columnOf(time)
    const to = isGap || next === time ? from + 1 : Math.max(from + 1, columnOf(next))
    addRun(runs, { from, to, text: points.textAt(index) })
  }
  return runs
}

type Writable = { -readonly [Key in keyof StateRun]: StateRun[Key] }

const addRun = (runs: Writable[], { from, to, text }: StateRun): void => {
  const last = runs.at(-1)
  if (last && last.to >= from && last.text === text) last.to = Math.max(last.to, to)
  else if (last && last.to > from) {
    // The value before stands in the same column.
    if (last.text !== null) {
      if (last.from === from) runs.pop()
      else last.to = from
      runs.push({ from, to: from + 1, text: null })
    }
    if (to > from + 1) runs.push({ from: from + 1, to, text })
  } else runs.push({ from, to, text })
}

const mostStates = 8

/** States in the order in which they came first, at most so many: each has its own colour. */
export const statesOf = (points: SeriesPoints): readonly string[] => {
  const states = new Set<string>()
  for (let index = 0; index < points.count() && states.size < mostStates; index++) states.add(points.textAt(index))
  return [...states]
}
