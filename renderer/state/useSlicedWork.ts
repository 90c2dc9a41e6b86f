import { useLayoutEffect } from 'react'

/**
 * One slice of work that may take longer than a frame: works for a few milliseconds, puts what it found where the render
 * reads it, and answers whether more is left. With nothing left to do it costs nothing.
 */
export type WorkSlice = () => boolean

/**
 * Works in slices, and never while rendering: one before the page is painted, so that what takes one slice comes with
 * the frame that asked for it, and then one before each frame until no more is left. It begins again with another
 * `slice`, which therefore has to be the same function while its question is the same, and when `news` changes: whatever
 * tells that there may be more to do.
 */
export const useSlicedWork = (slice: WorkSlice, news?: unknown): void => {
  useLayoutEffect(() => {
    let frame = 0
    const goOn = () => {
      if (slice()) frame = requestAnimationFrame(goOn)
    }
    goOn()
    return () => cancelAnimationFrame(frame)
  }, [slice, news])
}
