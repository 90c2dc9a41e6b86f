import { useEffect, useEffectEvent, useSyncExternalStore } from 'react'
import { allRows, rowsOfAge, type RowSource } from '../../model/logSearch/foundRows'
import { isFiltering, type FilterTerms } from '../../model/logSearch/logFilter'
import type { Found, LogSearch } from '../../model/logSearch/logSearch'
import type { MessageLog } from '../../model/messageLog/messageLog'
import { messagesState } from '../../state/messages'
import { useConnection } from '../../state/useConnection'
import { useSteadyNow } from '../../state/useSteadyNow'
import type { LogQuery } from './query/useLogQuery'

export interface LogRows {
  readonly source: RowSource
  readonly filtering: boolean
  /** A query leaves messages out, and not only the muting of subscriptions. */
  readonly isAsked: boolean
  /** Some messages have not been looked at yet. */
  readonly searching: boolean
  /** The rows are those of this query; false until a new query's first answer. */
  readonly answered: boolean
  /** The search was ended before its end: a regular expression found none. */
  readonly isStuck: boolean
  /** The row after the last one of the shown log: the end of the log, or where it was paused. */
  readonly endRow: number
}

export interface LogRowsOptions {
  readonly log: MessageLog
  readonly search: LogSearch
  readonly query: LogQuery
}

/** The rows to show: all of them, or those that pass the query. Until a new one has found something, those of before. */
export const useLogRows = ({ log, search, query }: LogRowsOptions): LogRows => {
  const { terms, age } = query
  const pausedAt = useConnection(messagesState, (state) => state.pausedAt)
  const endRow = pausedAt ?? log.endRow()
  const hasAge = age.youngerThan !== null || age.atLeast !== null
  const now = useSteadyNow(hasAge)
  const filtering = hasAge || isFiltering(terms)
  const found = useSearch(search, { terms: filtering ? terms : null, endRow })
  const isAsked = hasAge || terms.terms.length > 0
  const answered = !filtering || found?.terms === terms
  const searching = filtering && (!answered || found?.searching === true)
  const source = filtering && found ? rowsOfAge(log, found.rows, { age, now, endRow }) : allRows(log, endRow)
  const isStuck = filtering && answered && found?.isStuck === true
  return { source, filtering, isAsked, searching, answered, isStuck, endRow }
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
