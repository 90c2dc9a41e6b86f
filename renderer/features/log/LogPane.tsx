import { Inbox, SearchX } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { readsPayload } from '../../model/query/resolveQuery'
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
import { HitsProvider } from './query/HitsProvider'
import { ShownCount } from './query/ShownCount'
import { useLogQuery, withStuckProblem } from './query/useLogQuery'
import { ChosenNote } from './selected/ChosenNote'
import { ExportNote } from './selected/ExportNote'
import { SendAgainDialog } from './selected/SendAgainDialog'
import { useLogRows } from './useLogRows'

/** The message log of one connection. */
export function LogPane() {
  const t = useTranslations('log')
  const { log, search } = useConnectionModel()
  const subscriptions = useSubscriptions()
  const query = useLogQuery(subscriptions)
  const rows = useLogRows({ log, search, query })
  const pausedAt = useConnection(messagesState, (state) => state.pausedAt)
  const clearFilter = useConnection(logViewState, (state) => state.clearFilter)
  const isEmpty = rows.source.count() === 0 && !rows.searching && !rows.isStuck
  const foundNone = isEmpty && rows.filtering && log.keptCount() > 0

  const waiting = log.messagesFrom(rows.endRow)
  const notes = [
    pausedAt === null ? '' : t('pausedNote', { count: formatCount(waiting) }),
    query.terms.terms.some(readsPayload) && log.holdsHeads() ? t('headsNote') : '',
  ]

  return (
    <div className={styles.pane}>
      <div className={styles.toolbar}>
        <ShownCount rows={rows} all={log.keptCount() - waiting} />
        <LogToolbar query={rows.isStuck ? withStuckProblem(query) : query} foundNone={foundNone} />
      </div>
      <div className={styles.body}>
        <HitsProvider parts={query.parts}>
          <LogGrid log={log} rows={rows} subscriptions={subscriptions} />
        </HitsProvider>
        {isEmpty ? (
          <div className={styles.emptyOver}>
            {foundNone ? (
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
        {steadyNotes}
        <ChosenNote />
        <ExportNote />
        <span className={styles.note} role="status">
          {notes.filter((note) => note !== '').join(' · ')}
        </span>
      </div>
      {sendAgainDialog}
    </div>
  )
}

/** One and the same elements: what they say they read themselves, so that they are not drawn with every batch. */
const steadyNotes = (
  <>
    <LogCounters />
    <ClearedNote />
  </>
)
const sendAgainDialog = <SendAgainDialog />
