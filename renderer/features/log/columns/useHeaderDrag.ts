import { useState, type DragEvent } from 'react'

/** Where the dragged column would come to stand. */
interface DropMark {
  readonly id: string
  readonly side: 'left' | 'right'
}

interface HeaderDrag {
  /** The edge of this header that the dragged column would come to; null = another one's, or none. */
  readonly sideOf: (id: string) => DropMark['side'] | null
  /** Of what is dragged. */
  readonly handle: (id: string) => {
    readonly draggable: true
    readonly onDragStart: (event: DragEvent<HTMLElement>) => void
    readonly onDragEnd: () => void
  }
  /** Of the header that takes it. */
  readonly target: (id: string) => {
    readonly onDragOver: (event: DragEvent<HTMLElement>) => void
    readonly onDrop: (event: DragEvent<HTMLElement>) => void
  }
}

/** Headers are dragged onto each other: a column takes the place of the one it is dropped on. Nothing else is taken. */
export const useHeaderDrag = (ids: readonly string[], move: (id: string, placeOf: string) => void): HeaderDrag => {
  const [dragged, setDragged] = useState<string | null>(null)
  const [mark, setMark] = useState<DropMark | null>(null)
  const end = () => {
    setDragged(null)
    setMark(null)
  }
  const sideTowards = (id: string, from: string): DropMark['side'] | null =>
    id === from ? null : ids.indexOf(id) > ids.indexOf(from) ? 'right' : 'left'
  return {
    sideOf: (id) => (mark?.id === id ? mark.side : null),
    handle: (id) => ({
      draggable: true,
      onDragStart: (event) => {
        event.dataTransfer.effectAllowed = 'move'
        // Without data some systems do not begin a drag.
        event.dataTransfer.setData('text/plain', '')
        setDragged(id)
      },
      onDragEnd: end,
    }),
    target: (id) => ({
      onDragOver: (event) => {
        if (dragged === null) return
        event.preventDefault()
        const side = sideTowards(id, dragged)
        if (mark?.id !== id || mark.side !== side) setMark(side && { id, side })
      },
      onDrop: (event) => {
        if (dragged === null) return
        event.preventDefault()
        if (dragged !== id) move(dragged, id)
        end()
      },
    }),
  }
}
