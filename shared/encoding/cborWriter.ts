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
  if (value.kind === 'constant') out.byte(constants.get(value.value) ?? 0)
  else if (value.kind === 'text') writeText(out, value.text)
  else if (value.kind === 'bytes') {
    writeHead(out, major.bytes, value.bytes.length)
    out.bytes(value.bytes)
  } else if (value.kind === 'list') {
    writeHead(out, major.list, value.items.length)
    for (const item of value.items) writeCbor(out, item, onRounded)
  } else if (value.kind === 'map') {
    writeHead(out, major.map, value.members.length)
    for (const [key, member] of value.members) {
      writeText(out, key)
      writeCbor(out, member, onRounded)
    }
  } else {
    const number = numberOf(value.digits, value.position)
    if (number.kind === 'integer') writeInteger(out, number.value)
    else {
      if (!number.isExact) onRounded(value.position)
      writeFloat(out, number.value)
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
  const argument = value < 0 ? -1n - BigInt(value) : value
  if (argument < 2 ** 64) writeHead(out, value < 0 ? major.negative : major.unsigned, argument)
  else {
    // A bignum (§3.4.3): tag 2, or 3 for what is negative.
    writeHead(out, major.tag, value < 0 ? 3 : 2)
    const bytes = bytesOf(argument)
    writeHead(out, major.bytes, bytes.length)
    out.bytes(bytes)
  }
}

const bytesOf = (value: number | bigint): Uint8Array => {
  const hex = value.toString(16)
  const pairs = (hex.length % 2 === 1 ? `0${hex}` : hex).match(/../g) ?? []
  return Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16))
}

/** The shortest of half, single and double that keeps the value (§4.1). */
const writeFloat = (out: ByteWriter, value: number) => {
  const isSingle = Object.is(Math.fround(value), value)
  const half = isSingle ? halfOf(value) : null
  if (half !== null) {
    out.byte(0xf9)
    out.whole(half, 2)
  } else if (isSingle) {
    out.byte(0xfa)
    out.single(value)
  } else {
    out.byte(0xfb)
    out.double(value)
  }
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
