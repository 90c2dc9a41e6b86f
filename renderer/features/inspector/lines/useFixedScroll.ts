import { useCallback, useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react'
import {
  clampTop,
  isScaled,
  maximumTop,
  scrollFromTop,
  topFromScroll,
  visiblePlaces,
  type Extent,
} from '../../../ui/scrollModel'

/** As in inspector.module.css. */
export const lineHeight = 18

const moves: Readonly<Record<string, (top: number, extent: Extent) => number>> = {
  ArrowUp: (top) => top - lineHeight,
  ArrowDown: (top) => top + lineHeight,
  PageUp: (top, { viewport }) => top - viewport + lineHeight,
  PageDown: (top, { viewport }) => top + viewport - lineHeight,
  Home: () => 0,
  End: (_top, extent) => maximumTop(extent),
}

const setScrollTop = (element: HTMLElement, scrollTop: number) => {
  element.scrollTop = scrollTop
}

/** Scrolls a list of any length that only grows at its end. Where the scroll bar is a scale, keys and wheel move lines. */
export const useFixedScroll = (scroller: HTMLElement | null, extent: Extent) => {
  const [wanted, setWanted] = useState(0)
  const top = clampTop(wanted, extent)
  const ownScrollTop = useRef(0)
  const latest = useRef({ top, extent })

  useLayoutEffect(() => {
    latest.current = { top, extent }
    // Unscaled, the bar is right by itself, and writing to it would stop a scroll that is under way.
    if (!scroller || !isScaled(extent)) return
    const scrollTop = scrollFromTop(top, extent)
    if (Math.abs(scroller.scrollTop - scrollTop) > 1) setScrollTop(scroller, scrollTop)
    ownScrollTop.current = scroller.scrollTop
  })

  useEffect(() => {
    if (!scroller) return
    const handleWheel = (event: WheelEvent) => {
      const now = latest.current
      if (event.ctrlKey || event.shiftKey || event.deltaY === 0 || !isScaled(now.extent)) return
      event.preventDefault()
      const delta = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * lineHeight : event.deltaY
      setWanted(clampTop(now.top + delta, now.extent))
    }
    scroller.addEventListener('wheel', handleWheel, { passive: false })
    return () => scroller.removeEventListener('wheel', handleWheel)
  }, [scroller])

  const onScroll = useCallback(() => {
    if (!scroller) return
    const now = latest.current
    if (isScaled(now.extent) && Math.abs(scroller.scrollTop - ownScrollTop.current) <= 1) return
    ownScrollTop.current = scroller.scrollTop
    setWanted(topFromScroll(scroller.scrollTop, now.extent))
  }, [scroller])

  const onKeyDown = useCallback((event: KeyboardEvent) => {
    const now = latest.current
    const move = event.ctrlKey || event.metaKey || event.altKey ? undefined : moves[event.key]
    if (!move || !isScaled(now.extent)) return
    event.preventDefault()
    setWanted(clampTop(move(now.top, now.extent), now.extent))
  }, [])

  return { top, ...visiblePlaces(top, extent), onScroll, onKeyDown }
}
