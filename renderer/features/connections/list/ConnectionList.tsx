import { useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { connectionsState } from '../../../state/connections'
import { useApp, useAppObject } from '../../../state/useApp'
import { ConnectionContext } from '../../../state/useConnection'
import { useRovingFocus } from '../../../ui/useRovingFocus'
import { useRowMarks } from '../../../ui/useRowMarks'
import { ConnectionItem } from './ConnectionItem'
import { rowKeyOf, type ConnectionRow } from './connectionRows'
import { FolderItem } from './FolderItem'
import styles from './list.module.css'
import { markedState } from './markedState'
import { moveConnection } from './profileVerbs'
import { useDragReorder } from './useDragReorder'

/** The list itself: one Tab stop, arrow keys within, drag and drop, and a menu on each row. */
export function ConnectionList({ rows }: { readonly rows: readonly ConnectionRow[] }) {
  const t = useTranslations('connections')
  const connections = useApp(connectionsState, (state) => state.all)
  const activeId = useApp(connectionsState, (state) => state.inViewId)
  const keys = rows.map(({ key }) => key)
  const listRef = useRef<HTMLUListElement>(null)
  const activeKey = activeId === null ? null : rowKeyOf(activeId)
  const elementOf = (key: string) =>
    listRef.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(key)}"]`) ?? null
  const roving = useRovingFocus({ keys, elementOf, preferred: activeKey })
  const isListed = activeKey !== null && keys.includes(activeKey)
  // Also one that was just made, brought back or opened from elsewhere: in a long list it would stand out of view.
  useEffect(() => {
    if (activeKey === null || !isListed) return
    listRef.current?.querySelector(`[data-row="${CSS.escape(activeKey)}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [activeKey, isListed])
  const ids = rows.flatMap((row) => (row.kind === 'connection' ? [row.entry.profile.id] : []))
  const marked = useApp(markedState, (state) => state)
  const marks = useRowMarks({ ids, marks: marked, focusRow: (id) => roving.focusRow(rowKeyOf(id)) })
  const app = useAppObject()
  const drag = useDragReorder((id, place) => moveConnection(app, id, place))
  return (
    <ul ref={listRef} className={styles.list} aria-label={t('saved')}>
      {rows.map((row) => {
        if (row.kind === 'folder') return <FolderItem key={row.key} {...{ row, roving, drag }} />
        const { id } = row.entry.profile
        const connection = connections.get(id)
        // While main deletes a connection, its session is gone before its profile is.
        return connection ? (
          <ConnectionContext key={row.key} value={connection}>
            <ConnectionItem entry={row.entry} active={id === activeId} {...{ roving, drag, marks }} />
          </ConnectionContext>
        ) : null
      })}
    </ul>
  )
}
