import { useTranslations } from 'use-intl'
import type { Latencies, MeterStatus } from '#shared/model/meter'
import { formatCount } from '../../../../ui/format'
import styles from '../meter.module.css'
import { formatLatency } from './latencyText'

/** How long messages took, by the QoS with which they came. */
export function LatencyTable({ meter }: { readonly meter: MeterStatus }) {
  const t = useTranslations('meter')
  const { byQos, latencies } = meter
  const rows: readonly { readonly name: string; readonly key: string; readonly times: Latencies }[] = [
    ...byQos.map((times) => ({ name: `QoS ${times.qos}`, key: String(times.qos), times })),
    ...(latencies && byQos.length > 1 ? [{ name: t('allQos'), key: 'all', times: latencies }] : []),
  ]
  return (
    <table className={styles.table}>
      <caption>{t('latency')}</caption>
      <thead>
        <tr>
          <th scope="col">QoS</th>
          <th scope="col">{t('numbers.received')}</th>
          {names.map((name) => (
            <th key={name} scope="col">
              {t(`percentiles.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, key, times }) => (
          <tr key={key} data-latency={key}>
            <th scope="row">
              <span aria-hidden className={styles.swatch} data-qos={key} />
              {name}
            </th>
            <td>{formatCount(times.count)}</td>
            {names.map((percentile) => (
              <td key={percentile} data-percentile={percentile} data-value={times[percentile]}>
                {formatLatency(times[percentile])}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const names = ['least', 'p50', 'p95', 'p99', 'most'] as const
