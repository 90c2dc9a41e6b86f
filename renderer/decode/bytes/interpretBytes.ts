import { halfValue } from '#shared/decoding/networkOrder'
import { floatText, singleText } from '#shared/encoding/writtenNumber'
import { timestampText } from '#shared/encoding/timeForms'
import { decodeUtf8, isUtf8 } from '#shared/mqtt/utf8'

/** What the bytes from a place on are as one type; null = they are too few, or no such value. */
export interface ReadBytes {
  readonly type: ByteType
  /** With the lowest byte first, and with the highest. Of one byte both are the same. */
  readonly little: string | null
  readonly big: string | null
  /** How many bytes it takes. */
  readonly length: number
}

const byteTypes = [
  'bits',
  'int8',
  'uint8',
  'int16',
  'uint16',
  'int32',
  'uint32',
  'int64',
  'uint64',
  'float16',
  'float32',
  'float64',
  'unixS',
  'unixMs',
  'unixUs',
  'unixNs',
  'utf8',
] as const
export type ByteType = (typeof byteTypes)[number]

/** The bytes at a place as whatever they may be, every digit of it. A time is of 32 bits in seconds, otherwise of 64. */
export const interpretBytes = (bytes: Uint8Array, at: number): readonly ReadBytes[] =>
  byteTypes.map((type) => (type === 'utf8' ? characterAt(bytes, at) : numberOf(bytes, at, type)))

type NumberType = Exclude<ByteType, 'utf8'>

const lengths: Readonly<Record<NumberType, number>> = {
  bits: 1,
  int8: 1,
  uint8: 1,
  int16: 2,
  uint16: 2,
  int32: 4,
  uint32: 4,
  int64: 8,
  uint64: 8,
  float16: 2,
  float32: 4,
  float64: 8,
  unixS: 4,
  unixMs: 8,
  unixUs: 8,
  unixNs: 8,
}

const numberOf = (bytes: Uint8Array, at: number, type: NumberType): ReadBytes => {
  const length = lengths[type]
  if (at < 0 || at + length > bytes.length) return { type, little: null, big: null, length }
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, length)
  const read = readers[type]
  return { type, little: read(view, true), big: read(view, false), length }
}

const readers: Readonly<Record<NumberType, (view: DataView, isLittle: boolean) => string | null>> = {
  bits: (view) => view.getUint8(0).toString(2).padStart(8, '0'),
  int8: (view) => String(view.getInt8(0)),
  uint8: (view) => String(view.getUint8(0)),
  int16: (view, isLittle) => String(view.getInt16(0, isLittle)),
  uint16: (view, isLittle) => String(view.getUint16(0, isLittle)),
  int32: (view, isLittle) => String(view.getInt32(0, isLittle)),
  uint32: (view, isLittle) => String(view.getUint32(0, isLittle)),
  int64: (view, isLittle) => String(view.getBigInt64(0, isLittle)),
  uint64: (view, isLittle) => String(view.getBigUint64(0, isLittle)),
  float16: (view, isLittle) => floatText(halfValue(view.getUint16(0, isLittle))),
  float32: (view, isLittle) => singleText(view.getFloat32(0, isLittle)),
  float64: (view, isLittle) => floatText(view.getFloat64(0, isLittle)),
  unixS: (view, isLittle) => timeText(BigInt(view.getUint32(0, isLittle)), 1_000_000_000n),
  unixMs: (view, isLittle) => timeText(view.getBigInt64(0, isLittle), 1_000_000n),
  unixUs: (view, isLittle) => timeText(view.getBigInt64(0, isLittle), 1_000n),
  unixNs: (view, isLittle) => timeText(view.getBigInt64(0, isLittle), 1n),
}

const billion = 1_000_000_000n

/** Null = before the year 1 or after 9999. */
const timeText = (count: bigint, nanosOfOne: bigint): string | null => {
  const all = count * nanosOfOne
  const nanos = ((all % billion) + billion) % billion
  return timestampText({ seconds: Number((all - nanos) / billion), nanos: Number(nanos) })
}

/** The character that begins at the place, with its number. */
const characterAt = (bytes: Uint8Array, at: number): ReadBytes => {
  const length = [1, 2, 3, 4].find((count) => at >= 0 && at + count <= bytes.length && isUtf8(bytes, at, at + count))
  if (length === undefined) return { type: 'utf8', little: null, big: null, length: 1 }
  const text = decodeUtf8(bytes.subarray(at, at + length))
  const point = (text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  const shown = `${text} U+${point}`
  return { type: 'utf8', little: shown, big: shown, length }
}
