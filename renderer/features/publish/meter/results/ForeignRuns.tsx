import { useTranslations } from 'use-intl'
import type { MeterStatus } from '#shared/model/meter'
import { VisibleName } from '../../../../ui/VisibleText'
import { formatCount } from '../../../../ui/format'
import styles from '../meter.module.css'
import { formatLatency } from './latencyText'

const names = ['p50', 'p95', 'p99', 'most'] as const

/** What came with stamps of others, e.g. of a device or of another computer. */
export function ForeignRuns({ meter }: { readonly meter: MeterStatus }) {
  const t = useTranslations('meter')
  return (
    <div className={styles.foreign}>
      <table className={styles.table}>
        <caption>{t('foreign')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('foreignRun')}</th>
            <th scope="col">{t('numbers.received')}</th>
            <th scope="col">{t('missing')}</th>
            <th scope="col">{t('numbers.duplicated')}</th>
            <th scope="col">{t('numbers.reordered')}</th>
            {names.map((name) => (
              <th key={name} scope="col">
                {t(`percentiles.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {meter.foreign.map(({ run, counts, missing, aboveLeast }) => (
            <tr key={run} data-foreign={run}>
              <th scope="row" className="mono">
                <VisibleName text={run} />
              </th>
              <td>{formatCount(counts.received)}</td>
              <td data-bad={missing > 0}>{formatCount(missing)}</td>
              <td data-bad={counts.duplicated > 0}>{formatCount(counts.duplicated)}</td>
              <td data-bad={counts.reordered > 0}>{formatCount(counts.reordered)}</td>
              {names.map((name) => (
                <td key={name}>{aboveLeast ? formatLatency(aboveLeast[name]) : '–'}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.hint}>{t('otherClock')}</p>
    </div>
  )
}
