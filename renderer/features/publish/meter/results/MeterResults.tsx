import { useTranslations } from 'use-intl'
import { isMeasuring, type MeterStatus } from '#shared/model/meter'
import { visibleName } from '#shared/text/visibleText'
import { useErrorText } from '../../../../i18n/useErrorText'
import { formatCount } from '../../../../ui/format'
import styles from '../meter.module.css'
import { ForeignRuns } from './ForeignRuns'
import { LatencyChart } from './LatencyChart'
import { LatencyTable } from './LatencyTable'
import { MeterNumbers } from './MeterNumbers'
import { useMeterRemarks } from './useMeterRemarks'

/** What a meter has counted so far, or in the end. */
export function MeterResults({ meter }: { readonly meter: MeterStatus }) {
  const t = useTranslations('meter')
  const remarks = useMeterRemarks()(meter)
  const sends = meter.sendOn !== null
  return (
    <div role="group" aria-label={t('results')} data-phase={meter.phase.kind} className={styles.results}>
      <StateLine meter={meter} />
      {sends || meter.phase.kind !== 'failed' ? <MeterNumbers counts={meter.counts} /> : null}
      {remarks.length === 0 ? null : (
        <ul className={styles.remarks}>
          {remarks.map(({ text, isBad }) => (
            <li key={text} data-bad={isBad}>
              {text}
            </li>
          ))}
        </ul>
      )}
      {meter.latencies ? (
        <div className={styles.latencies}>
          <LatencyTable meter={meter} />
          <LatencyChart all={meter.latencies} byQos={meter.byQos} />
        </div>
      ) : null}
      {meter.latencies ? <p className={styles.hint}>{t('sameClock')}</p> : null}
      {meter.foreign.length > 0 ? <ForeignRuns meter={meter} /> : null}
    </div>
  )
}

function StateLine({ meter }: { readonly meter: MeterStatus }) {
  const stateOf = useStateText()
  const { phase, planned, counts } = meter
  const isBad = phase.kind === 'failed'
  return (
    <div className={styles.stateLine}>
      <p role={isBad ? 'alert' : 'status'} data-phase={phase.kind} className={styles.state}>
        <span aria-hidden className={styles.dot} data-phase={phase.kind} />
        {stateOf(meter)}
      </p>
      {planned !== null && isMeasuring(meter) ? (
        <progress
          aria-label={stateOf(meter)}
          className={styles.progress}
          value={Math.min(1, counts.sent / Math.max(1, planned))}
        />
      ) : null}
    </div>
  )
}

const useStateText = () => {
  const t = useTranslations('meter')
  const errorText = useErrorText()
  return ({ phase, filter, planned, counts, sendOn }: MeterStatus): string => {
    switch (phase.kind) {
      case 'subscribing':
        return t('state.subscribing', { filter: visibleName(filter) })
      case 'running':
        if (sendOn === null) return t('state.listening')
        if (planned === null) return t('state.sending', { sent: formatCount(counts.sent) })
        return t('state.sendingOf', { sent: formatCount(counts.sent), planned: formatCount(planned) })
      case 'settling':
        return t('state.settling')
      case 'finished':
        return t(`state.${phase.why}`)
      case 'failed':
        return errorText(phase.error)
    }
  }
}
