/** Of one watch one notification in so long; of all together not more than `mostInAMinute`. */
const restMs = 30_000
const mostInAMinute = 10
const minuteMs = 60_000

export interface AlertLimit {
  /** Whether one more may be shown now, which then counts. */
  mayShow(watchId: string): boolean
}

/** Keeps a value that jumps about from filling a person's screen. `now` is steady time. */
export const createAlertLimit = (now: () => number): AlertLimit => {
  /** When the latest of each watch was shown, the oldest first. */
  const shownAt = new Map<string, number>()
  let lastMinute: readonly number[] = []
  return {
    mayShow: (watchId) => {
      const at = now()
      lastMinute = lastMinute.filter((one) => at - one < minuteMs)
      for (const [id, shown] of shownAt) if (at - shown >= restMs) shownAt.delete(id)
      if (shownAt.has(watchId) || lastMinute.length >= mostInAMinute) return false
      shownAt.set(watchId, at)
      lastMinute = [...lastMinute, at]
      return true
    },
  }
}
