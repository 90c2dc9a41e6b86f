import { useState, type DragEvent } from 'react'
import type { CollectionRow } from './collectionRows'

interface DropMark {
  readonly key: string
  readonly side: 'before' | 'after' | 'inside'
}

export interface TreeDrag {
  readonly draggedKey: string | null
  readonly mark: DropMark | null
  readonly handlers: (row: CollectionRow) => {
    readonly draggable: boolean
    readonly onDragStart: (event: DragEvent<HTMLElement>) => void
    readonly onDragEnd: () => void
    readonly onDragOver: (event: DragEvent<HTMLElement>) => void
    readonly onDragLeave: () => void
    readonly onDrop: (event: DragEvent<HTMLElement>) => void
  }
}

/** Drag and drop of messages and folders; only what this tree itself started is taken. */
export const useTreeDrag = (
  drop: (dragged: CollectionRow, on: CollectionRow, side: DropMark['side']) => void,
): TreeDrag => {
  const [dragged, setDragged] = useState<CollectionRow | null>(null)
  const [mark, setMark] = useState<DropMark | null>(null)
  const end = () => {
    setDragged(null)
    setMark(null)
  }
  const sideOf = (event: DragEvent<HTMLElement>, row: CollectionRow): DropMark['side'] | null => {
    if (dragged === null || row.kind === 'damaged' || row.key === dragged.key) return null
    if (row.kind !== 'message') return 'inside'
    if (dragged.kind !== 'message') return null
    const box = event.currentTarget.getBoundingClientRect()
    return event.clientY < box.top + box.height / 2 ? 'before' : 'after'
  }
  return {
    draggedKey: dragged?.key ?? null,
    mark,
    handlers: (row) => ({
      draggable: row.kind === 'message' || row.kind === 'folder',
      onDragStart: (event) => {
        event.dataTransfer.effectAllowed = 'move'
        // Without data some systems do not begin a drag.
        event.dataTransfer.setData('text/plain', '')
        setDragged(row)
      },
      onDragEnd: end,
      onDragOver: (event) => {
        const side = sideOf(event, row)
        if (!side) return
        event.preventDefault()
        if (mark?.key !== row.key || mark.side !== side) setMark({ key: row.key, side })
      },
      onDragLeave: () => setMark(null),
      onDrop: (event) => {
        const side = sideOf(event, row)
        if (!side || !dragged) return
        event.preventDefault()
        drop(dragged, row, side)
        end()
      },
    }),
  }
}
