import type { TcpSegment } from './tcpSegment'

/** One direction of a TCP connection: its bytes in their order, each once. */
export interface OrderedBytes {
  /** The bytes that can be said after this segment; several pieces where it closed a gap. */
  add(segment: TcpSegment): readonly Uint8Array[]
  /** Bytes that came behind some that are missing. */
  readonly waitingBytes: () => number
}

/** More that waits for what is missing is not held. */
const mostWaiting = 64 * 2 ** 20

export const createOrderedBytes = (): OrderedBytes => {
  /** Of the next byte, counted on beyond 2^32; null = none has come. */
  let next: number | null = null
  let waiting: { readonly at: number; readonly data: Uint8Array }[] = []
  let bytes = 0
  let isBroken = false

  const placeOf = (sequence: number, known: number): number => known + ((sequence - known) | 0)

  const take = (): Uint8Array[] => {
    const taken: Uint8Array[] = []
    for (;;) {
      const known: number = next ?? 0
      const index = waiting.findIndex(({ at }) => at <= known)
      if (index < 0) return taken
      const [piece] = waiting.splice(index, 1)
      if (!piece) return taken
      bytes -= piece.data.length
      const fresh = piece.data.subarray(Math.min(known - piece.at, piece.data.length))
      next = known + fresh.length
      if (fresh.length > 0) taken.push(fresh)
    }
  }

  return {
    add: ({ sequence, isStart, data, missing }) => {
      if (isBroken) {
        bytes += data.length
        return []
      }
      // The SYN takes a number of its own (RFC 9293 §3.4).
      const first = isStart ? sequence + 1 : sequence
      next ??= first
      if (data.length === 0) return []
      waiting.push({ at: placeOf(first, next), data })
      bytes += data.length
      const taken = take()
      if (missing > 0 || bytes > mostWaiting) {
        isBroken = true
        bytes += missing
        waiting = []
      }
      return taken
    },
    waitingBytes: () => bytes,
  }
}
