import styles from './broker.module.css'

interface SparklineProps {
  /** Two or more, the latest last. */
  readonly values: readonly number[]
  /** What it shows, for those who do not see it. */
  readonly label: string
}

const width = 160
const height = 28

/** How a number went, without axes: the range of its values fills the height. */
export function Sparkline({ values, label }: SparklineProps) {
  const least = Math.min(...values)
  const range = Math.max(...values) - least
  const points = values.map((value, index) => {
    const x = (index / (values.length - 1)) * width
    const y = range === 0 ? height / 2 : height - 1 - ((value - least) / range) * (height - 2)
    return `${x.toFixed(1)},${y.toFixed(1)}`
  })
  return (
    <svg
      className={styles.sparkline}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
      preserveAspectRatio="none"
    >
      <polyline points={points.join(' ')} vectorEffect="non-scaling-stroke" />
    </svg>
  )
}
