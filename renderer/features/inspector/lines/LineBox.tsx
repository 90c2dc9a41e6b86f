import { useCallback, useState, type ReactNode } from 'react'
import type { MeasuredHeights } from '../../../ui/virtualList/rowHeights'
import { rowsByPlace } from '../../../ui/virtualList/listRows'
import { useVirtualList } from '../../../ui/virtualList/useVirtualList'
import { VirtualRows } from '../../../ui/virtualList/VirtualRows'
import styles from '../inspector.module.css'

/** Of a line that does not break; as in inspector.module.css. */
export const lineHeight = 18

interface LineBoxProps {
  readonly label: string
  readonly count: number
  /** Of lines that break at the pane's width; null = they do not: long ones scroll sideways. */
  readonly measured: MeasuredHeights | null
  /** Lines that are drawn beyond the view at either end. */
  readonly overscan: number
  /** Takes the element that scrolls. */
  readonly attach: (lines: HTMLElement | null) => void
  readonly renderLine: (index: number) => ReactNode
}

/** The box that lines scroll in: only those in view exist. */
export function LineBox({ label, count, measured, overscan, attach, renderLine }: LineBoxProps) {
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null)
  const attachScroller = useCallback(
    (element: HTMLDivElement | null) => {
      setScroller(element)
      attach(element)
    },
    [attach],
  )
  const list = useVirtualList({ scroller, rows: rowsByPlace(count), rowHeight: lineHeight, measured, overscan })
  return (
    <div
      ref={attachScroller}
      className={styles.lines}
      role="group"
      aria-label={label}
      tabIndex={0}
      data-fixed={measured === null}
      onScroll={list.handleScroll}
      onKeyDown={list.handleScrollKeys}
    >
      <VirtualRows
        list={list}
        renderRow={({ place }) => (
          <div data-index={place} data-last={place === count - 1} className={styles.line}>
            {renderLine(place)}
          </div>
        )}
      />
    </div>
  )
}
