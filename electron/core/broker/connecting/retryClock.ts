import type { Profile } from '#shared/model/profile'
import type { ConnectionFailure } from '#shared/model/failure'
import { mayHeal, nextDelayMs } from './reconnectPolicy'

export interface RetryClockParts {
  readonly now: () => number
  /** From 0 up to but not 1. */
  readonly random: () => number
  readonly onTime: () => void
}

/** A connection that lasted this long was a success: the next failure counts as the first. */
const stableAfterMs = 5_000

/** Counts failures in a row and calls when it is time for the next try. */
export const createRetryClock = ({ now, random, onTime }: RetryClockParts) => {
  let failures = 0
  let timer: NodeJS.Timeout | null = null
  const cancel = () => {
    if (timer) clearTimeout(timer)
    timer = null
  }
  return {
    /** The number of the next try, from 1. */
    attempt: () => failures + 1,
    /** Sets the clock; answers when it will call, or null when trying again is of no use or not wanted. */
    set: (reason: ConnectionFailure, { reconnect }: Profile, onlineSince: number | null): number | null => {
      if (onlineSince !== null && now() - onlineSince >= stableAfterMs) failures = 0
      failures += 1
      const delay = mayHeal(reason, failures) ? nextDelayMs(reconnect, failures, random) : null
      if (delay === null) return null
      timer = setTimeout(onTime, delay)
      return now() + delay
    },
    cancel,
    /** The person takes the matter in hand. */
    reset: () => {
      cancel()
      failures = 0
    },
  }
}
