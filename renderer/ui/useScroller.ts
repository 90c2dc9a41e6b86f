import { useCallback, useState } from 'react'

/**
 * The element that scrolls, and its ref. It stays when the ref is taken away: a view that is hidden loses its refs, and
 * without its element a list would be drawn anew for nobody.
 */
export const useScroller = () => {
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null)
  const attach = useCallback((element: HTMLDivElement | null) => {
    if (element) setScroller(element)
  }, [])
  return [scroller, attach] as const
}
