import type { RecordingPlace } from '../recordedMessage'
import type { TcpSegment } from './tcpSegment'

/** The frame with which something came. */
export interface Seen {
  readonly place: RecordingPlace
  /** Nanoseconds since 1970 in UTC; null = the capture has none. */
  readonly time: bigint | null
}

/** Bytes of a connection, or how many of it are not in the capture. */
export type OrderedPiece = { readonly seen: Seen } & ({ readonly bytes: Uint8Array } | { readonly missing: number })

/** One direction of a TCP connection: its bytes in their order, each once. */
export interface OrderedBytes {
  /** What can be said after this segment; several pieces where it closed a gap. */
  add(segment: TcpSegment, seen: Seen): readonly OrderedPiece[]
  /** The other side has everything before this number: what of it is not here will hardly come. */
  acknowledged(number: number, seen: Seen): readonly OrderedPiece[]
  /** The capture is over: what came behind bytes that are missing. */
  end(): readonly OrderedPiece[]
}

/** More that waits for what is missing is not held. */
const mostWaiting = 64 * 2 ** 20

/** Frames. Captures of several queues of a network card have an acknowledgement in front of what it is for. */
const patience = 32

interface Waiting extends Pick<TcpSegment, 'data' | 'missing'> {
  readonly at: number
  readonly seen: Seen
}

export const createOrderedBytes = (): OrderedBytes => {
  /** Of the next byte, counted on beyond 2^32; null = none has come. */
  let next: number | null = null
  const waiting: Waiting[] = []
  let bytes = 0
  /** Everything before it has come to the other side. */
  let acknowledged = -Infinity
  /** The frame since which it is known that what is missing was not captured. */
  let knownSince: number | null = null

  const placeOf = (sequence: number, known: number): number => known + ((sequence - known) | 0)

  const take = (): OrderedPiece[] => {
    const taken: OrderedPiece[] = []
    for (;;) {
      const known: number = next ?? 0
      const index = waiting.findIndex(({ at }) => at <= known)
      if (index < 0) return taken
      const [piece] = waiting.splice(index, 1)
      if (!piece) return taken
      const { at, data, missing, seen } = piece
      bytes -= data.length
      const fresh = data.subarray(Math.min(known - at, data.length))
      const end = at + data.length + missing
      next = Math.max(known + fresh.length, missing > 0 ? end : 0)
      if (fresh.length > 0) taken.push({ bytes: fresh, seen })
      // A capture that keeps the beginnings of frames has the rest of none.
      const cut = next - known - fresh.length
      if (cut > 0) taken.push({ missing: cut, seen })
    }
  }

  const passGap = (): OrderedPiece[] => {
    const known: number = next ?? 0
    const first = waiting.reduce((one, other) => (other.at < one.at ? other : one))
    next = first.at
    return [{ missing: first.at - known, seen: first.seen }, ...take()]
  }

  const passed = (isOver: boolean, number: number): OrderedPiece[] => {
    const isKnown = waiting.length > 0 && acknowledged > (next ?? 0)
    knownSince = isKnown ? (knownSince ?? number) : null
    if (knownSince !== null && number - knownSince < patience && bytes <= mostWaiting && !isOver) return []
    const pieces: OrderedPiece[] = []
    while (waiting.length > 0 && (isOver || bytes > mostWaiting || acknowledged > (next ?? 0)))
      pieces.push(...passGap())
    return pieces
  }

  return {
    add: ({ sequence, isStart, data, missing }, seen) => {
      // The SYN takes a number of its own (RFC 9293 §3.4).
      const first = isStart ? sequence + 1 : sequence
      next ??= first
      if (data.length + missing === 0) return []
      waiting.push({ at: placeOf(first, next), data, missing, seen })
      bytes += data.length
      return [...take(), ...passed(false, seen.place.number)]
    },
    acknowledged: (number, seen) => {
      if (next === null) return []
      acknowledged = Math.max(acknowledged, placeOf(number, next))
      return passed(false, seen.place.number)
    },
    end: () => passed(true, 0),
  }
}
