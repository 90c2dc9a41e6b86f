import { useCallback, useEffect, useRef, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react'
import type { MeasuredHeights } from '../../../ui/virtualList/rowHeights'
import { rowsByPlace } from '../../../ui/virtualList/listRows'
import { useVirtualList } from '../../../ui/virtualList/useVirtualList'
import { VirtualRows } from '../../../ui/virtualList/VirtualRows'
import { useScroller } from '../../../ui/useScroller'
import styles from '../inspector.module.css'
import { isElement } from '../../../ui/elements'

/** Of a line that does not break; as in inspector.module.css. */
export const lineHeight = 18

/** A line that keys and clicks choose, where lines can be chosen. */
export interface LineCursor {
  /** Null = none is chosen yet. */
  readonly place: number | null
  readonly choose: (place: number) => void
  /** Takes a key that moves nothing; answers whether it did. */
  readonly handleKey: (event: KeyboardEvent) => boolean
}

/** Where the lines should go: to this place, once for each turn. */
export interface LineGoal {
  readonly place: number
  readonly turn: number
}

/** What all boxes of lines have in common. */
export interface LineBoxProps {
  readonly label: string
  readonly count: number
  /** Takes the element that scrolls. */
  readonly attach: (lines: HTMLElement | null) => void
  readonly renderLine: (index: number) => ReactNode
  readonly cursor?: LineCursor | null
  readonly goal?: LineGoal | null
}

interface BoxProps extends LineBoxProps {
  /** Of lines that break at the pane's width; null = they do not: long ones scroll sideways. */
  readonly measured: MeasuredHeights | null
  /** Lines that are drawn beyond the view at either end. */
  readonly overscan: number
}

/** The box that lines scroll in: only those in view exist. */
export function LineBox({
  label,
  count,
  measured,
  overscan,
  attach,
  renderLine,
  cursor = null,
  goal = null,
}: BoxProps) {
  const [scroller, noteScroller] = useScroller()
  const attachScroller = useCallback(
    (element: HTMLDivElement | null) => {
      noteScroller(element)
      attach(element)
    },
    [attach, noteScroller],
  )
  const list = useVirtualList({ scroller, rows: rowsByPlace(count), rowHeight: lineHeight, measured, overscan })
  const reveal = useRef(list.reveal)
  useEffect(() => {
    reveal.current = list.reveal
  })
  useEffect(() => {
    if (goal) reveal.current(goal.place)
  }, [goal])
  const handleKey = (event: KeyboardEvent) => {
    if (cursor && moveCursor(event, { ...cursor, count, first: list.from })) {
      event.preventDefault()
      return
    }
    if (cursor?.handleKey(event)) event.preventDefault()
    else list.handleScrollKeys(event)
  }
  const moveCursor = (event: KeyboardEvent, { place, choose, first }: LineCursor & CursorList) => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (by === 0 || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return false
    const next = Math.min(Math.max(place === null ? first : place + by, 0), count - 1)
    choose(next)
    list.reveal(next)
    return true
  }
  return (
    <div
      ref={attachScroller}
      className={styles.lines}
      role="group"
      aria-label={label}
      tabIndex={0}
      data-fixed={measured === null}
      onScroll={list.handleScroll}
      onKeyDown={handleKey}
      onMouseDown={(event) => chooseUnder(event, cursor)}
    >
      <VirtualRows
        list={list}
        renderRow={({ place }) => (
          <div
            data-index={place}
            data-last={place === count - 1}
            aria-current={cursor?.place === place ? 'true' : undefined}
            className={styles.line}
          >
            {renderLine(place)}
          </div>
        )}
      />
    </div>
  )
}

interface CursorList {
  readonly count: number
  /** The first line in view. */
  readonly first: number
}

const chooseUnder = ({ target }: MouseEvent, cursor: LineCursor | null) => {
  const line = isElement(target) ? target.closest<HTMLElement>('[data-index]') : null
  if (cursor && line) cursor.choose(Number(line.dataset['index']))
}
