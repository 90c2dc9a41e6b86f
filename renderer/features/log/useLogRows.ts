import { useEffect, useEffectEvent, useMemo, useSyncExternalStore } from 'react'
import type { Subscription } from '#shared/model/subscription'
import { allRows, rowsBefore, type RowSource } from '../../model/logSearch/foundRows'
import { isFiltering, type FilterTerms } from '../../model/logSearch/logFilter'
import type { Found, LogSearch } from '../../model/logSearch/logSearch'
import type { MessageLog } from '../../model/messageLog/messageLog'
import { logViewState } from '../../state/logView'
import { messagesState } from '../../state/messages'
import { useConnection } from '../../state/useConnection'

export interface LogRows {
  readonly source: RowSource
  readonly filtering: boolean
  /** Some messages have not been looked at yet. */
  readonly searching: boolean
  /** The rows are those of these filters; false until a new filter's first answer. */
  readonly answered: boolean
  /** The row after the last one of the shown log: the end of the log, or where it was paused. */
  readonly endRow: number
}

export interface LogRowsOptions {
  readonly log: MessageLog
  readonly search: LogSearch
  readonly subscriptions: ReadonlyMap<string, Subscription>
}

/** The rows to show: all of them, or those that pass the filters. Until a new filter has found something, those of before. */
export const useLogRows = ({ log, search, subscriptions }: LogRowsOptions): LogRows => {
  const terms = useFilterTerms(subscriptions)
  const pausedAt = useConnection(messagesState, (state) => state.pausedAt)
  const endRow = pausedAt ?? log.endRow()
  const filtering = isFiltering(terms)
  const found = useSearch(search, { terms: filtering ? terms : null, endRow })
  const answered = !filtering || found?.terms === terms
  const searching = filtering && (!answered || found?.searching === true)
  const source = filtering && found ? rowsBefore(found.rows, endRow) : allRows(log, endRow)
  return { source, filtering, searching, answered, endRow }
}

const mutedIdsOf = (subscriptions: ReadonlyMap<string, Subscription>): string[] =>
  [...subscriptions.values()].filter(({ muted }) => muted).map(({ id }) => id)

const useFilterTerms = (subscriptions: ReadonlyMap<string, Subscription>): FilterTerms => {
  const filter = useConnection(logViewState, (state) => state.filter)
  const scope = useConnection(logViewState, (state) => state.scope)
  // Renaming or recolouring a subscription is no reason to search anew.
  const muted = mutedIdsOf(subscriptions).join('\n')
  return useMemo(() => ({ ...filter, scope, mutedIds: muted === '' ? [] : muted.split('\n') }), [filter, scope, muted])
}

interface Wanted {
  /** Null = nothing is filtered. */
  readonly terms: FilterTerms | null
  readonly endRow: number
}

/** Has the log searched, and answers what is found so far. */
const useSearch = (search: LogSearch, { terms, endRow }: Wanted): Found | null => {
  const start = useEffectEvent((wanted: FilterTerms) => search.start(wanted, endRow))
  useEffect(() => {
    if (terms) start(terms)
    else search.reset()
    return search.cancel
  }, [search, terms])
  return useSyncExternalStore(search.subscribe, search.found)
}
