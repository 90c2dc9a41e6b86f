import type { ByteCursor } from '#shared/encoding/byteCursor'

/** Numbers with the highest byte first, as CBOR and MessagePack have them. */

const scratch = new DataView(new ArrayBuffer(8))

/** An unsigned integer of 1, 2, 4 or 8 bytes. */
export const readWhole = (from: ByteCursor, width: number): number | bigint =>
  width === 8 ? placed(from, 8).getBigUint64(0) : from.whole(width)

export const readSingle = (from: ByteCursor): number => placed(from, 4).getFloat32(0)

export const readDouble = (from: ByteCursor): number => placed(from, 8).getFloat64(0)

/** IEEE 754 binary16. */
export const halfValue = (bits: number): number => {
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  const sign = bits & 0x8000 ? -1 : 1
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25))
}

const placed = (from: ByteCursor, width: number): DataView => {
  const bytes = from.bytes(width)
  for (let index = 0; index < width; index++) scratch.setUint8(index, bytes[index] ?? 0)
  return scratch
}
