/** Time that never jumps, and what is to be done when some of it has passed. */
export interface SenderClock {
  /** Milliseconds from any start. */
  now(): number
  /** Calls `act` after about so many milliseconds, 0 = when other work has had its turn; answers what prevents it. */
  after(milliseconds: number, act: () => void): () => void
}

/** Milliseconds: a timer of Node that is to wait longer does not wait at all. */
const longestTimer = 2 ** 31 - 1

/** Timers are whole milliseconds; what is due meanwhile is sent together. Nothing waits by asking the time again and again. */
export const computerClock: SenderClock = {
  now: () => performance.now(),
  after: (milliseconds, act) => {
    if (milliseconds <= 0) {
      const immediate = setImmediate(act)
      return () => clearImmediate(immediate)
    }
    let timer: NodeJS.Timeout
    const wait = (left: number) => {
      timer = setTimeout(() => (left > longestTimer ? wait(left - longestTimer) : act()), Math.min(left, longestTimer))
    }
    wait(Math.ceil(milliseconds))
    return () => clearTimeout(timer)
  },
}
