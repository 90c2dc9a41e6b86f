import { useTranslations } from 'use-intl'
import { formatClock } from '../../ui/format'
import styles from './charts.module.css'
import { useChartMarks } from './useChartMarks'
import type { ChartTime } from './useChartTime'

/** A mark so near to the cursor, as a part of what is shown, is meant. */
const near = 0.01

/** The time under the cursor, and what its mark means; without a cursor the time that is shown. */
export function TimeText({ time: { cursor, span } }: { readonly time: ChartTime }) {
  const t = useTranslations('charts')
  const marks = useChartMarks()
  if (cursor === null)
    return (
      <span className={styles.time}>
        {formatClock(span.from)} – {formatClock(span.to)}
      </span>
    )
  const distance = (mark: { readonly time: number }) => Math.abs(mark.time - cursor)
  const [nearest] = marks
    .filter((mark) => distance(mark) <= near * (span.to - span.from))
    .toSorted((one, other) => distance(one) - distance(other))
  return (
    <span className={styles.time}>
      {formatClock(cursor)}
      {nearest ? ` · ${t(`events.${nearest.kind}`)} ${formatClock(nearest.time)}` : null}
    </span>
  )
}
