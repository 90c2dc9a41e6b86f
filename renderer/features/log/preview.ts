import { hexPair } from '#shared/mqtt/payloadText'
import { oneLineOf } from '#shared/text/payloadReading'

/** What fits on one line of any screen. */
const previewBytes = 300
const hexBytes = 64

export interface Preview {
  readonly kind: 'text' | 'hex' | 'empty'
  readonly text: string
  /** There is more of it. */
  readonly cut: boolean
  /** Bytes that stand before it. */
  readonly from: number
}

/** Where something stands in a payload that is to be seen; -1 = nowhere. */
type PlaceIn = (payload: Uint8Array) => number

/** A hit that stands further from the start may be out of sight. */
const farBytes = 24
/** What is shown before it. */
const beforeBytes = 12

/** One line of a payload of `payloadBytes` bytes: its text from its first bytes or around a place, or hex for binary. */
export const linePreviewOf = (
  payload: Uint8Array,
  payloadBytes = payload.length,
  placeIn: PlaceIn | null = null,
): Preview => {
  const start = lineFrom(payload, payloadBytes)
  const place = start.kind === 'text' && placeIn ? placeIn(payload) : -1
  if (place <= farBytes) return start
  const from = characterFrom(payload, place - beforeBytes)
  return { ...lineFrom(payload.subarray(from), payloadBytes - from), from }
}

/** Not in the middle of a character of UTF-8. */
const characterFrom = (bytes: Uint8Array, place: number): number => {
  let from = place
  while (((bytes[from] ?? 0) & 0xc0) === 0x80) from++
  return from
}

const lineFrom = (payload: Uint8Array, payloadBytes: number): Preview => {
  const line = oneLineOf(payload, { payloadBytes, textBytes: previewBytes, hexBytes })
  switch (line.kind) {
    case 'empty':
      return { ...line, text: '', cut: false, from: 0 }
    case 'text':
      return { ...line, from: 0 }
    case 'binary':
      return { kind: 'hex', text: Array.from(line.first, hexPair).join(' '), cut: line.cut, from: 0 }
  }
}
