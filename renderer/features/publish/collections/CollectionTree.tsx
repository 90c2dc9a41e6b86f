import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslations } from 'use-intl'
import { useApp, useAppObject } from '../../../state/useApp'
import { useConnectionObject } from '../../../state/useConnection'
import { ContextMenu } from '../../../ui/menus'
import { useRovingFocus } from '../../../ui/useRovingFocus'
import { rowsByPlace } from '../../../ui/virtualList/listRows'
import { useVirtualList } from '../../../ui/virtualList/useVirtualList'
import { VirtualRows } from '../../../ui/virtualList/VirtualRows'
import { CollectionTreeRow } from './CollectionTreeRow'
import styles from './collections.module.css'
import { folderKey, type CollectionRow } from './collectionRows'
import { collectionsState, messagesIn, type Collection } from './collectionsState'
import { collectionTreeState } from './collectionTreeState'
import { duplicateKept, moveFolder, moveKept, removeFolder, removeKept, sendKept } from './collectionVerbs'
import { editMessage } from './editMessage'
import { useTreeDrag } from './useTreeDrag'
import { useTreeMenu } from './useTreeMenu'

interface CollectionTreeProps {
  readonly rows: readonly CollectionRow[]
  readonly collections: readonly Collection[]
}

/** As `--row`. */
const rowHeight = 24

/** The rows of the collections: one Tab stop, within which the arrow keys move. */
export function CollectionTree({ rows, collections }: CollectionTreeProps) {
  const t = useTranslations('collections')
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null)
  const list = useVirtualList({
    scroller,
    rows: rowsByPlace(rows.length),
    rowHeight,
    overscan: 8,
    keyOf: (place) => rows[place]?.key ?? place,
  })
  const keys = rows.map(({ key }) => key)
  const roving = useRovingFocus({
    keys,
    elementOf: (key) => scroller?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`) ?? null,
    reveal: (key) => list.reveal(keys.indexOf(key)),
    pageRows: list.pageRows,
  })
  const menuOf = useTreeMenu(collections)
  const menuRow = useRef<CollectionRow | null>(null)
  const drop = useDrop()
  const drag = useTreeDrag(drop)
  const keepFocus = useKeptFocus(roving.focusRow)
  const handleKey = useRowKeys({ rows, keepFocus, focusRow: roving.focusRow, handleMove: roving.handleMove })
  return (
    <ContextMenu className={styles.menuArea} items={() => (menuRow.current ? menuOf(menuRow.current) : [])}>
      <div ref={setScroller} role="tree" aria-label={t('tree')} className={styles.tree} onScroll={list.handleScroll}>
        <VirtualRows
          list={list}
          renderRow={({ place }) => {
            const row = rows[place]
            return row ? (
              <CollectionTreeRow
                row={row}
                isTabStop={roving.tabStop === row.key}
                isDragged={drag.draggedKey === row.key}
                dropSide={drag.mark?.key === row.key ? drag.mark.side : null}
                dragHandlers={drag.handlers(row)}
                onFocus={() => {
                  roving.setTabStop(row.key)
                  menuRow.current = row
                }}
                onKeyDown={(event) => handleKey(event, row)}
              />
            ) : null
          }}
        />
      </div>
    </ContextMenu>
  )
}

/** An element that is put into another place loses the focus: the row that was moved by keys gets it back. */
const useKeptFocus = (focusRow: (key: string) => void) => {
  const moved = useRef<string | null>(null)
  useEffect(() => {
    if (moved.current !== null) focusRow(moved.current)
    moved.current = null
  })
  return (key: string) => {
    moved.current = key
  }
}

/** What becomes of a row that is dropped on another one. */
const useDrop = () => {
  const app = useAppObject()
  return (dragged: CollectionRow, on: CollectionRow, side: 'before' | 'after' | 'inside') => {
    if (dragged.kind === 'folder' && dragged.collection.facts.id === on.collection.facts.id)
      moveFolder(app, dragged, on.folder)
    if (dragged.kind !== 'message') return
    const siblings = messagesIn(on.collection, on.folder)
    const place = on.kind === 'message' ? siblings.findIndex(({ id }) => id === on.message.id) : -1
    const before = side === 'inside' ? undefined : siblings[side === 'before' ? place : place + 1]
    const to = { collectionId: on.collection.facts.id, folder: on.folder, beforeId: before?.id ?? null }
    if (before?.id !== dragged.message.id)
      app.get(collectionsState).move(dragged.collection.facts.id, dragged.message.id, to)
  }
}

interface RowKeysOptions {
  readonly rows: readonly CollectionRow[]
  /** The row keeps the focus where it is moved. */
  readonly keepFocus: (key: string) => void
  readonly focusRow: (key: string) => void
  readonly handleMove: (event: KeyboardEvent, key: string) => boolean
}

/** The keys of a row: to send, to edit, to move, to name, to delete, to open and close. */
const useRowKeys = ({ rows, keepFocus, focusRow, handleMove }: RowKeysOptions) => {
  const t = useTranslations('collections')
  const app = useAppObject()
  const connection = useConnectionObject()
  const { closed, toggle, ask } = useApp(collectionTreeState, (state) => state)

  const onMessage = (event: KeyboardEvent, row: Extract<CollectionRow, { kind: 'message' }>): boolean => {
    const { collection, message } = row
    const collectionId = collection.facts.id
    const isCommand = event.ctrlKey || event.metaKey
    if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      keepFocus(row.key)
      moveKept(app, row, event.key === 'ArrowUp' ? -1 : 1)
    } else if (event.key === 'Enter' && isCommand) editMessage(connection, collectionId, message)
    else if (event.key === 'Enter' && !event.altKey && !event.repeat) sendKept(connection, row)
    else if (event.key === 'F2') ask({ kind: 'renameMessage', collectionId, messageId: message.id })
    else if (event.key === 'Delete') removeKept(app, row)
    else if (event.key.toLowerCase() === 'd' && isCommand)
      duplicateKept(app, row, t('copyName', { name: message.name.slice(0, 180) }))
    else if (event.key === 'ArrowLeft') focusRow(folderKey(collectionId, row.folder))
    else return false
    return true
  }

  const onBranch = (event: KeyboardEvent, row: CollectionRow): boolean => {
    const collectionId = row.collection.facts.id
    const isOpen = !closed.has(row.key)
    if (event.key === 'Enter' || event.key === (isOpen ? 'ArrowLeft' : 'ArrowRight')) toggle(row.key)
    else if (event.key === 'ArrowRight')
      focusRow(rows[rows.findIndex(({ key }) => key === row.key) + 1]?.key ?? row.key)
    else if (event.key === 'ArrowLeft' && row.kind === 'folder')
      focusRow(folderKey(collectionId, row.folder.split('/').slice(0, -1).join('/')))
    else if (event.key === 'F2' && row.kind === 'folder')
      ask({ kind: 'renameFolder', collectionId, folder: row.folder })
    else if (event.key === 'Delete' && row.kind === 'folder') removeFolder(app, row)
    else return false
    return true
  }

  return (event: KeyboardEvent, row: CollectionRow) => {
    if (event.target !== event.currentTarget) return
    const isDone =
      row.kind === 'message' ? onMessage(event, row) : row.kind === 'damaged' ? false : onBranch(event, row)
    if (isDone) event.preventDefault()
    else handleMove(event, row.key)
  }
}
