import { useEffect, useMemo, useState } from 'react'
import { createLargeText, type LargeText } from './largeText'

/** How long a frame may look for lines: leaves room to draw. */
const searchMilliseconds = 8

/** The lines of a large text, more of them with every frame until all are found; null = none is wanted. */
export const useLargeText = (bytes: Uint8Array | null): LargeText | null => {
  const text = useMemo(() => {
    if (!bytes) return null
    const made = createLargeText(bytes)
    made.advance(searchMilliseconds)
    return made
  }, [bytes])
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    if (!text || text.isDone()) return
    const frame = requestAnimationFrame(() => {
      text.advance(searchMilliseconds)
      setTurn(turn + 1)
    })
    return () => cancelAnimationFrame(frame)
  }, [text, turn])
  return text
}
