import { useEffect, useMemo, useState } from 'react'
import type { Subscription } from '#shared/model/subscription'
import type { MessageLog } from '../../model/messageLog'
import { useApp } from '../../store/useApp'
import { allRows, createFilteredRows, type RowSource } from './filteredRows'
import { createMessageTest, isFiltering, type FilterTerms } from './logFilter'
import { selectFilter, selectPausedRow, selectScope } from './logSelectors'

/** How long a frame may look for matching messages: leaves room to draw at 60 frames a second. */
const searchMilliseconds = 5

const mutedIdsOf = (subscriptions: ReadonlyMap<string, Subscription>): string[] =>
  [...subscriptions.values()].filter(({ muted }) => muted).map(({ id }) => id)

const useFilterTerms = (connectionId: string, subscriptions: ReadonlyMap<string, Subscription>): FilterTerms => {
  const filter = useApp(selectFilter(connectionId))
  const scope = useApp(selectScope(connectionId))
  // Renaming or recolouring a subscription is no reason to search anew.
  const muted = mutedIdsOf(subscriptions).join('\n')
  return useMemo(() => ({ ...filter, scope, mutedIds: muted === '' ? [] : muted.split('\n') }), [filter, scope, muted])
}

export interface LogRows {
  readonly source: RowSource
  readonly filtering: boolean
  /** Some messages have not been looked at yet. */
  readonly searching: boolean
  /** The row after the last one of the shown log: the end of the log, or where it was paused. */
  readonly endRow: number
}

export interface LogRowsOptions {
  readonly connectionId: string
  readonly log: MessageLog
  readonly subscriptions: ReadonlyMap<string, Subscription>
}

/** The rows to show: all of them, or those that pass the filters, found a few milliseconds a frame. */
export const useLogRows = ({ connectionId, log, subscriptions }: LogRowsOptions): LogRows => {
  const terms = useFilterTerms(connectionId, subscriptions)
  const pausedRow = useApp(selectPausedRow(connectionId))
  const endRow = pausedRow ?? log.endRow()
  const filtering = isFiltering(terms)
  const filtered = useMemo(
    () => (filtering ? createFilteredRows(log, createMessageTest(terms, log.names)) : null),
    [filtering, log, terms],
  )
  const searching = filtered ? !filtered.advance(endRow, searchMilliseconds) : false
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    if (!searching) return
    const frame = requestAnimationFrame(() => setTurn(turn + 1))
    return () => cancelAnimationFrame(frame)
  })
  return { source: filtered ?? allRows(log, endRow), filtering, searching, endRow }
}
