import { useState, type KeyboardEvent, type ReactNode } from 'react'
import { rowsByPlace } from './listRows'
import { useVirtualList } from './useVirtualList'
import { VirtualRows } from './VirtualRows'

interface RowListProps {
  readonly label: string
  /** Gives it its height and makes it scroll. */
  readonly className: string | undefined
  readonly count: number
  /** Pixels; the same for all. */
  readonly rowHeight: number
  readonly renderRow: (index: number) => ReactNode
  /** Keys that do not scroll here; true = it was one of them. */
  readonly onKey?: (event: KeyboardEvent<HTMLElement>) => boolean
}

/** Any number of rows of one height, of which only those in view exist; a list that grows costs no more for its length. */
export function RowList({ label, className, count, rowHeight, renderRow, onKey }: RowListProps) {
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null)
  const list = useVirtualList({ scroller, rows: rowsByPlace(count), rowHeight, overscan: 8 })
  return (
    <div
      ref={setScroller}
      role="list"
      aria-label={label}
      tabIndex={0}
      className={className}
      onScroll={list.handleScroll}
      onKeyDown={(event) => {
        if (!onKey?.(event)) list.handleScrollKeys(event)
      }}
    >
      <VirtualRows
        list={list}
        renderRow={({ place }) => (
          <div role="listitem" aria-posinset={place + 1} aria-setsize={count} style={{ height: rowHeight }}>
            {renderRow(place)}
          </div>
        )}
      />
    </div>
  )
}
