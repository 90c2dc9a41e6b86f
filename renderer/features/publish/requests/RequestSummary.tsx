import { Fragment } from 'react'
import { useTranslations } from 'use-intl'
import { useConnection } from '../../../state/useConnection'
import { formatCount } from '../../../ui/format'
import styles from './requests.module.css'
import { requestsState } from './requestsState'
import { formatRoundTrip } from './roundTripText'

/** How many requests became what, and the round trips of all answers; each number has a place of its own. */
export function RequestSummary() {
  const t = useTranslations('requests')
  const { counts, roundTrips } = useConnection(requestsState, (state) => state.summary)
  const { unmatched, ...ofRequests } = counts
  const count = Object.values(ofRequests).reduce((sum, one) => sum + one, 0)
  const numbers = [
    { name: 'count', value: count },
    { name: 'waiting', value: counts.subscribing + counts.waiting },
    { name: 'answered', value: counts.answered },
    { name: 'late', value: counts.late },
    { name: 'timedOut', value: counts.timedOut },
    { name: 'refused', value: counts.refused },
    { name: 'unmatched', value: unmatched },
  ] as const
  return (
    <dl className={styles.summary}>
      {numbers.map(({ name, value }) => (
        <div key={name} className={styles.number}>
          <dt>{t(`numbers.${name}`)}</dt>
          <dd data-summary={name} data-value={value}>
            {formatCount(value)}
          </dd>
        </div>
      ))}
      <div className={styles.number} title={t('roundTripHint')}>
        <dt>{t('percentiles')}</dt>
        <dd>
          {(['p50', 'p95', 'p99'] as const).map((name, index) => (
            <Fragment key={name}>
              {index === 0 ? null : <span className={styles.beside}> / </span>}
              <span data-summary={name} data-value={roundTrips?.[name] ?? ''}>
                {formatRoundTrip(roundTrips?.[name] ?? null)}
              </span>
            </Fragment>
          ))}
        </dd>
      </div>
    </dl>
  )
}
