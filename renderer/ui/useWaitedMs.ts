import { useEffect, useState } from 'react'

/** An answer that takes longer than this is late. */
const lateAfterMs = 5_000

/**
 * How long something has been waited for, refreshed every second, once that is long; null before. `since` is in
 * milliseconds since 1970, null = nothing is waited for. What is answered in time costs one timer.
 */
export const useWaitedMs = (since: number | null): number | null => {
  const [now, setNow] = useState(0)
  useEffect(() => {
    if (since === null) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const tick = () => {
      setNow(Date.now())
      timer = setTimeout(tick, 1_000)
    }
    timer = setTimeout(tick, Math.max(0, since + lateAfterMs - Date.now()))
    return () => clearTimeout(timer)
  }, [since])
  return since === null || now < since + lateAfterMs ? null : now - since
}
