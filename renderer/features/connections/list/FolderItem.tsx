import { ChevronDown, ChevronRight } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import { useApp } from '../../../state/useApp'
import { classes } from '../../../ui/classes'
import { VisibleName } from '../../../ui/VisibleText'
import type { RovingFocus } from '../../../ui/useRovingFocus'
import type { ConnectionRow } from './connectionRows'
import { foldersState } from './foldersState'
import dropMarks from '../../../ui/dropMarks.module.css'
import styles from './list.module.css'
import type { DragReorder } from './useDragReorder'

interface FolderItemProps {
  readonly row: Extract<ConnectionRow, { kind: 'folder' }>
  readonly roving: RovingFocus
  readonly drag: DragReorder
}

/** Opens and closes a folder; a connection dropped on it goes into it. */
export function FolderItem({ row, roving, drag }: FolderItemProps) {
  const toggleFolder = useApp(foldersState, (state) => state.toggle)
  const { key, folder, count, open } = row
  const toggle = () => toggleFolder(folder)
  const handleKey = (event: KeyboardEvent) => {
    if (roving.handleMove(event, key)) return
    if ((event.key === 'ArrowRight' && !open) || (event.key === 'ArrowLeft' && open)) toggle()
  }
  return (
    <li {...drag.over({ key, inside: true, placeOf: () => ({ folder, beforeId: null }) })}>
      <button
        type="button"
        data-row={key}
        className={classes(styles.row, styles.folder, drag.mark?.key === key && dropMarks.inside)}
        aria-expanded={open}
        tabIndex={roving.tabStop === key ? 0 : -1}
        onFocus={() => roving.setTabStop(key)}
        onClick={toggle}
        onKeyDown={handleKey}
      >
        {open ? <ChevronDown size={14} aria-hidden /> : <ChevronRight size={14} aria-hidden />}
        <span className={styles.rowName}>
          <VisibleName text={folder} />
        </span>
        <span className={styles.count}>{count}</span>
      </button>
    </li>
  )
}
