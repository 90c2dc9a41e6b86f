import { useTranslations } from 'use-intl'
import styles from './traffic.module.css'

const height = 16

/** Messages of each second as bars, oldest at the left. */
export function Sparkline({ counts }: { readonly counts: readonly number[] }) {
  const t = useTranslations('topicTree')
  const messages = counts.reduce((sum, count) => sum + count, 0)
  return (
    <svg
      role="img"
      aria-label={t('traffic.lastMinute', { messages })}
      className={styles.spark}
      viewBox={`0 0 ${counts.length} ${height}`}
      preserveAspectRatio="none"
    >
      <path d={pathOf(counts)} />
    </svg>
  )
}

/** So that one message a second does not look like a flood. */
const leastFullHeight = 2

const pathOf = (counts: readonly number[]): string => {
  const full = Math.max(leastFullHeight, ...counts)
  let path = ''
  counts.forEach((count, second) => {
    if (count === 0) return
    const top = Math.min(height - 2, height - (count / full) * height)
    path += `M${second} ${height}V${top.toFixed(1)}h1V${height}`
  })
  return path
}
