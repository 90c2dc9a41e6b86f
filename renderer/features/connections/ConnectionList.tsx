import { useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useApp } from '../../store/useApp'
import { ConnectionItem } from './ConnectionItem'
import { rowKeyOf, type ConnectionRow } from './connectionRows'
import styles from './connections.module.css'
import { FolderItem } from './FolderItem'
import { MoveToFolderDialog } from './MoveToFolderDialog'
import { useDragReorder } from './useDragReorder'
import { useProfileActions } from './useProfileActions'
import { useRovingFocus } from './useRovingFocus'

/** The list itself: one Tab stop, arrow keys within, drag and drop, and a menu on each row. */
export function ConnectionList({ rows }: { readonly rows: readonly ConnectionRow[] }) {
  const t = useTranslations('connections')
  const activeId = useApp((state) => state.activeConnectionId)
  const keys = rows.map(({ key }) => key)
  const listRef = useRef<HTMLUListElement>(null)
  const activeKey = activeId === null ? null : rowKeyOf(activeId)
  const roving = useRovingFocus({ listRef, keys, preferred: activeKey })
  const isListed = activeKey !== null && keys.includes(activeKey)
  // Also one that was just made, brought back or opened from elsewhere: in a long list it would stand out of view.
  useEffect(() => {
    if (activeKey === null || !isListed) return
    listRef.current?.querySelector(`[data-row="${CSS.escape(activeKey)}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [activeKey, isListed])
  const actions = useProfileActions()
  const drag = useDragReorder(actions.move)
  const [movingId, setMovingId] = useState<string | null>(null)

  const remove = (connectionId: string) => {
    const index = keys.indexOf(rowKeyOf(connectionId))
    roving.focus(keys[index + 1] ?? keys[index - 1])
    actions.remove(connectionId)
  }
  return (
    <>
      <ul ref={listRef} className={styles.list} aria-label={t('saved')}>
        {rows.map((row) =>
          row.kind === 'folder' ? (
            <FolderItem key={row.key} {...{ row, roving, drag }} />
          ) : (
            <ConnectionItem
              key={row.key}
              entry={row.entry}
              active={row.entry.profile.id === activeId}
              {...{ roving, drag, remove, actions }}
              onMoveToFolder={setMovingId}
            />
          ),
        )}
      </ul>
      {movingId === null ? null : (
        <MoveToFolderDialog
          connectionId={movingId}
          onMove={(folder) => actions.move(movingId, { folder, beforeId: null })}
          onClose={() => setMovingId(null)}
        />
      )}
    </>
  )
}
