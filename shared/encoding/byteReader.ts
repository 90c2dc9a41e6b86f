/** Why bytes cannot be shown as JSON that is sent as these bytes again. */
export type UnreadableReason =
  /** They are not what the encoding allows, or end too early or too late. */
  | 'notEncoded'
  /** They hold something that JSON cannot say. */
  | 'beyondJson'
  /** They are more than are read at once. */
  | 'tooMuch'
  /** Written from JSON, the same values have other bytes. */
  | 'otherBytes'

/** Thrown by whatever reads; becomes the reason. */
export class Unreadable extends Error {
  constructor(readonly reason: UnreadableReason) {
    super(reason)
  }
}

/** Takes bytes from the front, in network order. Throws `Unreadable` where there are too few. */
export interface ByteReader {
  byte(): number
  /** A view. */
  bytes(length: number | bigint): Uint8Array
  /** An unsigned number in 1, 2 or 4 bytes. */
  whole(width: number): number
  /** An unsigned number in 8 bytes. */
  long(): bigint
  double(): number
  single(): number
  isAtEnd(): boolean
}

export const createByteReader = (source: Uint8Array): ByteReader => {
  const view = new DataView(source.buffer, source.byteOffset, source.byteLength)
  let at = 0
  const take = (width: number): number => {
    const from = at
    if (from + width > source.length) throw new Unreadable('notEncoded')
    at = from + width
    return from
  }
  return {
    byte: () => view.getUint8(take(1)),
    bytes: (length) => {
      const from = take(Number(length))
      return source.subarray(from, at)
    },
    whole: (width) => {
      const from = take(width)
      return width === 4 ? view.getUint32(from) : width === 2 ? view.getUint16(from) : view.getUint8(from)
    },
    long: () => view.getBigUint64(take(8)),
    double: () => view.getFloat64(take(8)),
    single: () => view.getFloat32(take(4)),
    isAtEnd: () => at === source.length,
  }
}
