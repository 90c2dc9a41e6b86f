import { useMemo } from 'react'
import type { SeriesPoints } from '../../model/chart/seriesPoints'
import { stateRuns, statesOf } from '../../model/chart/stateRuns'
import { visibleName } from '#shared/text/visibleText'
import { VisibleName } from '../../ui/VisibleText'
import styles from './charts.module.css'
import type { ChartTime } from './useChartTime'

interface StateLaneProps {
  readonly points: SeriesPoints
  readonly time: ChartTime
  readonly name: string
}

const columns = 800

/** States over time as a bar of colours, each with its text. */
export function StateLane({ points, time, name }: StateLaneProps) {
  const { revision, span } = time
  const { from: begin, to: end } = span
  // The points change in place; the revision says when. A cursor that moves draws no lane anew.
  const states = useMemo(() => statesOf(points), [points, revision]) // oxlint-disable-line react-hooks/exhaustive-deps
  const runs = useMemo(
    () => stateRuns(points, { from: begin, to: end }, columns),
    [points, revision, begin, end], // oxlint-disable-line react-hooks/exhaustive-deps
  )
  const placeOf = (text: string | null) => (text === null ? -1 : states.indexOf(text))
  return (
    <div className={styles.lane}>
      <svg viewBox={`0 0 ${columns} 16`} preserveAspectRatio="none" aria-hidden className={styles.laneBar}>
        {runs.map(({ from, to, text }) => (
          <rect key={from} x={from} y={0} width={to - from} height={16} data-state={placeOf(text)}>
            <title>{visibleName(text ?? '…')}</title>
          </rect>
        ))}
      </svg>
      <div className={styles.states} title={visibleName(name)}>
        {states.map((text, place) => (
          <span key={text} className={styles.state}>
            <span className={styles.stateDot} data-state={place} aria-hidden />
            <VisibleName text={text} />
          </span>
        ))}
      </div>
    </div>
  )
}
