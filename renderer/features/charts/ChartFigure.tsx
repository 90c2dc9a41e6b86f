import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslations } from 'use-intl'
import { visibleName } from '#shared/text/visibleText'
import { createChartLine, type ChartLine } from '../../model/chart/chartLine'
import { gapFactor, gridOf } from '../../model/chart/decimate'
import type { SeriesPoints } from '../../model/chart/seriesPoints'
import { isState } from '../../model/chart/summary'
import { chartsState } from '../../state/charts'
import { useConnectionObject } from '../../state/useConnection'
import type { ChartPlot, PlotMark } from './chartPlot'
import { ChartTools } from './ChartTools'
import styles from './charts.module.css'
import { MarkLabel } from './MarkLabel'
import { SeriesTable } from './SeriesTable'
import { useSeriesName } from './seriesName'
import { StateLane } from './StateLane'
import { giveUpTurn, takeTurn } from './turns'
import { useChartMarks } from './useChartMarks'
import type { ChartTime, ShownChart } from './useChartTime'

interface ChartFigureProps extends ShownChart {
  /** Whether a chart of the pane has a right axis. */
  readonly isRightKept: boolean
}

/** One chart: lines, lanes of states, and a table that says the same in words. */
export function ChartFigure(props: ChartFigureProps) {
  const { chart, time } = props
  const t = useTranslations('charts')
  const connection = useConnectionObject()
  const help = useId()
  const nameOf = useSeriesName()
  const { pointsOf } = connection.get(chartsState)
  const { frame, plot } = usePlot(props)
  const names = chart.series.map((one) => visibleName(nameOf(one))).join(', ')
  const marks = useChartMarks()
  const onKeyDown = (event: KeyboardEvent) => {
    const isHandled =
      handleKey(event, time, () => stepped({ chart, time }, event.key === 'ArrowLeft', pointsOf)) ||
      goToMark(event, time, marks)
    if (!isHandled) return
    event.preventDefault()
    event.stopPropagation()
  }
  const lanes = chart.series.filter((one) => isState(pointsOf(one)))
  const isLanesOnly = lanes.length === chart.series.length && lanes.some((one) => pointsOf(one).count() > 0)
  return (
    <figure className={styles.chart}>
      <div className={styles.plotRow}>
        <div
          ref={frame}
          role="group"
          aria-label={t('chartOf', { names })}
          aria-describedby={help}
          tabIndex={0}
          className={isLanesOnly ? styles.axisOnly : styles.plot}
          onKeyDown={onKeyDown}
          onDoubleClick={time.reset}
        />
        <MarkLabel time={time} isRightKept={props.isRightKept} />
        <ChartTools {...props} plot={plot} />
      </div>
      <span id={help} className="visually-hidden">
        {t('plotHelp', { factor: gapFactor })}
      </span>
      {lanes.map((one) => (
        <StateLane key={nameOf(one)} points={pointsOf(one)} time={time} name={nameOf(one)} />
      ))}
      <SeriesTable {...props} />
    </figure>
  )
}

type PointsOf = ReturnType<typeof chartsState.create>['pointsOf']

/** The time of the value before or after the cursor, in whichever series has one next. */
const stepped = (
  { chart, time: { cursor, span } }: Pick<ChartFigureProps, 'chart' | 'time'>,
  isBack: boolean,
  pointsOf: PointsOf,
): number => {
  const at = cursor ?? (isBack ? span.to + 1 : span.from - 1)
  const times = chart.series.map((one) => {
    const points = pointsOf(one)
    if (isBack) return points.timeAt(points.indexAt(at) - 1)
    const next = points.indexAt(at)
    return points.timeAt(points.timeAt(next) === at ? points.indexAt(at + 0.001) : next)
  })
  const there = times.filter((one) => one >= span.from && one <= span.to)
  if (there.length === 0) return at
  return isBack ? Math.max(...there) : Math.min(...there)
}

const handleKey = (event: KeyboardEvent, time: ChartTime, step: () => number): boolean => {
  if (event.ctrlKey || event.metaKey || event.altKey) return false
  const isArrow = event.key === 'ArrowLeft' || event.key === 'ArrowRight'
  if (isArrow && event.shiftKey) time.pan(event.key === 'ArrowLeft' ? -0.25 : 0.25)
  else if (isArrow) time.setCursor(step())
  else if (event.key === '+' || event.key === '=') time.zoom(0.5)
  else if (event.key === '-') time.zoom(2)
  else if (event.key === 'Home') time.reset()
  else return false
  return true
}

/** M goes to the next mark of what is shown, with Shift to the one before. */
const goToMark = (
  { key, ctrlKey, metaKey, altKey }: KeyboardEvent,
  { cursor, span, setCursor }: ChartTime,
  marks: readonly PlotMark[],
): boolean => {
  if (ctrlKey || metaKey || altKey || (key !== 'm' && key !== 'M')) return false
  const times = marks
    .map(({ time }) => time)
    .filter((time) => time >= span.from && time <= span.to)
    .toSorted((one, other) => one - other)
  const there =
    key === 'M'
      ? times.findLast((time) => time < (cursor ?? Infinity))
      : times.find((time) => time > (cursor ?? -Infinity))
  if (there !== undefined) setCursor(there)
  return true
}

const usePlot = ({ chart, time, isRightKept }: ChartFigureProps) => {
  const connection = useConnectionObject()
  const frame = useRef<HTMLDivElement>(null)
  const plot = useRef<ChartPlot | null>(null)
  const marks = useChartMarks()
  const latest = useRef<() => void>(() => undefined)
  const [draw] = useState(() => () => latest.current())
  const [lineOf] = useState(createLines)
  const events = useRef(time)
  useEffect(() => {
    events.current = time
  })
  const { span, revision, cursor } = time
  useEffect(() => {
    latest.current = () => {
      const { pointsOf } = connection.get(chartsState)
      const grid = gridOf(span, Math.max(100, frame.current?.clientWidth ?? 0))
      const lines = chart.series.flatMap((one) => {
        const points = pointsOf(one)
        const { colour, axis } = one
        return isState(points) ? [] : [{ colour, axis, values: lineOf(points).valuesOn(grid) }]
      })
      plot.current?.show({ span, grid, lines, marks, isRightKept })
    }
    takeTurn(draw)
    // The span is another object each time; its ends say whether it is another one.
  }, [chart, connection, isRightKept, marks, revision, span.from, span.to]) // oxlint-disable-line react-hooks/exhaustive-deps
  useEffect(() => plot.current?.setCursor(cursor), [cursor])
  useEffect(() => {
    let isGone = false
    // Read when the first chart is looked at: the window starts without it.
    void import('./chartPlot').then(
      ({ openChartPlot }) => {
        if (isGone || !frame.current) return
        plot.current = openChartPlot(frame.current, {
          onCursor: (at) => events.current.setCursor(at),
          onZoom: (zoomedTo) => events.current.show(zoomedTo),
          onPan: (pannedTo) => events.current.move(pannedTo),
        })
        draw()
      },
      // The table says the same.
      () => undefined,
    )
    return () => {
      isGone = true
      giveUpTurn(draw)
      plot.current?.close()
      plot.current = null
    }
  }, [draw])
  return { frame, plot }
}

const createLines = () => {
  const lines = new WeakMap<SeriesPoints, ChartLine>()
  return (points: SeriesPoints): ChartLine => {
    const line = lines.get(points) ?? createChartLine(points)
    lines.set(points, line)
    return line
  }
}
