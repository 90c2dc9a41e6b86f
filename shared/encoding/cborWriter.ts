import { utf8Length } from '#shared/mqtt/topicFilter'
import type { ByteWriter } from './byteWriter'
import { numberOf } from './writtenNumber'
import type { WrittenValue } from './writtenValue'

/** Major types (RFC 8949 §3.1) and tags (§3.4.3). */
const major = { unsigned: 0, negative: 1, bytes: 2, text: 3, list: 4, map: 5, tag: 6 } as const
const constants = new Map<boolean | null, number>([
  [false, 0xf4],
  [true, 0xf5],
  [null, 0xf6],
])

/** Writes CBOR in preferred serialization (RFC 8949 §4.1); `onRounded` is told where a number lost digits. */
export const writeCbor = (out: ByteWriter, value: WrittenValue, onRounded: (position: number) => void): void => {
  switch (value.kind) {
    case 'constant':
      return out.byte(constants.get(value.value) ?? 0)
    case 'number': {
      const number = numberOf(value.digits, value.position)
      if (number.kind === 'integer') return writeInteger(out, number.value)
      if (!number.isExact) onRounded(value.position)
      return writeFloat(out, number.value)
    }
    case 'text':
      return writeText(out, value.text)
    case 'bytes':
      writeHead(out, major.bytes, value.bytes.length)
      return out.bytes(value.bytes)
    case 'list':
      writeHead(out, major.list, value.items.length)
      for (const item of value.items) writeCbor(out, item, onRounded)
      return undefined
    case 'map':
      writeHead(out, major.map, value.members.length)
      for (const [key, member] of value.members) {
        writeText(out, key)
        writeCbor(out, member, onRounded)
      }
  }
}

const writeText = (out: ByteWriter, text: string) => {
  const length = utf8Length(text)
  writeHead(out, major.text, length)
  out.text(text, length)
}

/** The argument in as few bytes as hold it (§4.1). */
const writeHead = (out: ByteWriter, type: number, argument: number | bigint) => {
  const [info, width] = widthOf(argument)
  out.byte((type << 5) | info)
  if (width > 0) out.whole(argument, width)
}

const widthOf = (argument: number | bigint): readonly [info: number, width: number] => {
  if (argument < 24) return [Number(argument), 0]
  if (argument < 0x100) return [24, 1]
  if (argument < 0x1_0000) return [25, 2]
  return argument < 0x1_0000_0000 ? [26, 4] : [27, 8]
}

const writeInteger = (out: ByteWriter, value: number | bigint) => {
  if (typeof value === 'number')
    return value < 0 ? writeHead(out, major.negative, -1 - value) : writeHead(out, major.unsigned, value)
  const argument = value < 0n ? -1n - value : value
  const isBig = argument >= 1n << 64n
  if (!isBig) return writeHead(out, value < 0n ? major.negative : major.unsigned, argument)
  // A bignum (§3.4.3): tag 2, or 3 for what is negative.
  writeHead(out, major.tag, value < 0n ? 3 : 2)
  const bytes = bytesOf(argument)
  writeHead(out, major.bytes, bytes.length)
  return out.bytes(bytes)
}

const bytesOf = (value: bigint): Uint8Array => {
  const hex = value.toString(16)
  const pairs = (hex.length % 2 === 1 ? `0${hex}` : hex).match(/../g) ?? []
  return Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16))
}

/** The shortest of half, single and double that keeps the value (§4.1). */
const writeFloat = (out: ByteWriter, value: number) => {
  if (!Object.is(Math.fround(value), value)) {
    out.byte(0xfb)
    return out.double(value)
  }
  const half = halfOf(value)
  if (half === null) {
    out.byte(0xfa)
    return out.single(value)
  }
  out.byte(0xf9)
  return out.whole(half, 2)
}

const singleView = new DataView(new ArrayBuffer(4))

/** The bits of a half-precision float (IEEE 754 binary16) with the value of a single-precision one; null = it has none. */
const halfOf = (single: number): number | null => {
  singleView.setFloat32(0, single)
  const bits = singleView.getUint32(0)
  const sign = (bits >>> 16) & 0x8000
  const exponent = ((bits >>> 23) & 0xff) - 127
  const fraction = bits & 0x7f_ffff
  if (single === 0) return sign
  if (exponent > 15 || exponent < -24) return null
  const isNormal = exponent >= -14
  // Without a hidden bit, the smallest halves have the fewer digits the smaller they are.
  const [digits, lost] = isNormal ? [fraction, 13] : [fraction | 0x80_0000, -1 - exponent]
  if ((digits & ((1 << lost) - 1)) !== 0) return null
  return sign | (isNormal ? (exponent + 15) << 10 : 0) | (digits >>> lost)
}
