import type { Profile } from '#shared/model/profile'
import type { ConnectionFailure } from '#shared/model/failure'

/** So many tries follow a failure that may pass but looks like a wrong setting. */
const fewTries = 3

/** Whether trying again without a change by a person makes sense, after so many failures in a row. */
export const mayHeal = ({ retries }: ConnectionFailure, failures: number): boolean =>
  retries === 'endless' || (retries === 'few' && failures <= fewTries)

/**
 * Milliseconds until the next try, or null = no more. `failures` counts from 1 without a break; the wait doubles from
 * the initial to the maximum and is shortened by up to a quarter, so that many clients do not come back at once.
 */
export const nextDelayMs = (
  { enabled, initialSeconds, maximumSeconds, maximumAttempts }: Profile['reconnect'],
  failures: number,
  random: () => number,
): number | null => {
  if (!enabled || (maximumAttempts > 0 && failures > maximumAttempts)) return null
  const seconds = Math.min(maximumSeconds, initialSeconds * 2 ** Math.min(failures - 1, 30))
  return Math.round(seconds * 1_000 * (1 - random() / 4))
}
