/** A hidden window gets no animation frames; it still catches up at this pace. */
const hiddenPauseMs = 250

/** A window that draws. */
export type Frames = Pick<Window, 'requestAnimationFrame' | 'cancelAnimationFrame'>

/** Resolves at the next animation frame, so that the window draws before more is done. */
export const nextTurn = (page: Frames = globalThis): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(done, hiddenPauseMs)
    const frame = page.requestAnimationFrame(done)
    function done() {
      clearTimeout(timer)
      page.cancelAnimationFrame(frame)
      resolve()
    }
  })
