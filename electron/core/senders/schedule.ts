// Why it is so: build/docs/decisions/42-a-series-keeps-its-times.md
/** Time that never jumps, and what is to be done when some of it has passed. */
export interface SenderClock {
  /** Milliseconds from any start. */
  now(): number
  /** Calls `act` after about so many milliseconds; answers what prevents it. */
  after(milliseconds: number, act: () => void): () => void
}

export interface ScheduleParts {
  readonly clock: SenderClock
  readonly intervalMs: number
  /** Sends one. Answers false where it cannot be taken now. */
  readonly send: () => boolean
  readonly skip: (count: number) => void
}

/** After a pause, such as a computer asleep, no more than so many are sent at once: the rest is skipped. */
const mostAtOnce = 100

/**
 * Sends number n at the start plus n intervals, whatever the sending itself takes: each time is counted from the start,
 * so no delay adds up to a drift. A timer that comes late finds several due, and they are sent together. One that cannot be
 * taken is skipped and not made up for, so nothing piles up. The first goes out at once. Answers what stops it.
 */
export const startSchedule = ({ clock, intervalMs, send, skip }: ScheduleParts): (() => void) => {
  const startedAt = clock.now()
  let next = 0
  let isStopped = false
  let cancel: () => void = () => undefined

  const sendUpTo = (last: number) => {
    const first = Math.max(next, last - mostAtOnce + 1)
    if (first > next) skip(first - next)
    for (let number = first; number <= last && !isStopped; number++) if (!send()) skip(1)
    next = last + 1
  }
  const wake = () => {
    // A timer may come a little early; then nothing is due yet.
    const last = Math.floor((clock.now() - startedAt) / intervalMs)
    if (last >= next) sendUpTo(last)
    if (isStopped) return
    cancel = clock.after(Math.max(0, startedAt + next * intervalMs - clock.now()), wake)
  }
  wake()
  return () => {
    isStopped = true
    cancel()
  }
}
