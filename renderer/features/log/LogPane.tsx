import { Inbox, SearchX } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { topicFilterProblem } from '#shared/mqtt/topicFilter'
import { logViewState } from '../../state/logView'
import { messagesState } from '../../state/messages'
import { useConnection, useConnectionModel } from '../../state/useConnection'
import { useSubscriptions } from '../../state/useSubscriptions'
import { Button } from '../../ui/Button'
import { EmptyState } from '../../ui/EmptyState'
import { formatCount } from '../../ui/format'
import { ClearedNote } from './ClearedNote'
import styles from './log.module.css'
import { LogCounters } from './LogCounters'
import { LogGrid } from './LogGrid'
import { LogToolbar } from './LogToolbar'
import { ChosenNote } from './selected/ChosenNote'
import { SendAgainDialog } from './selected/SendAgainDialog'
import { useLogRows } from './useLogRows'

/** The message log of one connection. */
export function LogPane() {
  const t = useTranslations('log')
  const { log, search } = useConnectionModel()
  const subscriptions = useSubscriptions()
  const rows = useLogRows({ log, search, subscriptions })
  const pausedAt = useConnection(messagesState, (state) => state.pausedAt)
  const clearFilter = useConnection(logViewState, (state) => state.clearFilter)
  const isEmpty = rows.source.count() === 0

  const waiting = log.messagesFrom(rows.endRow)
  const { topicFilter, text: textFilter } = useConnection(logViewState, (state) => state.filter)
  const notes = [
    topicFilter !== '' && topicFilterProblem(topicFilter) ? t('mqttFilterWrong') : '',
    pausedAt === null ? '' : t('pausedNote', { count: formatCount(waiting) }),
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
      <LogToolbar subscriptions={subscriptions} />
      <div className={styles.body}>
        <LogGrid log={log} rows={rows} subscriptions={subscriptions} />
        {isEmpty && !rows.searching ? (
          <div className={styles.emptyOver}>
            {rows.filtering && log.keptCount() > 0 ? (
              <EmptyState
                icon={<SearchX size={24} />}
                title={t('noMatchTitle')}
                action={<Button onClick={clearFilter}>{t('showAll')}</Button>}
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
        <LogCounters />
        <ClearedNote />
        <ChosenNote />
        <span className={styles.note} role="status">
          {notes.filter((note) => note !== '').join(' · ')}
        </span>
      </div>
      <SendAgainDialog />
    </div>
  )
}
