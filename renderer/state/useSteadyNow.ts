import { useEffect, useState } from 'react'
import { useMainClock } from './useApp'

/**
 * The steady time, refreshed every second while it is needed: all ages on screen change together, once a second,
 * and no change of the computer's time moves them.
 */
export const useSteadyNow = (needed = true): number => {
  const clock = useMainClock()
  const [now, setNow] = useState(clock.now)
  useEffect(() => {
    if (!needed) return
    const read = () => setNow(clock.now())
    // The first tick comes at once: the time of the last use may be long past.
    const first = setTimeout(read)
    const timer = setInterval(read, 1_000)
    return () => {
      clearTimeout(first)
      clearInterval(timer)
    }
  }, [clock, needed])
  return now
}
