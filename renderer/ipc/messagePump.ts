import type { Batch } from '#shared/model/frame'
import type { Api } from './api'
import { nextTurn } from './nextTurn'

/** After a failure: long enough that one which lasts costs next to nothing. */
const failurePauseMs = 1_000

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

export interface MessagePumpOptions {
  readonly receive: (batch: Batch) => void
  /** Called for the first turn that fails, not for those after it: the pump goes on, and a lasting failure is one failure. */
  readonly onFailure: (error: unknown) => void
}

/**
 * Pulls messages: one request in flight, at most one batch an animation frame. A slow window gets larger batches, never
 * a growing queue. A turn that fails does not end it. Returns its stop.
 */
export const startMessagePump = (api: Api, { receive, onFailure }: MessagePumpOptions): (() => void) => {
  const stopping = new AbortController()
  const isRunning = () => !stopping.signal.aborted
  let fresh = true
  let reported = false

  const turn = async () => {
    const result = await api.invoke('message.take', { fresh })
    if (!result.ok) throw new Error(result.error.message)
    if (!isRunning()) return
    fresh = false
    receive(result.value)
  }
  const report = (error: unknown) => {
    if (reported || !isRunning()) return
    reported = true
    onFailure(error)
  }
  const run = async () => {
    while (isRunning()) {
      try {
        await turn()
        await nextTurn()
      } catch (error) {
        report(error)
        await pause(failurePauseMs)
      }
    }
  }
  void run()
  return () => stopping.abort()
}
