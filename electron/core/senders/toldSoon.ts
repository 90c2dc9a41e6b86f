import type { SenderClock } from './schedule/senderClock'

/** What changed is told so often at most. */
const tellEveryMs = 250

/** Tells what changed, soon after it did, until it is stopped. */
export const toldSoon = (clock: SenderClock, tell: () => void) => {
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
