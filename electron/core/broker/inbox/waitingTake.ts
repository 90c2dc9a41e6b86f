import type { Batch } from '#shared/model/frame'

const emptyBatch: Batch = { frames: [], connections: [], more: false }

/** The pending take. `collect` answers the batch that waits; null = nothing does. */
export interface WaitingTake {
  wait(): Promise<Batch>
  /**
   * Something waits. The take is answered after the socket chunk was read, so that a batch holds all its messages.
   */
  wake(): void
  /** Answers a take that waits with nothing. */
  giveUp(): void
}

export const createWaitingTake = (collect: () => Batch | null): WaitingTake => {
  let resolve: ((batch: Batch) => void) | null = null
  let isScheduled = false

  const answer = (batch: Batch) => {
    const waiting = resolve
    resolve = null
    waiting?.(batch)
  }
  const answerWhatCame = () => {
    isScheduled = false
    const batch = resolve ? collect() : null
    if (batch) answer(batch)
  }
  return {
    wait: () => new Promise<Batch>((resolveTake) => (resolve = resolveTake)),
    wake: () => {
      if (!resolve || isScheduled) return
      isScheduled = true
      setImmediate(answerWhatCame)
    },
    giveUp: () => answer(emptyBatch),
  }
}
