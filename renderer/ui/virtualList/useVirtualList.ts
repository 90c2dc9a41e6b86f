import { useCallback, useReducer, useState, type Key } from 'react'
import { useViewport } from '../useViewport'
import { following, heldAt, positionAt, positionBy, topOf, type ListPosition } from './listPosition'
import type { ListRows } from './listRows'
import { fixedHeights, type MeasuredHeights } from './rowHeights'
import { createRowKeys } from './rowKeys'
import { isAtEnd, topRevealing, visiblePlaces, type Extent } from './scrollModel'
import { useScrollBar, type ScrollBarHandlers } from './useScrollBar'

export interface VirtualListOptions {
  /** The element that scrolls. */
  readonly scroller: HTMLElement | null
  readonly rows: ListRows
  /** Pixels; the same for all, unless they are measured. */
  readonly rowHeight: number
  /** Of as many rows as the list has: each is as high as it turns out when it is drawn; default: all have one height. */
  readonly measured?: MeasuredHeights | null
  /** Of what stays at the top of the scroller while the rows move below it; default: 0. */
  readonly headerHeight?: number
  /** Where the first look begins, in pixels from the first row; default: 0. */
  readonly startTop?: number
  /**
   * Rows that are drawn beyond the view at either end; default: 0. Rows that hold buttons need some, so that Tab finds
   * the next one and brings it into view.
   */
  readonly overscan?: number
  /** What a row keeps its element by; default: its number. */
  readonly keyOf?: (row: number) => Key
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
  readonly key: Key
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
  /** Takes the heights of the rows that are drawn, in their order; null = they are not measured. */
  readonly noteHeights: ((heights: readonly number[]) => void) | null
}

/**
 * A list of any number of rows, of which only those in view exist. Rows come and go at both ends, and in between, without
 * anything jumping.
 */
export const useVirtualList = (options: VirtualListOptions): VirtualList => {
  const { scroller, rows, rowHeight, headerHeight = 0, followsEnd = false, heldRow = null, onLeaveEnd } = options
  const heights = options.measured ?? fixedHeights(rows.count(), rowHeight)
  const extent: Extent = { heights, viewport: useViewport(scroller, headerHeight) }
  const list = { rows, extent }
  const [position, setPosition] = usePosition(options)
  const top = topOf(position, list)
  if (!position.follow && heldRow !== null && heldRow !== position.row) {
    const held = positionBy(heldRow, top, list)
    if (held) setPosition(held)
  }
  // From wherever the view was moved to since it was drawn.
  const take = (nextOf: (before: ListPosition) => ListPosition) => {
    if (position.follow && !nextOf(position).follow) onLeaveEnd?.()
    setPosition(nextOf)
  }
  const moveTo = (wanted: number) => take(() => positionAt(wanted, list, followsEnd))
  const handlers = useScrollBar(scroller, { top, extent, following: position.follow, moveTo })
  const drawn = useDrawnRows(options, top, extent)
  return {
    ...handlers,
    ...drawn,
    extent,
    headerHeight,
    top,
    following: position.follow,
    rowsBelow: isAtEnd(top, extent) ? 0 : Math.max(0, heights.rows - heights.placeAt(top + extent.viewport + 1)),
    pageRows: Math.max(1, Math.floor(extent.viewport / rowHeight) - 1),
    follow: useCallback(() => setPosition(following), [setPosition]),
    hold: () => {
      if (position.follow && heights.rows > 0) take(() => heldAt(top, list))
    },
    reveal: (place) => take((before) => positionAt(topRevealing(place, topOf(before, list), extent), list, followsEnd)),
    scrollTo: moveTo,
    noteHeights: useHeightNotes(options, drawn.drawn, [position, setPosition]),
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

/** Draws anew when a drawn row is not as high as it was taken for; what stands below the first row in view stays there. */
const useHeightNotes = (
  { measured, rows }: VirtualListOptions,
  drawn: readonly DrawnRow[],
  [position, setPosition]: readonly [ListPosition, (position: ListPosition) => void],
): VirtualList['noteHeights'] => {
  const [, redraw] = useReducer((turn: number) => turn + 1, 0)
  if (!measured) return null
  return (heights) => {
    const firstPlace = position.follow ? null : rows.placeOf(position.row)
    let isNews = false
    for (const [index, { place }] of drawn.entries()) {
      const before = measured.heightOf(place)
      const height = heights[index] ?? 0
      // What is not laid out, since nobody sees the list, has no height.
      if (height <= 0 || !measured.note(place, height)) continue
      isNews = true
      if (!position.follow && place === firstPlace && position.offset > 0)
        setPosition({ ...position, offset: position.offset + height - before })
    }
    if (isNews) redraw()
  }
}

/** What is drawn of a view: its rows and some around them, and the kept one. */
const useDrawnRows = (
  { rows, overscan = 0, keptPlace = null, recyclesElements = false, keyOf }: VirtualListOptions,
  top: number,
  extent: Extent,
): Pick<VirtualList, 'from' | 'to' | 'drawn'> => {
  const [rowKeys] = useState(createRowKeys)
  const count = extent.heights.rows
  const seen = visiblePlaces(top, extent)
  const from = Math.max(0, seen.from - overscan)
  const to = Math.min(count, seen.to + overscan)
  const places = Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index)
  if (keptPlace !== null && keptPlace >= 0 && keptPlace < count) {
    if (keptPlace < from) places.unshift(keptPlace)
    else if (keptPlace >= to) places.push(keptPlace)
  }
  const drawn = places.map((place) => ({ place, row: rows.rowAt(place) }))
  const elementOf = recyclesElements ? rowKeys(drawn.map(({ row }) => row)) : (keyOf ?? ((row: number) => row))
  return { from, to, drawn: drawn.map(({ place, row }) => ({ place, row, key: elementOf(row) })) }
}
