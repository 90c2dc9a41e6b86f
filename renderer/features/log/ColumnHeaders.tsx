import { memo, useRef, type PointerEvent, type RefObject } from 'react'
import { usePhrase } from '../../i18n/usePhrase'
import { classes } from '../../ui/classes'
import { fittingWidth, withinWidths } from './columns/columnWidths'
import { widthVariable, type DrawnColumn } from './columns/drawnColumns'
import { useHeaderDrag } from './columns/useHeaderDrag'
import styles from './log.module.css'

export interface ColumnHeadersProps {
  readonly columns: readonly DrawnColumn[]
  readonly grid: RefObject<HTMLElement | null>
  /** A person has chosen it, in pixels. */
  readonly onWidth: (id: string, width: number) => void
  /** A person has dragged a column to the place of another one. */
  readonly onMove: (id: string, placeOf: string) => void
}

/** The names of the columns. */
export const ColumnHeaders = memo(function ColumnHeaders({ columns, grid, onWidth, onMove }: ColumnHeadersProps) {
  const textOf = usePhrase()
  const drag = useHeaderDrag(
    columns.map(({ id }) => id),
    onMove,
  )
  const rest = columns.findIndex(({ id }) => id === takesRest)
  return (
    <div role="rowgroup" className={styles.header}>
      <div role="row" aria-rowindex={1} className={styles.headerRow}>
        {columns.map(({ id, name, headerClasses, icon: Icon }, place) => (
          <span
            key={id}
            role="columnheader"
            data-column={id}
            className={classes(styles.headerCell, headerClasses)}
            title={textOf(name)}
            data-drop={drag.sideOf(id) ?? undefined}
            {...drag.target(id)}
          >
            <span className={styles.headerName} {...drag.handle(id)}>
              {Icon ? <Icon size={12} aria-hidden="true" /> : null}
              <span className={Icon ? 'visually-hidden' : undefined}>{textOf(name)}</span>
            </span>
            {place === rest ? null : (
              <Resizer
                grid={grid}
                place={place}
                isAfterRest={rest >= 0 && place > rest}
                onWidth={(width) => onWidth(id, width)}
              />
            )}
          </span>
        ))}
      </div>
    </div>
  )
})

/** It has no width of its own: what the others leave is its. */
const takesRest = 'payload'

interface ResizerProps {
  readonly grid: RefObject<HTMLElement | null>
  readonly place: number
  /** Its right edge stands still, so that its left one is what a person moves. */
  readonly isAfterRest: boolean
  readonly onWidth: (width: number) => void
}

/** The column follows the pointer; until it is let go the width stands in the style of the grid, and no row is drawn again. */
function Resizer({ grid, place, isAfterRest, onWidth }: ResizerProps) {
  const drag = useRef<{ readonly x: number; readonly width: number; now: number | null } | null>(null)
  const handleDown = (event: PointerEvent<HTMLSpanElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    drag.current = { x: event.clientX, width: event.currentTarget.parentElement?.offsetWidth ?? 0, now: null }
  }
  const handleMove = ({ clientX }: PointerEvent<HTMLSpanElement>) => {
    if (!drag.current) return
    const moved = clientX - drag.current.x
    if (moved === 0 && drag.current.now === null) return
    drag.current.now = withinWidths(drag.current.width + (isAfterRest ? -moved : moved))
    grid.current?.style.setProperty(widthVariable(place), `${drag.current.now}px`)
  }
  const handleEnd = () => {
    const chosen = drag.current?.now ?? null
    drag.current = null
    if (chosen === null) return
    grid.current?.style.removeProperty(widthVariable(place))
    onWidth(chosen)
  }
  return (
    <span
      className={styles.resizer}
      data-edge={isAfterRest ? 'left' : 'right'}
      aria-hidden="true"
      // The engine looks for what is dragged where the button went down, and the next header may have moved there meanwhile.
      onMouseDown={(event) => event.preventDefault()}
      onPointerDown={handleDown}
      onPointerMove={handleMove}
      onPointerUp={handleEnd}
      onPointerCancel={handleEnd}
      onDoubleClick={() => grid.current && onWidth(fittingWidth(grid.current, place))}
    />
  )
}
