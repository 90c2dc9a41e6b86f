import { Inbox, SearchX } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { topicFilterProblem } from '#shared/mqtt/topicFilter'
import { useApp, useConnectionModel } from '../../store/useApp'
import { useSubscriptions } from '../../store/useSubscriptions'
import { Button } from '../../ui/Button'
import { EmptyState } from '../../ui/EmptyState'
import { formatCount } from '../../ui/format'
import { ClearedNote } from './ClearedNote'
import styles from './log.module.css'
import { LogCounters } from './LogCounters'
import { LogGrid } from './LogGrid'
import { selectFilter, selectPausedRow } from './logSelectors'
import { LogToolbar } from './LogToolbar'
import { useLogRows } from './useLogRows'

export interface LogPaneProps {
  readonly connectionId: string
}

const numberOr = (row: number | null, otherwise: number) => row ?? otherwise

/** The message log of one connection. */
export function LogPane({ connectionId }: LogPaneProps) {
  const t = useTranslations('log')
  const { log, search } = useConnectionModel(connectionId)
  const subscriptions = useSubscriptions(connectionId)
  const rows = useLogRows({ connectionId, log, search, subscriptions })
  const pausedRow = useApp(selectPausedRow(connectionId))
  const clearLogFilter = useApp((state) => state.clearLogFilter)
  const isEmpty = rows.source.count() === 0

  const waiting = log.messagesFrom(numberOr(pausedRow, log.endRow()))
  const { topicFilter, text: textFilter } = useApp(selectFilter(connectionId))
  const notes = [
    topicFilter !== '' && topicFilterProblem(topicFilter) ? t('mqttFilterWrong') : '',
    pausedRow === null ? '' : t('pausedNote', { count: formatCount(waiting) }),
    rows.answered ? '' : t('searchingFirst'),
    rows.filtering && rows.answered
      ? t(rows.searching ? 'searchingNote' : 'matchNote', {
          matches: formatCount(rows.source.count()),
          all: formatCount(log.keptCount() - waiting),
        })
      : '',
    textFilter !== '' && log.holdsHeads() ? t('headsNote') : '',
  ]

  return (
    <div className={styles.pane}>
      <LogToolbar connectionId={connectionId} subscriptions={subscriptions} />
      <div className={styles.body}>
        <LogGrid key={connectionId} connectionId={connectionId} log={log} rows={rows} subscriptions={subscriptions} />
        {isEmpty && !rows.searching ? (
          <div className={styles.emptyOver}>
            {rows.filtering && log.keptCount() > 0 ? (
              <EmptyState
                icon={<SearchX size={24} />}
                title={t('noMatchTitle')}
                action={<Button onClick={() => clearLogFilter(connectionId)}>{t('showAll')}</Button>}
              >
                {t('noMatchText')}
              </EmptyState>
            ) : (
              <EmptyState icon={<Inbox size={24} />} title={t('emptyTitle')}>
                {t('emptyText')}
              </EmptyState>
            )}
          </div>
        ) : null}
      </div>
      <div className={styles.foot}>
        <LogCounters connectionId={connectionId} />
        <ClearedNote connectionId={connectionId} />
        <span className={styles.note} role="status">
          {notes.filter((note) => note !== '').join(' · ')}
        </span>
      </div>
    </div>
  )
}
