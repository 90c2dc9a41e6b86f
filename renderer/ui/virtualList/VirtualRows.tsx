import { Fragment, type ReactNode } from 'react'
import { spacerHeight } from '../scrollModel'
import type { DrawnRow, VirtualList } from './useVirtualList'
import styles from './virtualList.module.css'

export interface VirtualRowsProps {
  readonly list: VirtualList
  /** Of the element around the rows; default: it has none. */
  readonly role?: 'rowgroup'
  /** Makes one element of the list's row height. */
  readonly renderRow: (row: DrawnRow) => ReactNode
}

/**
 * The rows of a virtual list, inside the element that scrolls. They stand in a layer as high as the view, which stays
 * in view by itself: no element is as high as the whole list would be.
 */
export function VirtualRows({ list, role, renderRow }: VirtualRowsProps) {
  const { extent, headerHeight, top, from, to, drawn } = list
  const { rowHeight, viewport } = extent
  const height = spacerHeight(extent)
  return (
    <div role="presentation" style={{ height }}>
      <div
        role={role ?? 'presentation'}
        className={styles.layer}
        style={{ top: headerHeight, height: Math.min(viewport, height) }}
      >
        <div role="presentation" style={{ transform: `translateY(${from * rowHeight - top}px)` }}>
          {drawn.map((row) =>
            row.place >= from && row.place < to ? (
              <Fragment key={row.key}>{renderRow(row)}</Fragment>
            ) : (
              <div
                key={row.key}
                role="presentation"
                className={styles.apart}
                style={{ top: (row.place - from) * rowHeight }}
              >
                {renderRow(row)}
              </div>
            ),
          )}
        </div>
      </div>
    </div>
  )
}
