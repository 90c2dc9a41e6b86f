import { useRef, type PointerEvent } from 'react'
import styles from './pieces.module.css'

/** A column whose width a person can choose. */
export interface SizedColumn {
  /** Makes it as wide as CSS says, for as long as it is dragged or measured, without drawing a row; null = as it was. */
  readonly show: (width: string | null) => void
  /** Its cells in view, its head among them. */
  readonly cells: () => readonly Element[]
  /** The widest it becomes when it is fitted to its content. */
  readonly most: () => number
  /** Whole pixels that a column may have. */
  readonly within: (width: number) => number
  /** A person has chosen it, in pixels. */
  readonly onWidth: (width: number) => void
}

interface ColumnEdgeProps {
  readonly column: SizedColumn
  /** Its right edge stands still, so that its left one is what a person moves. */
  readonly isAtLeft: boolean
}

/** The edge in the head of a column: dragged, the column follows the pointer; at a double click it fits its content. */
export function ColumnEdge({ column, isAtLeft }: ColumnEdgeProps) {
  const drag = useRef<{ readonly x: number; readonly width: number; now: number | null } | null>(null)
  const handleDown = (event: PointerEvent<HTMLSpanElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    drag.current = { x: event.clientX, width: event.currentTarget.parentElement?.offsetWidth ?? 0, now: null }
  }
  const handleMove = ({ clientX }: PointerEvent<HTMLSpanElement>) => {
    if (!drag.current) return
    const moved = clientX - drag.current.x
    if (moved === 0 && drag.current.now === null) return
    drag.current.now = column.within(drag.current.width + (isAtLeft ? -moved : moved))
    column.show(`${drag.current.now}px`)
  }
  const handleEnd = () => {
    const chosen = drag.current?.now ?? null
    drag.current = null
    if (chosen === null) return
    column.show(null)
    column.onWidth(chosen)
  }
  return (
    <span
      className={styles.columnEdge}
      data-edge={isAtLeft ? 'left' : 'right'}
      aria-hidden="true"
      // The engine looks for what is dragged where the button went down, and the next header may have moved there meanwhile.
      onMouseDown={(event) => event.preventDefault()}
      // The head may be a button of its own, which was not pressed.
      onClick={(event) => event.stopPropagation()}
      onPointerDown={handleDown}
      onPointerMove={handleMove}
      onPointerUp={handleEnd}
      onPointerCancel={handleEnd}
      onDoubleClick={() => column.onWidth(fittingWidth(column))}
    />
  )
}

/**
 * How wide a column has to be for the rows in view: the engine lays it out once without a limit. The column is as it was
 * when this returns.
 */
export const fittingWidth = ({ show, cells, most, within }: Omit<SizedColumn, 'onWidth'>): number => {
  show('max-content')
  const widths = cells().map((cell) => cell.getBoundingClientRect().width)
  show(null)
  return within(Math.min(Math.ceil(Math.max(0, ...widths)) + 1, most()))
}
