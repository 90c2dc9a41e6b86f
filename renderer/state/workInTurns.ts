import { nextTurn } from '../ipc/nextTurn'

/** Work between two frames. */
const sliceMs = 8

/**
 * Does something to each of many things, so that the window can be used meanwhile; ends early once `work` answers false,
 * and waits where it promises. Answers whether it did not end early.
 */
export const workInTurns = async <Thing>(
  things: Iterable<Thing>,
  work: (thing: Thing) => boolean | Promise<boolean>,
): Promise<boolean> => {
  let sliceEnd = performance.now() + sliceMs
  for (const thing of things) {
    const goesOn = work(thing)
    if (!(typeof goesOn === 'boolean' ? goesOn : await goesOn)) return false
    if (performance.now() < sliceEnd) continue
    await nextTurn()
    sliceEnd = performance.now() + sliceMs
  }
  return true
}
