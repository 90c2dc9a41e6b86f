import { memo } from 'react'
import { ActionButton } from '../../actions/ActionButton'
import { useAppObject } from '../../state/useApp'
import styles from './log.module.css'
import { QueryChips } from './query/QueryChips'
import { QueryField } from './query/QueryField'
import { QueryHelp } from './query/QueryHelp'
import { SavedQueries } from './query/SavedQueries'
import type { LogQuery } from './query/useLogQuery'

interface LogToolbarProps {
  readonly query: LogQuery
}

/** The query at the left; pausing and clearing at the right. Not drawn again with every batch. */
export const LogToolbar = memo(function LogToolbar({ query }: LogToolbarProps) {
  const app = useAppObject()
  return (
    <>
      <QueryField problems={query.problems} />
      <span className={styles.verbs}>
        <ActionButton id="messages.clearFilters" on="window" subject={app} />
        <SavedQueries />
        <QueryHelp />
        <ActionButton id="pauseMessages" on="window" subject={app} />
        <ActionButton id="clearMessages" on="window" subject={app} />
      </span>
      <QueryChips parts={query.parts} />
    </>
  )
})
