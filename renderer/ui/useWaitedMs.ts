import { useEffect, useState } from 'react'

/** An answer that takes longer than this is late. */
const lateAfterMs = 5_000

/**
 * How long something has been waited for, refreshed every second, once that is long; null before. `since` is a time of
 * the clock that `read` reads, null = nothing is waited for. That clock is read once, and what passes from then on is
 * measured: one that is set meanwhile changes nothing. What is answered in time costs one timer.
 */
export const useWaitedMs = (since: number | null, read: () => number = Date.now): number | null => {
  const [waited, setWaited] = useState(0)
  useEffect(() => {
    if (since === null) return
    const startedAt = performance.now() - Math.max(0, read() - since)
    const waitedMs = () => performance.now() - startedAt
    let timer: ReturnType<typeof setTimeout> | undefined
    const tick = () => {
      setWaited(waitedMs())
      timer = setTimeout(tick, 1_000)
    }
    timer = setTimeout(tick, Math.max(0, lateAfterMs - waitedMs()))
    return () => {
      clearTimeout(timer)
      setWaited(0)
    }
  }, [since, read])
  return since === null || waited < lateAfterMs ? null : waited
}
