import { joinedBytes } from '#shared/encoding/joinedBytes'
import type { ByteCursor } from '#shared/encoding/byteCursor'
import { DecodingFault } from '#shared/encoding/decodingFault'
import type { NodeMember, PayloadNode } from '#shared/encoding/payloadNode'
import { timestampText } from '#shared/encoding/timeForms'
import { floatText, singleText } from '#shared/encoding/writtenNumber'
import { hexPair } from '#shared/mqtt/payloadText'
import { decodeUtf8, isUtf8 } from '#shared/mqtt/utf8'
import { keyName } from './keyName'
import { halfValue, readDouble, readSingle, readWhole } from './networkOrder'

/** The first byte of a data item. */
export interface Head {
  readonly offset: number
  readonly major: number
  readonly info: number
}

export const indefinite = 31

export const readHead = (from: ByteCursor): Head => {
  const offset = from.at()
  const first = from.byte()
  return { offset, major: first >> 5, info: first & 0x1f }
}

/** One data item of CBOR (RFC 8949), or several behind each other (a sequence, RFC 8742). */
export const readItems = (from: ByteCursor): readonly PayloadNode[] => {
  const nodes = [readItem(from)]
  while (!from.isAtEnd()) nodes.push(readItem(from))
  return nodes
}

const readItem = (from: ByteCursor): PayloadNode => readBehind(from, readHead(from))

/** What the head begins. */
export const readBehind = (from: ByteCursor, head: Head): PayloadNode => {
  from.count()
  const { offset, major, info } = head
  if (major === 7) return readSimple(from, head)
  if (major === 2 || major === 3) return readString(from, head)
  if (major === 4) return readArray(from, head)
  if (major === 5) return readMap(from, head)
  if (info === indefinite) throw new DecodingFault('badStart', offset)
  const argument = readArgument(from, head)
  if (major === 6) return readTag(from, argument, offset)
  const digits = String(major === 0 ? argument : -1n - BigInt(argument))
  return { kind: 'number', digits, type: major === 0 ? 'unsigned' : 'negative', offset, length: from.at() - offset }
}

export const readArgument = (from: ByteCursor, { offset, info }: Head): number | bigint => {
  if (info < 24) return info
  if (info > 27) throw new DecodingFault('badStart', offset)
  return readWhole(from, 1 << (info - 24))
}

/** The node has the bytes of the content alone; where they come in chunks, from the first of them. */
const readString = (from: ByteCursor, head: Head): PayloadNode => {
  const start = from.at()
  const isText = head.major === 3
  const bytes = head.info === indefinite ? joinedBytes(readChunks(from, head)) : from.bytes(readArgument(from, head))
  const offset = head.info === indefinite ? start : from.at() - bytes.length
  const place = { offset, length: from.at() - offset - (head.info === indefinite ? 1 : 0) }
  if (!isText) return { kind: 'bytes', bytes, type: 'byte string', ...place }
  if (!isUtf8(bytes)) throw new DecodingFault('notUtf8', offset)
  return { kind: 'text', text: decodeUtf8(bytes), type: 'text string', ...place }
}

/** Strings of the same kind with a length, up to a break; each text by itself is UTF-8 (§3.2.3). */
export const readChunks = (from: ByteCursor, { major }: Head): readonly Uint8Array[] => {
  const chunks: Uint8Array[] = []
  for (;;) {
    from.count()
    const head = readHead(from)
    if (head.major === 7 && head.info === indefinite) return chunks
    if (head.major !== major || head.info === indefinite) throw new DecodingFault('badChunk', head.offset)
    const chunk = from.bytes(readArgument(from, head))
    if (major === 3 && !isUtf8(chunk)) throw new DecodingFault('notUtf8', from.at() - chunk.length)
    chunks.push(chunk)
  }
}

/** Calls `read` with the head of each item: so many, or up to a break. */
export const readEach = (from: ByteCursor, head: Head, read: (item: Head) => void): void =>
  from.deeper(() => {
    const isOpen = head.info === indefinite
    const count = isOpen ? Infinity : Number(readArgument(from, head))
    // A count that no bytes stand behind ends at the first item that is missing.
    for (let index = 0; index < count; index++) {
      const item = readHead(from)
      if (isOpen && item.major === 7 && item.info === indefinite) return
      read(item)
    }
  })

const readArray = (from: ByteCursor, head: Head): PayloadNode => {
  const items: PayloadNode[] = []
  readEach(from, head, (item) => items.push(readBehind(from, item)))
  return { kind: 'list', items, type: 'array', offset: head.offset, length: from.at() - head.offset }
}

const readMap = (from: ByteCursor, head: Head): PayloadNode => {
  const members: NodeMember[] = []
  readEach(from, head, (item) => {
    const key = readBehind(from, item)
    members.push({ name: keyName(key), key, value: readItem(from) })
  })
  return { kind: 'map', members, type: 'map', offset: head.offset, length: from.at() - head.offset }
}

/** A longer integer takes long to be written in tens. */
const mostBignumBytes = 2_000

const readTag = (from: ByteCursor, tag: number | bigint, offset: number): PayloadNode => {
  const content = from.deeper(() => readItem(from))
  const place = { offset, length: from.at() - offset }
  if ((tag === 2 || tag === 3) && content.kind === 'bytes' && content.bytes.length <= mostBignumBytes) {
    const magnitude = BigInt(`0x0${Array.from(content.bytes, hexPair).join('')}`)
    return { kind: 'number', digits: String(tag === 2 ? magnitude : -1n - magnitude), type: 'bignum', ...place }
  }
  const reading = tag === 1 ? epochReading(content) : null
  const node = { kind: 'tagged', tag: String(tag), content, type: 'tag', ...place } as const
  return reading === null ? node : { ...node, reading }
}

/** Seconds since 1970 (§3.4.2). */
const epochReading = (node: PayloadNode): string | null => {
  if (node.kind !== 'number') return null
  const seconds = Math.floor(Number(node.digits))
  return timestampText({ seconds, nanos: Math.round((Number(node.digits) - seconds) * 1e3) * 1e6 })
}

const readSimple = (from: ByteCursor, { offset, info }: Head): PayloadNode => {
  const place = () => ({ offset, length: from.at() - offset })
  switch (info) {
    case 20:
    case 21:
      return { kind: 'constant', value: info === 21, type: 'boolean', ...place() }
    case 22:
      return { kind: 'constant', value: null, type: 'null', ...place() }
    case 23:
      return { kind: 'undefined', type: 'undefined', ...place() }
    case 24: {
      const code = from.byte()
      // Below 32 it would be a second way to write what one byte says, which is not well-formed (§3.3).
      if (code < 32) throw new DecodingFault('badStart', offset)
      return { kind: 'simple', code, type: 'simple', ...place() }
    }
    case 25:
      return { kind: 'number', digits: floatText(halfValue(Number(readWhole(from, 2)))), type: 'float16', ...place() }
    case 26:
      return { kind: 'number', digits: singleText(readSingle(from)), type: 'float32', ...place() }
    case 27:
      return { kind: 'number', digits: floatText(readDouble(from)), type: 'float64', ...place() }
    case indefinite:
      throw new DecodingFault('badBreak', offset)
    default:
      if (info > 27) throw new DecodingFault('badStart', offset)
      return { kind: 'simple', code: info, type: 'simple', ...place() }
  }
}
