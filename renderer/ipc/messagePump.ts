import { batchMessages, type Batch } from '#shared/model/frame'
import type { Api } from './api'
import { nextTurn } from './nextTurn'

/** The pace of a hidden window: nothing is drawn for nobody, and the inbox never holds more than this long. */
const hiddenPauseMs = 250
/**
 * A batch of so many messages changes most of what is in view. More than thirty of those a second nobody sees: every
 * other frame is left to the page, and the core to the broker's socket.
 */
const busyMessages = 16
/** After a failure: long enough that one which lasts costs next to nothing. */
const failurePauseMs = 1_000

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

const messagesIn = ({ frames }: Batch) => frames.reduce((sum, { count }) => sum + count, 0)

export interface MessagePumpOptions {
  readonly receive: (batch: Batch) => void
  readonly isHidden: () => boolean
  /** Called for the first turn that fails, not for those after it: the pump goes on, and a lasting failure is one failure. */
  readonly onFailure: (error: unknown) => void
}

/**
 * Pulls messages: one request in flight, at most one batch an animation frame, and fewer when batches are busy or nobody
 * looks. A slow window gets larger batches, never a growing queue. A turn that fails does not end it. Returns its stop.
 */
export const startMessagePump = (api: Api, { receive, isHidden, onFailure }: MessagePumpOptions): (() => void) => {
  const stopping = new AbortController()
  const isRunning = () => !stopping.signal.aborted
  let fresh = true
  let reported = false

  const rest = async (messages: number) => {
    // A full batch says that more waits.
    if (messages < batchMessages && isHidden()) return pause(hiddenPauseMs)
    if (messages < batchMessages && messages >= busyMessages) await nextTurn()
    return nextTurn()
  }
  const turn = async () => {
    const result = await api.invoke('message.take', { fresh })
    if (!result.ok) throw new Error(result.error.message)
    fresh = false
    if (!isRunning()) return
    receive(result.value)
    await rest(messagesIn(result.value))
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
      } catch (error) {
        report(error)
        await pause(failurePauseMs)
      }
    }
  }
  void run()
  return () => stopping.abort()
}
