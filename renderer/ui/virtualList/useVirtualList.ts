import { useCallback, useState } from 'react'
import { isAtEnd, topRevealing, visiblePlaces, type Extent } from '../scrollModel'
import { useViewport } from '../useViewport'
import { following, heldAt, positionAt, positionBy, topOf, type ListPosition } from './listPosition'
import type { ListRows } from './listRows'
import { createRowKeys } from './rowKeys'
import { useScrollBar, type ScrollBarHandlers } from './useScrollBar'

export interface VirtualListOptions {
  /** The element that scrolls. */
  readonly scroller: HTMLElement | null
  readonly rows: ListRows
  /** Pixels; the same for all. */
  readonly rowHeight: number
  /** Of what stays at the top of the scroller while the rows move below it; default: 0. */
  readonly headerHeight?: number
  /** Where the first look begins, in pixels from the first row; default: 0. */
  readonly startTop?: number
  /**
   * Rows that are drawn beyond the view at either end; default: 0. Rows that hold buttons need some, so that Tab finds
   * the next one and brings it into view.
   */
  readonly overscan?: number
  /**
   * An element whose row leaves the view is given to one that comes: a screenful drawn anew is then a change of texts.
   * Not for rows that take the focus, which would go to another row with the element.
   */
  readonly recyclesElements?: boolean
  /** The view begins at the end, and whoever scrolls there stays there as rows come. */
  readonly followsEnd?: boolean
  /** What the rows are of: with another one the view begins anew, since row numbers mean something else. */
  readonly subject?: unknown
  /** The row that stays where it is, while it is in view, when others come or go between the rows; null = the first. */
  readonly heldRow?: number | null
  /** This place is drawn wherever the view is: what `aria-activedescendant` names must exist. */
  readonly keptPlace?: number | null
  /** The end is not followed any more. */
  readonly onLeaveEnd?: () => void
}

/** A row that is drawn. */
export interface DrawnRow {
  readonly place: number
  readonly row: number
  /** Of its element. */
  readonly key: number
}

export interface VirtualList extends ScrollBarHandlers {
  readonly extent: Extent
  readonly headerHeight: number
  /** Pixels of rows above the view. */
  readonly top: number
  /** Places that are drawn one after the other: the first of them, and the one after the last. */
  readonly from: number
  readonly to: number
  /** In the order of their places; a kept one may stand apart. */
  readonly drawn: readonly DrawnRow[]
  readonly following: boolean
  /** Rows below the view, a row that is partly in it included. */
  readonly rowsBelow: number
  /** Rows that a page of the keyboard moves by: one stays in view. */
  readonly pageRows: number
  readonly follow: () => void
  /** Stops following: what is in view stays there. */
  readonly hold: () => void
  /** Brings a place into view with the least movement. */
  readonly reveal: (place: number) => void
  readonly scrollTo: (top: number) => void
}

/**
 * A list of any number of rows of one height, of which only those in view exist. Rows come and go at both ends, and in
 * between, without anything jumping.
 */
export const useVirtualList = (options: VirtualListOptions): VirtualList => {
  const { scroller, rows, rowHeight, headerHeight = 0, followsEnd = false, heldRow = null, onLeaveEnd } = options
  const extent: Extent = { rows: rows.count(), rowHeight, viewport: useViewport(scroller, headerHeight) }
  const list = { rows, extent }
  const [position, setPosition] = usePosition(options)
  const top = topOf(position, list)
  if (!position.follow && heldRow !== null && heldRow !== position.row) {
    const held = positionBy(heldRow, top, list)
    if (held) setPosition(held)
  }
  const take = (next: ListPosition) => {
    if (position.follow && !next.follow) onLeaveEnd?.()
    setPosition(next)
  }
  const moveTo = (wanted: number) => take(positionAt(wanted, list, followsEnd))
  const handlers = useScrollBar(scroller, { top, extent, following: position.follow, moveTo })
  return {
    ...handlers,
    ...useDrawnRows(options, top, extent),
    extent,
    headerHeight,
    top,
    following: position.follow,
    rowsBelow: isAtEnd(top, extent)
      ? 0
      : Math.max(0, extent.rows - Math.floor((top + extent.viewport + 1) / rowHeight)),
    pageRows: Math.max(1, Math.floor(extent.viewport / rowHeight) - 1),
    follow: useCallback(() => setPosition(following), [setPosition]),
    hold: () => {
      if (position.follow && extent.rows > 0) take(heldAt(top, list))
    },
    reveal: (place) => moveTo(topRevealing(place, top, extent)),
    scrollTo: moveTo,
  }
}

const usePosition = ({ subject, followsEnd, startTop = 0 }: VirtualListOptions) => {
  const start: ListPosition = followsEnd ? following : { follow: false, row: 0, offset: startTop }
  const [position, setPosition] = useState(start)
  const [shownSubject, setShownSubject] = useState(subject)
  if (subject !== shownSubject) {
    setShownSubject(subject)
    setPosition(start)
  }
  return [position, setPosition] as const
}

/** What is drawn of a view: its rows and some around them, and the kept one. */
const useDrawnRows = (
  { rows, overscan = 0, keptPlace = null, recyclesElements = false }: VirtualListOptions,
  top: number,
  extent: Extent,
): Pick<VirtualList, 'from' | 'to' | 'drawn'> => {
  const [rowKeys] = useState(createRowKeys)
  const seen = visiblePlaces(top, extent)
  const from = Math.max(0, seen.from - overscan)
  const to = Math.min(extent.rows, seen.to + overscan)
  const places = Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index)
  if (keptPlace !== null && keptPlace >= 0 && keptPlace < extent.rows) {
    if (keptPlace < from) places.unshift(keptPlace)
    else if (keptPlace >= to) places.push(keptPlace)
  }
  const drawn = places.map((place) => ({ place, row: rows.rowAt(place) }))
  const keyOf = recyclesElements ? rowKeys(drawn.map(({ row }) => row)) : (row: number) => row
  return { from, to, drawn: drawn.map(({ place, row }) => ({ place, row, key: keyOf(row) })) }
}
