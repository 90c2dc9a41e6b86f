import type { SenderClock } from '../senders/schedule/senderClock'

/** Whether one more is allowed in the second that runs, which begins with the first. */
export const limitPerSecond = (most: number, clock: SenderClock): (() => boolean) => {
  let begun = -Infinity
  let count = 0
  return () => {
    const now = clock.now()
    if (now - begun >= 1_000) {
      begun = now
      count = 0
    }
    count += 1
    return count <= most
  }
}
