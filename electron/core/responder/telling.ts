import type { SenderClock } from '../senders/schedule/senderClock'

/** What changed is told so often at most. */
const tellEveryMs = 250

/** Tells once for all that changes in a while, until it is stopped. */
export const createTelling = (clock: SenderClock, tell: () => void) => {
  let cancel: (() => void) | null = null
  let isStopped = false
  return {
    soon: () => {
      if (isStopped) return
      cancel ??= clock.after(tellEveryMs, () => {
        cancel = null
        tell()
      })
    },
    stop: () => {
      isStopped = true
      cancel?.()
    },
  }
}
