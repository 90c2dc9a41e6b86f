import { memo, type RefObject } from 'react'
import { usePhrase } from '../../i18n/usePhrase'
import { classes } from '../../ui/classes'
import { ColumnEdge } from '../../ui/ColumnEdge'
import { sizedColumn } from './columns/columnWidths'
import type { DrawnColumn } from './columns/drawnColumns'
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
              <ColumnEdge
                column={{ ...sizedColumn(() => grid.current, place), onWidth: (width) => onWidth(id, width) }}
                isAtLeft={rest >= 0 && place > rest}
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
