import { setImmediate } from 'node:timers/promises'

export interface TurnLimits {
  /** Items of a piece. */
  readonly most: number
  /** Milliseconds: everything else waits no longer than this for what is read. */
  readonly turnMs: number
  readonly signal: AbortSignal
}

/**
 * What stands in an iterable, in pieces of what can be made of it in one turn, or of `most`; between them everything else has its
 * turn. Ends where `signal` is aborted.
 */
export async function* inTurns<Item>(
  items: Iterable<Item>,
  { most, turnMs, signal }: TurnLimits,
): AsyncGenerator<readonly Item[]> {
  const iterator = items[Symbol.iterator]()
  try {
    for (let isDone = false; !isDone && !signal.aborted;) {
      const piece: Item[] = []
      for (const end = performance.now() + turnMs; piece.length < most;) {
        const step = iterator.next()
        if (step.done === true) {
          isDone = true
          break
        }
        piece.push(step.value)
        if (performance.now() >= end) break
      }
      if (piece.length > 0) yield piece
      await setImmediate()
    }
  } finally {
    iterator.return?.()
  }
}
