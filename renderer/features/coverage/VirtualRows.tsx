import { useState, type ReactNode } from 'react'
import { spacerHeight, topFromScroll, visiblePlaces } from '../../ui/scrollModel'
import { useViewport } from '../../ui/useViewport'
import styles from './coverage.module.css'

interface VirtualRowsProps {
  readonly label: string
  readonly count: number
  /** Pixels; the same for all. */
  readonly rowHeight: number
  readonly renderRow: (index: number) => ReactNode
}

const overscan = 8

/** Any number of rows of one height, of which only those in view exist; a list that grows costs no more for its length. */
export function VirtualRows({ label, count, rowHeight, renderRow }: VirtualRowsProps) {
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null)
  const [scrollTop, setScrollTop] = useState(0)
  const extent = { rows: count, rowHeight, viewport: useViewport(scroller) }
  const top = topFromScroll(scrollTop, extent)
  const seen = visiblePlaces(top, extent)
  const from = Math.max(0, seen.from - overscan)
  const to = Math.min(count, seen.to + overscan)
  // Where the scroll bar is only a scale, rows stand relative to it.
  const shift = from * rowHeight - top + Math.min(scrollTop, Math.max(0, spacerHeight(extent) - extent.viewport))
  return (
    <div
      ref={setScroller}
      role="list"
      aria-label={label}
      tabIndex={0}
      className={styles.rows}
      onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
    >
      <div className={styles.spacer} style={{ height: spacerHeight(extent) }}>
        <div className={styles.window} style={{ transform: `translateY(${shift}px)` }}>
          {Array.from({ length: Math.max(0, to - from) }, (_, offset) => from + offset).map((index) => (
            <div
              key={index}
              role="listitem"
              aria-posinset={index + 1}
              aria-setsize={count}
              style={{ height: rowHeight }}
            >
              {renderRow(index)}
            </div>
          ))}
        </div>
      </div>
    </div>
  )
}
