import { useTranslations } from 'use-intl'
import type { PingTime } from '#shared/model/packets'
import { exactMs } from './packetText'
import styles from './packets.module.css'

const width = 240
const height = 40
const shown = 80

/** Round trips of PINGREQ, a bar each, the latest at the right. */
export function PingChart({ pings }: { readonly pings: readonly PingTime[] }) {
  const t = useTranslations('packets')
  const latest = pings.slice(-shown)
  const times = latest.map(({ milliseconds }) => milliseconds)
  const most = Math.max(...times, 0.001)
  const barWidth = width / shown
  const text = t('pings', {
    count: latest.length,
    least: exactMs(Math.min(...times)),
    most: exactMs(most),
    last: exactMs(times.at(-1) ?? 0),
  })
  return (
    <figure className={styles.pings}>
      <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={text}>
        {latest.map(({ number, milliseconds }, index) => {
          const bar = Math.max(1, (milliseconds / most) * height)
          const x = width - (latest.length - index) * barWidth
          return <rect key={number} x={x} y={height - bar} width={Math.max(1, barWidth - 1)} height={bar} />
        })}
      </svg>
      <figcaption>{text}</figcaption>
    </figure>
  )
}
