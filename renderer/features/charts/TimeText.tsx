import { useTranslations } from 'use-intl'
import { formatClock } from '../../ui/format'
import styles from './charts.module.css'
import { useMarkText, useNearestMark } from './useChartMarks'
import type { ChartTime } from './useChartTime'

/** The time under the cursor, and what its mark means; without a cursor the time that is shown. */
export function TimeText({ time }: { readonly time: ChartTime }) {
  const { cursor, span } = time
  const t = useTranslations('charts')
  const nearest = useNearestMark(time)
  const textOf = useMarkText()
  if (cursor === null)
    return (
      <span className={styles.time} title={t('pointerHelp')}>
        {formatClock(span.from)} – {formatClock(span.to)}
      </span>
    )
  return (
    <span className={styles.time}>
      {formatClock(cursor)}
      <span role="status">{nearest ? ` · ${textOf(nearest)}` : null}</span>
    </span>
  )
}
