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

/** A connection that lasted this long was a success: the next failure counts as the first. */
const stableAfterMs = 5_000

/** Whoever fights for a session is not helped by haste: such a failure counts as several. */
const takeoverWeight = 3

/** What comes of a failure: how it is told, and when the next try is made (on the steady clock); null = none. */
export interface Conclusion {
  readonly reason: ConnectionFailure
  readonly nextTryAt: number | null
}

/** Counts failures in a row and calls when it is time for the next try. */
export interface RetryClock {
  /** The number of the next try, from 1. */
  attempt(): number
  /** Sets the clock where trying again is of use and wanted. `onlineMs` = how long the connection stood, or null. */
  conclude(ended: ConnectionFailure, rules: Profile['reconnect'], onlineMs: number | null): Conclusion
  cancel(): void
  /** The person takes the matter in hand. */
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
