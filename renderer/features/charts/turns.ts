const waiting = new Set<() => void>()

/** Shorter than a frame: the page draws between two works. */
const turnMs = 8

/** Does the work after what others asked for, so that many charts never take a frame together; once, however often it is asked. */
export const takeTurn = (work: () => void): void => {
  if (waiting.size === 0) setTimeout(next, turnMs)
  waiting.add(work)
}

export const giveUpTurn = (work: () => void): void => void waiting.delete(work)

const next = (): void => {
  const [work] = waiting
  if (!work) return
  waiting.delete(work)
  if (waiting.size > 0) setTimeout(next, turnMs)
  work()
}
