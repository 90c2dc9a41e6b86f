import { useCallback, useEffect, useLayoutEffect, useRef, type KeyboardEvent } from 'react'
import { isScaled, maximumTop, scrollFromTop, topFromScroll, type Extent } from './scrollModel'

export interface ScrolledView {
  readonly top: number
  readonly extent: Extent
  readonly following: boolean
  readonly moveTo: (top: number) => void
}

export interface ScrollBarHandlers {
  readonly handleScroll: () => void
  /** Where the bar is a scale, the browser's own keys would leap over rows: these move by rows and pages instead. */
  readonly handleScrollKeys: (event: KeyboardEvent) => void
}

/** Keeps the scroll bar of an element and the view of its list in step, whichever of the two moves. */
export const useScrollBar = (scroller: HTMLElement | null, view: ScrolledView): ScrollBarHandlers => {
  const latest = useRef(view)
  /** Where the bar of this scroller was seen or put last. */
  const seen = useRef({ scroller, scrollTop: 0 })
  useLayoutEffect(() => {
    latest.current = view
    if (!scroller) return
    if (seen.current.scroller !== scroller) seen.current = { scroller, scrollTop: scroller.scrollTop }
    const wanted = scrollFromTop(view.top, view.extent)
    // A bar that the view has not moved is left alone: writing to it would stop a scroll that is under way.
    if (Math.abs(wanted - seen.current.scrollTop) <= 1) return
    setScrollTop(scroller, wanted)
    seen.current.scrollTop = scroller.scrollTop
  })

  useEffect(() => {
    if (!scroller) return
    const handleWheel = (event: WheelEvent) => moveByWheel(event, latest.current)
    scroller.addEventListener('wheel', handleWheel, { passive: false })
    return () => scroller.removeEventListener('wheel', handleWheel)
  }, [scroller])

  const handleScroll = useCallback(() => {
    if (!scroller || Math.abs(scroller.scrollTop - seen.current.scrollTop) <= 1) return
    seen.current.scrollTop = scroller.scrollTop
    // A pane that grew has moved its own bar; whoever follows still follows.
    const isLowest = scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 1
    if (latest.current.following && isLowest) return
    latest.current.moveTo(topFromScroll(scroller.scrollTop, latest.current.extent))
  }, [scroller])

  const handleScrollKeys = useCallback((event: KeyboardEvent) => {
    const { top, extent, moveTo } = latest.current
    const move = event.ctrlKey || event.metaKey || event.altKey ? undefined : moves[event.key]
    if (!move || !isScaled(extent)) return
    event.preventDefault()
    moveTo(move(top, extent))
  }, [])

  return { handleScroll, handleScrollKeys }
}

const setScrollTop = (element: HTMLElement, scrollTop: number) => {
  element.scrollTop = scrollTop
}

const moveByWheel = (event: WheelEvent, { top, extent, following, moveTo }: ScrolledView) => {
  if (event.ctrlKey || event.shiftKey || event.deltaY === 0) return
  const isInLines = event.deltaMode === WheelEvent.DOM_DELTA_LINE
  const delta = isInLines ? event.deltaY * extent.heights.rowHeight : event.deltaY
  if (isScaled(extent)) {
    // One pixel of the bar is many rows here: the wheel moves the rows themselves.
    event.preventDefault()
    moveTo(top + delta)
  } else if (delta < 0 && following && top > 1) {
    // Before the next rows pull the view back to the end.
    moveTo(top - 2)
  }
}

const moves: Readonly<Record<string, (top: number, extent: Extent) => number>> = {
  ArrowUp: (top, { heights }) => top - heights.rowHeight,
  ArrowDown: (top, { heights }) => top + heights.rowHeight,
  PageUp: (top, { viewport, heights }) => top - viewport + heights.rowHeight,
  PageDown: (top, { viewport, heights }) => top + viewport - heights.rowHeight,
  Home: () => 0,
  End: (_top, extent) => maximumTop(extent),
}
