import { joinedBytes } from '#shared/encoding/joinedBytes'

/** Bytes that come in pieces, from the first to the last. */
export interface PieceBytes {
  /** The next so many, which stay where they are; null = fewer are left. */
  peek(length: number): Uint8Array | null
  /** The same, and goes on behind them. */
  take(length: number): Uint8Array | null
  /** Whether anything is left. */
  isAtEnd(): boolean
}

export const createPieceBytes = (pieces: Iterable<Uint8Array>): PieceBytes => {
  const source = pieces[Symbol.iterator]()
  let held: Uint8Array = new Uint8Array(0)
  let at = 0
  const peek = (length: number): Uint8Array | null => {
    if (held.length - at < length) {
      const parts = [held.subarray(at)]
      let have = held.length - at
      while (have < length) {
        const step = source.next()
        if (step.done === true) break
        parts.push(step.value)
        have += step.value.length
      }
      held = parts.length > 1 ? joinedBytes(parts) : (parts[0] ?? held)
      at = 0
    }
    return held.length - at < length ? null : held.subarray(at, at + length)
  }
  return {
    peek,
    take: (length) => {
      const bytes = peek(length)
      if (bytes) at += length
      return bytes
    },
    isAtEnd: () => peek(1) === null,
  }
}
