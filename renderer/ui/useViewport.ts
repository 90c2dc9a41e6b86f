import { useLayoutEffect, useState } from 'react'

/** The height of what a scroller shows, without a header of `headerHeight` that stays in place. */
export const useViewport = (scroller: HTMLElement | null, headerHeight = 0): number => {
  const [viewport, setViewport] = useState(0)
  useLayoutEffect(() => {
    if (!scroller) return
    const measure = () => setViewport(Math.max(0, scroller.clientHeight - headerHeight))
    measure()
    // Of the window in which it stands: another one that is hidden would tell nothing.
    const { ResizeObserver: Observer } = scroller.ownerDocument.defaultView ?? window
    const observer = new Observer(measure)
    observer.observe(scroller)
    return () => observer.disconnect()
  }, [scroller, headerHeight])
  return viewport
}
