import { useTranslations } from 'use-intl'
import { formatRate } from '../../../../ui/format'
import styles from '../senders.module.css'

interface ChartProps {
  /** Messages in each of the last seconds, oldest first. */
  readonly recent: readonly number[]
  /** Messages a second that are wanted; null = it has no rate. */
  readonly wanted: number | null
}

const seconds = 60
const height = 24

/** Messages a second over the last minute, the newest at the right, with a line where the wanted rate is. */
export function RateChart({ recent, wanted }: ChartProps) {
  const t = useTranslations('senders')
  const most = Math.max(1, wanted ?? 0, ...recent)
  const yOf = (value: number) => (height - 1 - (value / most) * (height - 3)).toFixed(1)
  const start = seconds - recent.length
  const steps = recent.map((value, index) => `L${start + index} ${yOf(value)}H${start + index + 1}`).join('')
  const area = recent.length === 0 ? '' : `M${start} ${height}${steps}V${height}Z`
  return (
    <svg
      role="img"
      aria-label={t('chart', { most: formatRate(Math.max(0, ...recent)) })}
      viewBox={`0 0 ${seconds} ${height}`}
      preserveAspectRatio="none"
      className={styles.chart}
    >
      {wanted === null ? null : (
        <line x1="0" x2={seconds} y1={yOf(wanted)} y2={yOf(wanted)} className={styles.wanted} />
      )}
      <path d={area} className={styles.flow} />
    </svg>
  )
}
