import type { CSSProperties } from 'react'
import styles from './charts.module.css'
import { useMarkText, useNearestMark } from './useChartMarks'
import type { ChartTime } from './useChartTime'

interface MarkLabelProps {
  readonly time: ChartTime
  /** Whether the plot leaves room for a right axis. */
  readonly isRightKept: boolean
}

/** What the mark at the cursor means, beside it: in the chart that is pointed at or has the focus. */
export function MarkLabel({ time, isRightKept }: MarkLabelProps) {
  const mark = useNearestMark(time)
  const textOf = useMarkText()
  const { from, to } = time.span
  if (!mark) return null
  const part = (mark.time - from) / (to - from)
  return (
    <span
      aria-hidden
      className={styles.markLabel}
      data-right={isRightKept}
      data-side={part > 0.5 ? 'before' : 'after'}
      style={{ '--part': part } as CSSProperties}
    >
      {textOf(mark)}
    </span>
  )
}
