import { useEffect, useState } from 'react'

/** The time, once a second: ages change together and the tree is not drawn for each of them. */
export const useNow = (): number => {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [])
  return now
}
