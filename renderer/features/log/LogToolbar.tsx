import { memo } from 'react'
import { ActionButton } from '../../actions/ActionButton'
import { takenAsText } from '../../model/query/takenAsText'
import { logViewState } from '../../state/logView'
import { useConnection, useConnectionObject } from '../../state/useConnection'
import styles from './log.module.css'
import { QueryChips } from './query/QueryChips'
import { QueryField } from './query/QueryField'
import { QueryHelp } from './query/QueryHelp'
import { SavedQueries } from './query/SavedQueries'
import type { LogQuery } from './query/useLogQuery'

interface LogToolbarProps {
  readonly query: LogQuery
  /** No message passes the query. */
  readonly foundNone: boolean
}

/** The query at the left; pausing and clearing at the right. Not drawn again with every batch. */
export const LogToolbar = memo(function LogToolbar({ query, foundNone }: LogToolbarProps) {
  const connection = useConnectionObject()
  const text = useConnection(logViewState, (state) => state.query)
  return (
    <>
      <QueryField problems={query.problems} taken={foundNone ? takenAsText(text) : null} />
      <span className={styles.verbs}>
        <ActionButton id="log.clearFilters" on="connection" subject={connection} />
        <SavedQueries />
        <QueryHelp />
        <ActionButton id="log.pause" on="connection" subject={connection} />
        <ActionButton id="log.clear" on="connection" subject={connection} keysOf="clearMessages" />
      </span>
      <QueryChips parts={query.parts} />
    </>
  )
})
