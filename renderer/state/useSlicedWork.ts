import { createContext, useCallback, useContext, useLayoutEffect, useRef } from 'react'
import type { Frames } from '../ipc/nextTurn'

/**
 * One slice of work that may take longer than a frame: works for a few milliseconds, puts what it found where the render
 * reads it, and answers whether more is left. With nothing left to do it costs nothing.
 */
export type WorkSlice = () => boolean

/**
 * The window whose frames the work waits for: the one in which what it is for is seen. The main window draws none while it
 * is minimised, whatever stands in other windows.
 */
export const FramesContext = createContext<Frames>(globalThis)

/**
 * Works in slices, and never while rendering: one before the page is painted, so that what takes one slice comes with
 * the frame that asked for it, and then one before each frame until no more is left. Another `slice` is another question:
 * it takes the place of the one before at once. `news` is whatever changes when there may be more to do: it begins work
 * that had ended; work that is under way comes to it in the next frame. The answer says the same of news that need no
 * render.
 */
export const useSlicedWork = (slice: WorkSlice, news?: unknown): (() => void) => {
  const frames = useContext(FramesContext)
  const underWay = useRef<Work | null>(null)
  useLayoutEffect(() => {
    const before = underWay.current
    if (before?.slice === slice && before.frames === frames && before.frame !== null) return
    if (before) stop(before)
    const work: Work = {
      slice,
      frames,
      frame: null,
      goOn: () => {
        work.frame = slice() ? frames.requestAnimationFrame(work.goOn) : null
      },
    }
    underWay.current = work
    work.goOn()
  }, [slice, news, frames])
  useLayoutEffect(
    () => () => {
      if (underWay.current) stop(underWay.current)
      underWay.current = null
    },
    [],
  )
  return useCallback(() => {
    const work = underWay.current
    if (work?.frame === null) work.goOn()
  }, [])
}

interface Work {
  readonly slice: WorkSlice
  readonly frames: Frames
  readonly goOn: () => void
  /** Null = it has ended. */
  frame: number | null
}

const stop = ({ frame, frames }: Work) => {
  if (frame !== null) frames.cancelAnimationFrame(frame)
}
