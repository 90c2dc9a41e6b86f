import { memo, useRef, type PointerEvent, type RefObject } from 'react'
import { useTranslations } from 'use-intl'
import styles from './log.module.css'
import { drawnColumns } from './messageColumns'

const narrowest = 80

/** The names of the columns. */
export const ColumnHeaders = memo(function ColumnHeaders({ grid }: { readonly grid: RefObject<HTMLElement | null> }) {
  const t = useTranslations('log.columns')
  return (
    <div role="rowgroup" className={styles.header}>
      <div role="row" aria-rowindex={1} className={styles.headerRow}>
        {drawnColumns.map(({ id, headerClasses, isNameHidden, isResizable }) => (
          <span key={id} role="columnheader" className={headerClasses}>
            {isNameHidden ? <span className="visually-hidden">{t(id)}</span> : t(id)}
            {isResizable ? <TopicResizer grid={grid} /> : null}
          </span>
        ))}
      </div>
    </div>
  )
})

/** The topic column follows the pointer; the width lives on the grid as a custom property, so no row is drawn again. */
function TopicResizer({ grid }: { readonly grid: RefObject<HTMLElement | null> }) {
  const start = useRef({ x: 0, width: 0 })
  const handleDown = (event: PointerEvent<HTMLSpanElement>) => {
    const cell = event.currentTarget.parentElement
    event.currentTarget.setPointerCapture(event.pointerId)
    start.current = { x: event.clientX, width: cell?.offsetWidth ?? narrowest }
  }
  const handleMove = (event: PointerEvent<HTMLSpanElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    const width = Math.max(narrowest, start.current.width + event.clientX - start.current.x)
    grid.current?.style.setProperty('--topic-width', `${width}px`)
  }
  return (
    <span
      className={styles.resizer}
      aria-hidden="true"
      onPointerDown={handleDown}
      onPointerMove={handleMove}
      onDoubleClick={() => grid.current?.style.removeProperty('--topic-width')}
    />
  )
}
