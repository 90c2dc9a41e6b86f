import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { RowSource } from '../../model/logSearch/foundRows'
import type { MessageLog } from '../../model/messageLog/messageLog'
import {
  clampTop,
  isAtEnd,
  isScaled,
  maximumTop,
  scrollFromTop,
  topFromScroll,
  topRevealing,
  visiblePlaces,
  type Extent,
} from '../../ui/scrollModel'
import { useViewport } from '../../ui/useViewport'
import { rowHeight } from './rowHeight'

/**
 * Where the view stands: at the end, or at a row. A row number stays with its message, so the same messages stay in view
 * when others come, go or are filtered away.
 */
type Position = { readonly follow: true } | { readonly follow: false; readonly row: number; readonly offset: number }

const following: Position = { follow: true }

const topOf = (position: Position, source: RowSource, extent: Extent): number =>
  position.follow ? maximumTop(extent) : clampTop(source.placeOf(position.row) * rowHeight + position.offset, extent)

const positionAt = (top: number, source: RowSource, extent: Extent): Position => {
  const clamped = clampTop(top, extent)
  if (isAtEnd(clamped, extent)) return following
  const place = Math.floor(clamped / rowHeight)
  return { follow: false, row: source.rowAt(place), offset: clamped - place * rowHeight }
}

/** The same view, told by another row; null where that is not in it. */
const positionBy = (
  row: number,
  source: RowSource,
  { top, viewport }: Pick<LogScroll, 'top'> & Extent,
): Position | null => {
  const place = source.placeOf(row)
  const offset = top - place * rowHeight
  const isInView = source.rowAt(place) === row && offset <= 0 && offset > rowHeight - viewport
  return isInView ? { follow: false, row, offset } : null
}

const setScrollTop = (element: HTMLElement, scrollTop: number) => {
  element.scrollTop = scrollTop
}

export interface LogScroll {
  readonly following: boolean
  readonly extent: Extent
  readonly top: number
  readonly from: number
  readonly to: number
  /** Rows below the view, a row that is partly in it included. */
  readonly rowsBelow: number
  /** First row that was not there when following stopped. */
  readonly seenEndRow: number
  readonly follow: () => void
  /** Stops following: what is in view stays there. */
  readonly hold: () => void
  readonly reveal: (place: number) => void
  readonly handleScroll: () => void
}

export interface LogScrollOptions {
  readonly scroller: HTMLElement | null
  /** Another log, after a clear or its undo, is shown from its end. */
  readonly log: MessageLog
  readonly source: RowSource
  readonly headerHeight: number
  /** The row after the last one of the log. */
  readonly endRow: number
  /** The row that stays where it is, while it is in view, when others come or go between the rows; null = the first. */
  readonly heldRow: number | null
}

/** Scrolls a list of any length whose rows come and go at both ends, without anything jumping. */
export const useLogScroll = (options: LogScrollOptions): LogScroll => {
  const { scroller, log, source, headerHeight, endRow, heldRow } = options
  const viewport = useViewport(scroller, headerHeight)
  const [position, setPosition] = useState<Position>(following)
  const [seenEndRow, setSeenEndRow] = useState(0)
  const [shownLog, setShownLog] = useState(log)
  if (log !== shownLog) {
    // Row numbers of one log mean nothing in another.
    setShownLog(log)
    setPosition(following)
  }
  const extent: Extent = { rows: source.count(), rowHeight, viewport }
  const top = topOf(position, source, extent)
  if (!position.follow && heldRow !== null && heldRow !== position.row) {
    const held = positionBy(heldRow, source, { ...extent, top })
    if (held) setPosition(held)
  }
  const ownScrollTop = useRef(0)
  const moveTo = (wanted: number) => {
    const next = positionAt(wanted, source, extent)
    if (position.follow && !next.follow) setSeenEndRow(endRow)
    setPosition(next)
  }
  const latest = useRef({ moveTo, top, extent, following: position.follow })

  useLayoutEffect(() => {
    latest.current = { moveTo, top, extent, following: position.follow }
    if (!scroller) return
    const scrollTop = scrollFromTop(top, extent)
    if (Math.abs(scroller.scrollTop - scrollTop) > 1) setScrollTop(scroller, scrollTop)
    ownScrollTop.current = scroller.scrollTop
  })

  useEffect(() => {
    if (!scroller) return
    const handleWheel = (event: WheelEvent) => {
      const now = latest.current
      if (event.ctrlKey || event.deltaY === 0) return
      const delta = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * rowHeight : event.deltaY
      if (isScaled(now.extent)) {
        // One pixel of the bar is many rows here: the wheel moves the rows themselves.
        event.preventDefault()
        now.moveTo(now.top + delta)
      } else if (delta < 0 && now.following && now.top > 1) {
        // Before the next batch pulls the view back to the end.
        now.moveTo(now.top - 2)
      }
    }
    scroller.addEventListener('wheel', handleWheel, { passive: false })
    return () => scroller.removeEventListener('wheel', handleWheel)
  }, [scroller])

  const handleScroll = useCallback(() => {
    if (!scroller || Math.abs(scroller.scrollTop - ownScrollTop.current) <= 1) return
    ownScrollTop.current = scroller.scrollTop
    // A pane that grew has moved its own bar; whoever follows still follows.
    const isLowest = scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 1
    if (latest.current.following && isLowest) return
    latest.current.moveTo(topFromScroll(scroller.scrollTop, latest.current.extent))
  }, [scroller])

  return {
    following: position.follow,
    extent,
    top,
    ...visiblePlaces(top, extent),
    rowsBelow: isAtEnd(top, extent) ? 0 : Math.max(0, extent.rows - Math.floor((top + viewport + 1) / rowHeight)),
    seenEndRow,
    follow: useCallback(() => setPosition(following), []),
    hold: () => {
      if (!position.follow || extent.rows === 0) return
      const place = Math.floor(top / rowHeight)
      setSeenEndRow(endRow)
      setPosition({ follow: false, row: source.rowAt(place), offset: top - place * rowHeight })
    },
    reveal: (place) => moveTo(topRevealing(place, top, extent)),
    handleScroll,
  }
}
