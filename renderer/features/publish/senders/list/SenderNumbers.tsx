import { useTranslations } from 'use-intl'
import type { SenderStatus } from '#shared/model/sender'
import { formatCount, formatRate } from '../../../../ui/format'
import styles from '../senders.module.css'

/** What became of its messages and how fast they went, each number in a place of its own that does not move. */
export function SenderNumbers({ status }: { readonly status: SenderStatus }) {
  const t = useTranslations('senders')
  const { qos, counts, unanswered, late, rate, wantedRate, driftMs, intervals, end } = status
  const failed = counts.refused + counts.lost
  const failedParts = { refused: formatCount(counts.refused), lost: formatCount(counts.lost) }
  const queuedParts = { unanswered: formatCount(unanswered), late: formatCount(late) }
  return (
    <dl className={styles.numbers}>
      <Number name="sent" value={formatCount(counts.sent)} />
      {qos === 0 ? (
        <Number name="acknowledged" value="–" hint={t('hints.neverAcknowledged')} />
      ) : (
        <Number name="acknowledged" value={formatCount(counts.acknowledged)} hint={t('hints.acknowledged')} />
      )}
      <Number name="failed" value={formatCount(failed)} hint={t('hints.failed', failedParts)} isBad={failed > 0} />
      <Number name="queued" value={formatCount(unanswered + late)} hint={t('hints.queued', queuedParts)} />
      <Number
        name="rate"
        value={end ? '–' : formatRate(rate)}
        beside={wantedRate === null || end ? '' : ` / ${formatRate(wantedRate)}`}
        hint={t('hints.rate')}
      />
      <Number name="drift" value={milliseconds(driftMs)} hint={t('hints.drift')} />
      <Number
        name="intervals"
        value={intervals ? milliseconds(intervals.p50) : '–'}
        beside={intervals ? ` / ${milliseconds(intervals.p95)}` : ''}
        hint={t('hints.intervals')}
      />
    </dl>
  )
}

interface NumberProps {
  readonly name: 'sent' | 'acknowledged' | 'failed' | 'queued' | 'rate' | 'drift' | 'intervals'
  readonly value: string
  readonly beside?: string
  readonly hint?: string
  readonly isBad?: boolean
}

function Number({ name, value, beside = '', hint, isBad = false }: NumberProps) {
  const t = useTranslations('senders')
  return (
    <div className={styles.number} title={hint}>
      <dt>{t(`numbers.${name}`)}</dt>
      <dd data-number={name} data-bad={isBad}>
        {value}
        <span className={styles.beside}>{beside}</span>
      </dd>
    </div>
  )
}

/** To a hundredth where that is told apart: at one millisecond it is the truth that counts. */
const milliseconds = (ms: number): string =>
  ms < 10 ? ms.toFixed(2) : ms < 100 ? ms.toFixed(1) : formatCount(Math.round(ms))
