import { useEffect, useState } from 'react'

/** The time, refreshed every second while it is needed: ages change together, once a second, whatever else is drawn. */
export const useNow = (needed = true): number => {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (!needed) return
    // The first tick comes at once: the time of the last use may be long past.
    const first = setTimeout(() => setNow(Date.now()))
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => {
      clearTimeout(first)
      clearInterval(timer)
    }
  }, [needed])
  return now
}
