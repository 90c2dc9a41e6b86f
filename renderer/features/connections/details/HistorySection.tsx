import { useTranslations } from 'use-intl'
import type { ConnectionDetails } from '#shared/model/connectionDetails'
import { formatClock, formatIso } from '../../../ui/format'
import styles from './details.module.css'
import { useHistoryWords } from './useHistoryWords'

/** What became of the connection, newest first. */
export function HistorySection({ history, forgotten }: Pick<ConnectionDetails, 'history' | 'forgotten'>) {
  const t = useTranslations('connections.details')
  const words = useHistoryWords()
  if (history.length === 0) return <p>{t('noHistory')}</p>
  return (
    <>
      <ol className={styles.history} aria-label={t('history')}>
        {history.toReversed().map(({ number, at, event }) => (
          <li key={number} data-event={event.kind === 'ended' ? 'dropped' : event.kind}>
            <time dateTime={formatIso(at)} title={formatIso(at)}>
              {formatClock(at)}
            </time>
            <span className="selectable">{words(event)}</span>
          </li>
        ))}
      </ol>
      {forgotten > 0 ? <p>{t('forgotten', { count: forgotten })}</p> : null}
    </>
  )
}
