import { useCallback, useState, type ReactNode } from 'react'
import { spacerHeight } from '../../../ui/scrollModel'
import { useViewport } from '../../../ui/useViewport'
import styles from '../inspector.module.css'
import { lineHeight, useFixedScroll } from './useFixedScroll'

export interface FixedLinesProps {
  readonly label: string
  readonly count: number
  /** Takes the element that scrolls. */
  readonly attach: (lines: HTMLElement | null) => void
  readonly renderLine: (index: number) => ReactNode
}

/** Any number of lines of one height, of which only those in view exist. Long ones scroll sideways. */
export function FixedLines({ label, count, attach, renderLine }: FixedLinesProps) {
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null)
  const attachScroller = useCallback(
    (element: HTMLDivElement | null) => {
      setScroller(element)
      attach(element)
    },
    [attach],
  )
  const viewport = useViewport(scroller)
  const extent = { rows: count, rowHeight: lineHeight, viewport }
  const { top, from, to, ...handlers } = useFixedScroll(scroller, extent)
  const places = Array.from({ length: to - from }, (_, index) => from + index)
  return (
    <div className={styles.linesFrame}>
      <div
        ref={attachScroller}
        className={styles.lines}
        role="group"
        aria-label={label}
        tabIndex={0}
        data-fixed="true"
        {...handlers}
      >
        <div className={styles.linesSpacer} style={{ height: spacerHeight(extent) }}>
          <div className={styles.linesLayer} style={{ height: Math.min(viewport, spacerHeight(extent)) }}>
            <div style={{ transform: `translateY(${from * lineHeight - top}px)` }}>
              {places.map((place) => (
                <div key={place} data-index={place} className={styles.line}>
                  {renderLine(place)}
                </div>
              ))}
            </div>
          </div>
        </div>
      </div>
    </div>
  )
}
