import { useTranslations } from 'use-intl'
import styles from './watch.module.css'

const height = 20

/** The latest numbers as a line, the newest at the right. */
export function ValueCurve({ numbers }: { readonly numbers: readonly number[] }) {
  const t = useTranslations('watch')
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)]
  return (
    <svg
      role="img"
      aria-label={t('numbers', { count: numbers.length, low: String(low), high: String(high) })}
      className={styles.curve}
      viewBox={`0 0 ${numbers.length - 1} ${height}`}
      preserveAspectRatio="none"
    >
      <path d={pathOf(numbers, { low, high })} vectorEffect="non-scaling-stroke" />
    </svg>
  )
}

/** What stays the same is a line in the middle. */
const pathOf = (numbers: readonly number[], { low, high }: { readonly low: number; readonly high: number }): string =>
  numbers
    .map((number, place) => {
      const part = high === low ? 0.5 : (number - low) / (high - low)
      return `${place === 0 ? 'M' : 'L'}${place} ${(height - 2 - part * (height - 4)).toFixed(1)}`
    })
    .join('')
