import type { Batch } from '#shared/model/frame'
import type { Api } from './api'

/** A hidden window gets no animation frames; it still catches up at this pace. */
const hiddenPauseMs = 250

const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(done, hiddenPauseMs)
    const frame = requestAnimationFrame(done)
    function done() {
      clearTimeout(timer)
      cancelAnimationFrame(frame)
      resolve()
    }
  })

/**
 * Pulls messages: one request in flight, at most one batch an animation frame. A slow window gets larger batches, never
 * a growing queue. Returns its stop.
 */
export const startMessagePump = (api: Api, receive: (batch: Batch) => void): (() => void) => {
  const stopping = new AbortController()
  const run = async () => {
    let fresh = true
    while (!stopping.signal.aborted) {
      const result = await api.invoke('message.take', { fresh })
      if (result.ok && !stopping.signal.aborted) {
        fresh = false
        receive(result.value)
      }
      await nextTurn()
    }
  }
  void run()
  return () => stopping.abort()
}
