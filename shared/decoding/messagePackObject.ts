import type { ByteCursor } from '#shared/encoding/byteCursor'
import { DecodingFault } from '#shared/encoding/decodingFault'
import type { NodeMember, PayloadNode } from '#shared/encoding/payloadNode'
import { timestampText } from '#shared/encoding/timeForms'
import { floatText, singleText } from '#shared/encoding/writtenNumber'
import { decodeUtf8, isUtf8 } from '#shared/mqtt/utf8'
import { keyName } from './keyName'
import { readDouble, readSingle, readWhole } from './networkOrder'

/** One object of MessagePack. */
export const readObject = (from: ByteCursor): PayloadNode => {
  from.count()
  const offset = from.at()
  return readObjectBehind(from, offset, from.byte())
}

/** What its first byte begins, which was counted. */
export const readObjectBehind = (from: ByteCursor, offset: number, first: number): PayloadNode => {
  if (first < 0x80) return numberNode(from, { digits: first, type: 'fixint', offset })
  if (first >= 0xe0) return numberNode(from, { digits: first - 0x100, type: 'fixint', offset })
  if (first < 0x90) return readMap(from, offset, first & 0x0f)
  if (first < 0xa0) return readArray(from, offset, first & 0x0f)
  if (first < 0xc0) return readString(from, first & 0x1f)
  return readLong(from, offset, first)
}

const readLong = (from: ByteCursor, offset: number, first: number): PayloadNode => {
  const whole = (base: number) => readWhole(from, 1 << (first - base))
  if (first === 0xc0) return { kind: 'constant', value: null, type: 'nil', offset, length: 1 }
  if (first === 0xc1) throw new DecodingFault('badStart', offset)
  if (first <= 0xc3) return { kind: 'constant', value: first === 0xc3, type: 'bool', offset, length: 1 }
  if (first <= 0xc6) return readBinary(from, Number(whole(0xc4)))
  if (first <= 0xc9) return readExtension(from, offset, Number(whole(0xc7)))
  if (first === 0xca) return numberNode(from, { digits: singleText(readSingle(from)), type: 'float 32', offset })
  if (first === 0xcb) return numberNode(from, { digits: floatText(readDouble(from)), type: 'float 64', offset })
  if (first <= 0xcf) return numberNode(from, { digits: whole(0xcc), type: `uint ${8 << (first - 0xcc)}`, offset })
  if (first <= 0xd3) {
    const bits = 8 << (first - 0xd0)
    return numberNode(from, { digits: BigInt.asIntN(bits, BigInt(whole(0xd0))), type: `int ${bits}`, offset })
  }
  if (first <= 0xd8) return readExtension(from, offset, 1 << (first - 0xd4))
  if (first <= 0xdb) return readString(from, Number(whole(0xd9)))
  return first <= 0xdd ? readArray(from, offset, Number(whole(0xdb))) : readMap(from, offset, Number(whole(0xdd)))
}

interface ReadNumber {
  readonly digits: string | number | bigint
  readonly type: string
  readonly offset: number
}

const numberNode = (from: ByteCursor, { digits, type, offset }: ReadNumber): PayloadNode => ({
  kind: 'number',
  digits: String(digits),
  type,
  offset,
  length: from.at() - offset,
})

/** A string may hold what is no UTF-8 (spec, "String format family"): then its bytes are what can be said of it. */
const readString = (from: ByteCursor, length: number): PayloadNode => {
  const offset = from.at()
  const bytes = from.bytes(length)
  return isUtf8(bytes)
    ? { kind: 'text', text: decodeUtf8(bytes), type: 'str', offset, length }
    : { kind: 'bytes', bytes, type: 'str (not UTF-8)', offset, length }
}

const readBinary = (from: ByteCursor, length: number): PayloadNode => {
  const offset = from.at()
  return { kind: 'bytes', bytes: from.bytes(length), type: 'bin', offset, length }
}

const readArray = (from: ByteCursor, offset: number, count: number): PayloadNode =>
  from.deeper(() => {
    const items: PayloadNode[] = []
    // A count that no bytes stand behind ends at the first item that is missing.
    for (let index = 0; index < count; index++) items.push(readObject(from))
    return { kind: 'list', items, type: 'array', offset, length: from.at() - offset }
  })

const readMap = (from: ByteCursor, offset: number, count: number): PayloadNode =>
  from.deeper(() => {
    const members: NodeMember[] = []
    for (let index = 0; index < count; index++) {
      const key = readObject(from)
      members.push({ name: keyName(key), key, value: readObject(from) })
    }
    return { kind: 'map', members, type: 'map', offset, length: from.at() - offset }
  })

const timestampCode = -1

const readExtension = (from: ByteCursor, offset: number, length: number): PayloadNode => {
  const code = (from.byte() << 24) >> 24
  const bytes = from.bytes(length)
  const node = { kind: 'extension', code, bytes, type: `ext ${code}`, offset, length: from.at() - offset } as const
  const reading = code === timestampCode ? timestampReading(bytes) : null
  return reading === null ? node : { ...node, type: 'timestamp', reading }
}

/** Of 32, 64 or 96 bits (spec, "Timestamp extension type"); null = another number of bytes, or no time. */
const timestampReading = (bytes: Uint8Array): string | null => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length === 4) return timestampText({ seconds: view.getUint32(0), nanos: 0 })
  if (bytes.length === 8) {
    const both = view.getBigUint64(0)
    return timestampText({ seconds: Number(both & 0x3_ffff_ffffn), nanos: Number(both >> 34n) })
  }
  if (bytes.length !== 12) return null
  return timestampText({ seconds: Number(view.getBigInt64(4)), nanos: view.getUint32(0) })
}
