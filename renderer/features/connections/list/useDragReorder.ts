import { useState, type DragEvent } from 'react'
import type { FolderPlace } from '../../../model/arrangement'

/** Where the dragged connection would land: an edge of a row, or inside a folder. */
export interface DropMark {
  readonly key: string
  readonly side: 'before' | 'after' | 'inside'
}

/** A row under the pointer, with the places it stands for. */
interface DropTarget {
  readonly key: string
  /** Decided by which half of the row the pointer is in. */
  readonly placeOf: (half: 'upper' | 'lower') => FolderPlace
  readonly inside: boolean
}

interface DragHandlers {
  readonly onDragOver: (event: DragEvent<HTMLElement>) => void
  readonly onDragLeave: () => void
  readonly onDrop: (event: DragEvent<HTMLElement>) => void
}

export interface DragReorder {
  readonly draggedId: string | null
  readonly mark: DropMark | null
  readonly start: (connectionId: string, event: DragEvent<HTMLElement>) => void
  readonly end: () => void
  readonly over: (target: DropTarget) => DragHandlers
}

/** Drag and drop of connections; only what this list itself started is taken. */
export const useDragReorder = (move: (connectionId: string, place: FolderPlace) => void): DragReorder => {
  const [draggedId, setDraggedId] = useState<string | null>(null)
  const [mark, setMark] = useState<DropMark | null>(null)
  const end = () => {
    setDraggedId(null)
    setMark(null)
  }
  return {
    draggedId,
    mark,
    end,
    start: (connectionId, event) => {
      event.dataTransfer.effectAllowed = 'move'
      // Without data some systems do not begin a drag.
      event.dataTransfer.setData('text/plain', '')
      setDraggedId(connectionId)
    },
    over: ({ key, placeOf, inside }) => ({
      onDragOver: (event) => {
        if (draggedId === null) return
        event.preventDefault()
        const side = inside ? 'inside' : halfUnder(event) === 'upper' ? 'before' : 'after'
        if (mark?.key !== key || mark.side !== side) setMark({ key, side })
      },
      onDragLeave: () => setMark(null),
      onDrop: (event) => {
        if (draggedId === null) return
        event.preventDefault()
        move(draggedId, placeOf(halfUnder(event)))
        end()
      },
    }),
  }
}

const halfUnder = (event: DragEvent<HTMLElement>): 'upper' | 'lower' => {
  const box = event.currentTarget.getBoundingClientRect()
  return event.clientY < box.top + box.height / 2 ? 'upper' : 'lower'
}
