import { ArrowLeftToLine, ArrowRightToLine, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { visibleName } from '#shared/text/visibleText'
import type { Chart } from '#shared/model/chart'
import type { SeriesPoints } from '../../model/chart/seriesPoints'
import { isState, summaryOf, type Summary } from '../../model/chart/summary'
import { chartsState } from '../../state/charts'
import { useConnectionObject } from '../../state/useConnection'
import { formatCount } from '../../ui/format'
import { IconButton } from '../../ui/IconButton'
import { VisibleName } from '../../ui/VisibleText'
import styles from './charts.module.css'
import { useSeriesName } from './seriesName'
import { giveUpTurn, takeTurn } from './turns'
import { useSummaryText } from './useSummaryText'
import type { ChartTime, ShownChart } from './useChartTime'

/** The series of a chart: the value under the cursor, or the newest one, and what the shown time says of itself. */
export function SeriesTable({ chart, time }: Pick<ShownChart, 'chart' | 'time'>) {
  const t = useTranslations('charts')
  return (
    <table className={styles.series}>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">{t('column.series')}</th>
          <th scope="col">{t('column.value')}</th>
          <th scope="col">{t('column.summary')}</th>
        </tr>
      </thead>
      <tbody>
        {chart.series.map((_, place) => (
          <SeriesRow key={place} chart={chart} place={place} time={time} />
        ))}
      </tbody>
    </table>
  )
}

interface SeriesRowProps {
  readonly chart: Chart
  readonly place: number
  readonly time: ChartTime
}

function SeriesRow({ chart, place, time }: SeriesRowProps) {
  const t = useTranslations('charts')
  const connection = useConnectionObject()
  const charts = connection.get(chartsState)
  const series = chart.series[place]
  const points = series ? charts.pointsOf(series) : null
  const summary = useSummary(points, time)
  const textOf = useSummaryText()
  const nameOf = useSeriesName()
  if (!series || !points) return null
  const name = visibleName(nameOf(series))
  const isOnRight = series.axis === 'right'
  return (
    <tr>
      <th scope="row">
        <span className={styles.dot} data-colour={series.colour} aria-hidden />
        <VisibleName text={nameOf(series)} />
      </th>
      <td className={styles.value}>
        <VisibleName text={valueAt(points, time)} />
      </td>
      <td className={styles.summary}>
        {points.count() === 0 ? t('waiting') : summary ? textOf(summary) : null}
        {points.skipped() > 0 ? (
          <span className={styles.note} title={t('skippedWhy', { count: points.skipped() })}>
            {t('skipped', { count: formatCount(points.skipped()) })}
          </span>
        ) : null}
        {points.letGo() > 0 ? (
          <span className={styles.note}>{t('letGo', { count: formatCount(points.letGo()) })}</span>
        ) : null}
      </td>
      <td className={styles.buttons}>
        {isState(points) ? null : (
          <IconButton
            label={t(isOnRight ? 'toLeft' : 'toRight', { name })}
            icon={isOnRight ? <ArrowLeftToLine size={12} /> : <ArrowRightToLine size={12} />}
            onClick={() => charts.setAxis(chart.id, place, isOnRight ? 'left' : 'right')}
          />
        )}
        <IconButton
          label={t('removeSeries', { name })}
          icon={<X size={12} />}
          onClick={() => charts.removeSeries(chart.id, place)}
        />
      </td>
    </tr>
  )
}

/** What stood at the cursor, or stands at the end of what is shown: the last value up to that time. */
const valueAt = (points: SeriesPoints, { cursor, span }: ChartTime): string => {
  const at = cursor ?? span.to
  const next = points.indexAt(at)
  return points.textAt(points.timeAt(next) === at ? next : next - 1)
}

/** A person reads slower than values come, and many values are read more seldom still: each takes its part of a second. */
const summaryMs = 1_000
const valuesPerMs = 10

const useSummary = (points: SeriesPoints | null, { span, view }: ChartTime): Summary | null => {
  const [summary, setSummary] = useState<Summary | null>(null)
  const latest = useRef(span)
  useEffect(() => {
    latest.current = span
  })
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const read = () => {
      if (points && points.count() > 0) setSummary(summaryOf(points, latest.current))
      timer = setTimeout(() => takeTurn(read), summaryMs + (points?.count() ?? 0) / valuesPerMs)
    }
    takeTurn(read)
    return () => {
      clearTimeout(timer)
      giveUpTurn(read)
    }
    // A look at another time is told at once.
  }, [points, view])
  return summary
}
