import { useMemo, useRef, type PointerEvent } from 'react'
import { useTranslations } from 'use-intl'
import type { Chart, ChartSeries } from '#shared/model/chart'
import { createChartLine } from '../../model/chart/chartLine'
import { gridOf, gridTimes, type LineValue, type TimeSpan } from '../../model/chart/decimate'
import type { SeriesPoints } from '../../model/chart/seriesPoints'
import { isState } from '../../model/chart/summary'
import { chartsState } from '../../state/charts'
import { useConnectionObject } from '../../state/useConnection'
import styles from './charts.module.css'
import type { ChartTime } from './useChartTime'

interface OverviewProps {
  readonly charts: readonly Chart[]
  readonly time: ChartTime
}

const width = 400
const height = 32

/** All there is, with the time that is shown: a drag over it chooses another one. */
export function Overview({ charts, time }: OverviewProps) {
  const t = useTranslations('charts')
  const connection = useConnectionObject()
  const from = useRef<number | null>(null)
  const { pointsOf } = connection.get(chartsState)
  const { all, span } = time
  const drawn = charts.flatMap(({ series }) => series).find((one) => !isState(pointsOf(one)))
  const placeOf = (at: number) => Math.max(0, Math.min(1, (at - all.from) / (all.to - all.from || 1))) * width
  const timeAt = ({ clientX, currentTarget }: PointerEvent) => {
    const box = currentTarget.getBoundingClientRect()
    return all.from + Math.max(0, Math.min(1, (clientX - box.left) / box.width)) * (all.to - all.from)
  }
  const choose = (event: PointerEvent) => {
    const begun = from.current
    if (begun === null) return
    const to = timeAt(event)
    if (Math.abs(to - begun) * 100 > all.to - all.from)
      time.show({ from: Math.min(begun, to), to: Math.max(begun, to) })
  }
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={t('overview')}
      className={styles.overview}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        from.current = timeAt(event)
      }}
      onPointerMove={choose}
      onPointerUp={() => (from.current = null)}
      onPointerCancel={() => (from.current = null)}
      onDoubleClick={time.reset}
    >
      {drawn ? <OverviewLine points={pointsOf(drawn)} colour={drawn.colour} time={time} /> : null}
      <rect
        x={placeOf(span.from)}
        y={0}
        width={Math.max(2, placeOf(span.to) - placeOf(span.from))}
        height={height}
        className={styles.window}
      />
    </svg>
  )
}

interface OverviewLineProps extends Pick<ChartSeries, 'colour'> {
  readonly points: SeriesPoints
  readonly time: ChartTime
}

function OverviewLine({ points, colour, time: { all, revision } }: OverviewLineProps) {
  const line = useMemo(() => createChartLine(points), [points])
  // The points change in place; the revision says when.
  const path = useMemo(
    () => overviewPath(line.valuesOn(gridOf(all, width)), all),
    [line, all, revision], // oxlint-disable-line react-hooks/exhaustive-deps
  )
  return <path d={path} data-colour={colour} />
}

const overviewPath = (values: readonly LineValue[], all: TimeSpan): string => {
  const numbers = values.filter((value) => typeof value === 'number')
  const least = numbers.reduce((one, other) => Math.min(one, other), Infinity)
  const most = numbers.reduce((one, other) => Math.max(one, other), -Infinity)
  const times = gridTimes(gridOf(all, width))
  let isNew = true
  return values
    .map((value, place) => {
      if (value === null) isNew = true
      if (typeof value !== 'number') return ''
      const x = (((times[place] ?? 0) - all.from) / (all.to - all.from)) * width
      const y = height - 3 - ((value - least) / (most - least || 1)) * (height - 6)
      const step = `${isNew ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`
      isNew = false
      return step
    })
    .join('')
}
