/** A hidden window gets no animation frames; it still catches up at this pace. */
const hiddenPauseMs = 250

/** Resolves at the next animation frame, so that the window draws before more is done. */
export const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(done, hiddenPauseMs)
    const frame = requestAnimationFrame(done)
    function done() {
      clearTimeout(timer)
      cancelAnimationFrame(frame)
      resolve()
    }
  })
