import type { Result } from '#shared/result'
import type { ProfileList } from './profileList'

export type ListChange = (list: ProfileList) => ProfileList

export interface QueuedList {
  /** Including changes that are still being written. */
  current(): ProfileList
  /** Changes it after the change was written; a change that could not be written has no effect. */
  commit(change: ListChange): Promise<Result<null>>
  /** Changes what is in memory only, at once. */
  apply(change: ListChange): void
}

/**
 * A list whose changes are written one after the other, each applied to the result of the changes that were written
 * before: a change that fails neither undoes another one nor becomes part of it.
 */
export const createQueuedList = (
  first: ProfileList,
  write: (before: ProfileList, next: ProfileList) => Promise<Result<null>>,
  /** What becomes of the list when the disk took it. */
  taken: (list: ProfileList) => ProfileList = (list) => list,
): QueuedList => {
  let committed = first
  let current = first
  let waiting: readonly ListChange[] = []
  let queue: Promise<unknown> = Promise.resolve()
  const refresh = () => (current = waiting.reduce((list, change) => change(list), committed))

  const carryOut = async (change: ListChange): Promise<Result<null>> => {
    const written = await write(committed, change(committed))
    if (written.ok) committed = taken(change(committed))
    waiting = waiting.filter((other) => other !== change)
    refresh()
    return written
  }
  return {
    current: () => current,
    commit: (change) => {
      waiting = [...waiting, change]
      refresh()
      const result = queue.then(() => carryOut(change))
      queue = result
      return result
    },
    apply: (change) => {
      committed = change(committed)
      refresh()
    },
  }
}
