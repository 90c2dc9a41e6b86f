import { useTranslations } from 'use-intl'
import { formatShortCount } from './trafficText'
import styles from './traffic.module.css'

const levels = [0, 1, 2] as const

interface QosMixProps {
  /** Messages of QoS 0, 1 and 2. */
  readonly qos: readonly [number, number, number]
  /** Messages with the retain mark. */
  readonly retained: number
}

/** Which levels of QoS came, in which shares, and how many of the messages were retained ones. */
export function QosMix({ qos, retained }: QosMixProps) {
  const t = useTranslations('topicTree')
  const seen = levels.filter((level) => qos[level] > 0)
  return (
    <span
      role="img"
      aria-label={t('traffic.mix', { qos0: qos[0], qos1: qos[1], qos2: qos[2], retained })}
      className={styles.mix}
    >
      <span>{seen.join('·')}</span>
      {seen.length > 1 ? (
        <span className={styles.bar}>
          {seen.map((level) => (
            <span key={level} data-qos={level} style={{ flexGrow: qos[level] }} />
          ))}
        </span>
      ) : null}
      {retained > 0 ? <span className={styles.retainedCount}>{`R ${formatShortCount(retained)}`}</span> : null}
    </span>
  )
}
