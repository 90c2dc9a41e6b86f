import type { Profile } from '#shared/model/profile'
import type { ConnectionFailure } from '#shared/model/failure'
import { createTakeoverWatch } from './takeoverWatch'
import { mayHeal, nextDelayMs } from './reconnectPolicy'

export interface RetryClockParts {
  /** The steady time. */
  readonly now: () => number
  /** From 0 up to but not 1. */
  readonly random: () => number
  readonly onTime: () => void
}

/** After a connection that lasted this long, the next failure counts as the first. */
const stableAfterMs = 5_000

/** Two clients that take a session over from each other should not reconnect fast: such a failure counts as several. */
const takeoverWeight = 3

/** The failure as it is told, and the steady time of the next try; null = there is none. */
interface Conclusion {
  readonly reason: ConnectionFailure
  readonly nextTryAt: number | null
}

/** Counts failures in a row and starts the next try when it is due. */
export interface RetryClock {
  /** The number of the next try, from 1. */
  attempt(): number
  /**
   * Schedules the next try where it may help and is enabled. `onlineMs` = how long the connection lasted; null = it
   * failed.
   */
  conclude(ended: ConnectionFailure, rules: Profile['reconnect'], onlineMs: number | null): Conclusion
  cancel(): void
  /** The person connects or disconnects. */
  reset(): void
}

export const createRetryClock = ({ now, random, onTime }: RetryClockParts): RetryClock => {
  const takeovers = createTakeoverWatch()
  let failures = 0
  let timer: NodeJS.Timeout | null = null
  const cancel = () => {
    if (timer) clearTimeout(timer)
    timer = null
  }
  const count = ({ code }: ConnectionFailure, onlineMs: number | null) => {
    const isTakeover = code === 'sessionTakenOver'
    if (!isTakeover && onlineMs !== null && onlineMs >= stableAfterMs) failures = 0
    failures += isTakeover ? takeoverWeight : 1
  }
  return {
    attempt: () => failures + 1,
    conclude: (ended, rules, onlineMs) => {
      const reason = takeovers.judge(ended, onlineMs)
      count(reason, onlineMs)
      const delay = mayHeal(reason, failures) ? nextDelayMs(rules, failures, random) : null
      if (delay === null) return { reason, nextTryAt: null }
      timer = setTimeout(onTime, delay)
      return { reason, nextTryAt: now() + delay }
    },
    cancel,
    reset: () => {
      cancel()
      takeovers.reset()
      failures = 0
    },
  }
}
