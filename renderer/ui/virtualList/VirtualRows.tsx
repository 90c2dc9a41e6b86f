import { Fragment, useEffect, useLayoutEffect, useRef, type ReactNode, type RefObject } from 'react'
import { spacerHeight } from './scrollModel'
import type { DrawnRow, VirtualList } from './useVirtualList'
import styles from './virtualList.module.css'
import { isHtmlElement } from '../elements'

export interface VirtualRowsProps {
  readonly list: VirtualList
  /** Of the element around the rows; default: it has none. */
  readonly role?: 'rowgroup'
  /** Makes one element, of the list's row height unless the heights are measured. */
  readonly renderRow: (row: DrawnRow) => ReactNode
}

/**
 * The rows of a virtual list, inside the element that scrolls. They stand in a layer as high as the view, which stays
 * in view by itself: no element is as high as the whole list would be.
 */
export function VirtualRows({ list, role, renderRow }: VirtualRowsProps) {
  const { extent, headerHeight, top, from, to, drawn } = list
  const { heights, viewport } = extent
  const height = spacerHeight(extent)
  const firstTop = heights.topOf(from)
  const content = useRef<HTMLDivElement>(null)
  useMeasuring(content, list)
  return (
    <div role="presentation" style={{ height }}>
      <div
        role={role ?? 'presentation'}
        className={styles.layer}
        style={{ top: headerHeight, height: Math.min(viewport, height) }}
      >
        <div ref={content} role="presentation" style={{ transform: `translateY(${firstTop - top}px)` }}>
          {drawn.map((row) =>
            row.place >= from && row.place < to ? (
              <Fragment key={row.key}>{renderRow(row)}</Fragment>
            ) : (
              <div
                key={row.key}
                role="presentation"
                className={styles.apart}
                style={{ top: heights.topOf(row.place) - firstTop }}
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

/** Tells the list how high its rows are: before the page is painted, and when they take more or less room than before. */
const useMeasuring = (content: RefObject<HTMLElement | null>, { noteHeights }: VirtualList): void => {
  const isMeasured = noteHeights !== null
  const measure = () => {
    if (noteHeights && content.current) noteHeights([...content.current.children].map(heightOf))
  }
  const latest = useRef(measure)
  useLayoutEffect(() => {
    latest.current = measure
    measure()
  })
  useEffect(() => {
    if (!isMeasured || !content.current) return
    const observer = new ResizeObserver(() => latest.current())
    observer.observe(content.current)
    return () => observer.disconnect()
  }, [isMeasured, content])
}

const heightOf = (row: Element) => (isHtmlElement(row) ? row.offsetHeight : 0)
