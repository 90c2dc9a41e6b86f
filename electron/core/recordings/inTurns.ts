import { setImmediate } from 'node:timers/promises'

/** Messages of other connections wait no longer than this for a recording that is read. */
const turnMs = 8

/**
 * What stands in an iterable, in pieces of what can be made of it in one turn, or of `most`; between them everything else has its
 * turn. Ends where `signal` is aborted.
 */
export async function* inTurns<Item>(
  items: Iterable<Item>,
  { most, signal }: { readonly most: number; readonly signal: AbortSignal },
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
