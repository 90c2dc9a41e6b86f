import { useEffect, useState } from 'react'
import type { Chart } from '#shared/model/chart'
import type { TimeSpan } from '../../model/chart/decimate'
import { chartsState } from '../../state/charts'
import { useConnectionObject } from '../../state/useConnection'
import { everythingLive, panned, spanShown, viewOf, zoomed, type TimeView } from './timeView'

/** What is shown of the time, and how a person moves in it. */
export interface ChartTime {
  readonly view: TimeView
  readonly span: TimeSpan
  /** From the oldest value to the newest. */
  readonly all: TimeSpan
  readonly cursor: number | null
  /** Changes whenever there are new values. */
  readonly revision: number
  setCursor(time: number | null): void
  show(span: TimeSpan): void
  /** Another time of the same length; it stands still there. */
  move(span: TimeSpan): void
  zoom(factor: number): void
  pan(part: number): void
  reset(): void
  togglePause(): void
}

/** A chart in the time that all charts of its view show. */
export interface ShownChart {
  readonly chart: Chart
  readonly time: ChartTime
}

/** More drawings would show nothing more to a person, and cost frames. */
const drawMs = 250

export const useChartTime = (charts: readonly Chart[]): ChartTime => {
  const connection = useConnectionObject()
  const [view, setView] = useState(everythingLive)
  const [cursor, setCursor] = useState<number | null>(null)
  const series = charts.flatMap((chart) => chart.series)
  const measure = () => measured(series.map(connection.get(chartsState).pointsOf))
  const [known, setKnown] = useState(() => measured([]))
  useEffect(() => {
    const look = () => {
      const next = measured(
        charts.flatMap((chart) => chart.series).map((one) => connection.get(chartsState).pointsOf(one)),
      )
      setKnown((before) => (before.revision === next.revision && isSame(before.all, next.all) ? before : next))
    }
    look()
    const timer = setInterval(look, drawMs)
    return () => clearInterval(timer)
  }, [charts, connection])
  const { all, revision } = known
  const span = spanShown(view, all)
  const show = (next: TimeSpan) => setView((before) => viewOf(next, before, all))
  return {
    view,
    span,
    all,
    cursor,
    revision,
    setCursor,
    show,
    zoom: (factor) => show(zoomed(span, factor, cursor)),
    move: ({ from, to }) => setView({ width: to - from, end: to }),
    pan: (part) => setView({ width: span.to - span.from, end: panned(span, part).to }),
    reset: () => setView(everythingLive),
    togglePause: () => setView(({ width, end }) => ({ width, end: end === null ? measure().all.to : null })),
  }
}

type Points = ReturnType<ReturnType<typeof chartsState.create>['pointsOf']>

const measured = (series: readonly Points[]): { readonly all: TimeSpan; readonly revision: number } => {
  const filled = series.filter((points) => points.count() > 0)
  const from = Math.min(...filled.map((points) => points.timeAt(0)))
  const to = Math.max(...filled.map((points) => points.timeAt(points.count() - 1)))
  const revision = series.reduce((sum, points) => sum + points.revision(), 0)
  return { all: filled.length > 0 ? { from, to } : { from: 0, to: 1 }, revision }
}

const isSame = (one: TimeSpan, other: TimeSpan): boolean => one.from === other.from && one.to === other.to
