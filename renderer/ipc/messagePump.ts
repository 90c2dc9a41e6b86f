// Why it is so: build/docs/decisions/15-floods-are-paced.md
import type { Batch, TimedBatch } from '#shared/model/frame'
import type { Api } from './api'
import { nextTurn, type Frames } from './nextTurn'

/** The pace of a hidden window: nothing is drawn, and messages wait in the inbox no longer than this. */
const hiddenPauseMs = 250
/**
 * A batch of so many messages changes all that is in view, and more than thirty such changes a second nobody sees. The page
 * draws nothing between them: the core is left to the socket, and the frames to the person.
 */
const busy = { messages: 16, pauseMs: 16 } as const
/**
 * In a flood it draws 23 and then 19 times a second. It does not wait for a frame to ask for the next batch, so that a message
 * waits for half a frame and not for a whole one when it is there: 19 of 20 are to be seen within 60 ms.
 */
const floods = [
  { perSecond: 20_000, pauseMs: 50 },
  { perSecond: 2_000, pauseMs: 40 },
] as const
/** A burst is no flood: messages a second are those of about so long. */
const rateMs = 250
/** After a failure: long enough that one which lasts costs next to nothing. */
const failurePauseMs = 1_000

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** How fast messages come, of late. */
const createRate = () => {
  let perSecond = 0
  let countedAt = performance.now()
  return (messages: number): number => {
    const now = performance.now()
    const passed = Math.max(1, now - countedAt)
    countedAt = now
    perSecond += ((messages * 1_000) / passed - perSecond) * (1 - Math.exp(-passed / rateMs))
    return perSecond
  }
}

const messagesIn = ({ frames }: Batch) => frames.reduce((sum, { count }) => sum + count, 0)

export interface MessagePumpOptions {
  readonly receive: (batch: TimedBatch) => void
  readonly isHidden: () => boolean
  /** The one whose frames it waits for. */
  readonly page: () => Frames
  /** Called for the first turn that fails, not for those after it: the pump goes on, and a lasting failure is one failure. */
  readonly onFailure: (error: unknown) => void
}

/**
 * Pulls messages: one request in flight, at most one batch an animation frame, and fewer when batches are busy or nobody
 * looks. A slow window gets larger batches, never a growing queue. A turn that fails does not end it. Returns its stop.
 */
export const startMessagePump = (
  api: Api,
  { receive, isHidden, page, onFailure }: MessagePumpOptions,
): (() => void) => {
  const stopping = new AbortController()
  const isRunning = () => !stopping.signal.aborted
  let fresh = true
  let reported = false
  const rateWith = createRate()

  const rest = async (batch: Batch) => {
    const messages = messagesIn(batch)
    const perSecond = rateWith(messages)
    if (!batch.more) {
      if (isHidden()) return pause(hiddenPauseMs)
      const flood = floods.find((one) => perSecond >= one.perSecond)
      if (flood) return Promise.all([pause(flood.pauseMs), nextTurn(page())])
      if (messages >= busy.messages) await pause(busy.pauseMs)
    }
    return nextTurn(page())
  }
  const turn = async () => {
    const result = await api.invoke('message.take', { fresh })
    if (!result.ok) throw new Error(result.error.message)
    fresh = false
    if (!isRunning()) return
    receive(result.value)
    await rest(result.value)
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
