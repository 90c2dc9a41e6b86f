import { nextTurn } from '../ipc/nextTurn'

/** Work between two frames. */
const sliceMs = 8

/**
 * Does something to each of many things, so that the window can be used meanwhile; ends early once `work` answers false.
 * Answers whether it did not.
 */
export const workInTurns = async <Thing>(
  things: Iterable<Thing>,
  work: (thing: Thing) => boolean,
): Promise<boolean> => {
  let sliceEnd = performance.now() + sliceMs
  for (const thing of things) {
    if (!work(thing)) return false
    if (performance.now() < sliceEnd) continue
    await nextTurn()
    sliceEnd = performance.now() + sliceMs
  }
  return true
}
