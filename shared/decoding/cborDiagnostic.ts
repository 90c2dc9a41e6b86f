import { createByteCursor, type ByteCursor } from '#shared/encoding/byteCursor'
import { DecodingFault } from '#shared/encoding/decodingFault'
import { hexDigits } from '#shared/mqtt/payloadText'
import { decodeUtf8, isUtf8 } from '#shared/mqtt/utf8'
import { halfValue, readDouble, readSingle, readWhole } from './networkOrder'

/**
 * CBOR in its diagnostic notation (RFC 8949 §8), items of a sequence on lines of their own. What is not encoded as shortly as it can be has
 * its width behind it (`1.5_3`, `23_0`, §8.1), so that the text says which bytes they are. Throws a `DecodingFault`.
 */
export const cborDiagnostic = (bytes: Uint8Array): string => {
  const from = createByteCursor(bytes)
  const items: string[] = []
  do items.push(item(from, 0))
  while (!from.isAtEnd())
  return items.join(',\n')
}

interface Head {
  readonly major: number
  readonly info: number
  readonly offset: number
}

const indefinite = 31

const readHead = (from: ByteCursor): Head => {
  const offset = from.at()
  const first = from.byte()
  return { offset, major: first >> 5, info: first & 0x1f }
}

const isBreak = ({ major, info }: Head): boolean => major === 7 && info === indefinite

/** `depth` = how far it is indented where it takes several lines. */
const item = (from: ByteCursor, depth: number): string => itemBehind(from, readHead(from), depth)

const itemBehind = (from: ByteCursor, head: Head, depth: number): string => {
  from.count()
  const { major, info, offset } = head
  if (major === 7) return simple(from, head)
  if (info === indefinite) {
    if (major < 2 || major === 6) throw new DecodingFault('badStart', offset)
    return major < 4 ? chunks(from, major) : container(from, head, depth)
  }
  if (major === 4 || major === 5) return container(from, head, depth)
  const { value, width } = readArgument(from, head)
  if (major === 0) return `${value}${width}`
  if (major === 1) return `${-1n - BigInt(value)}${width}`
  if (major === 6) return tagged(from, { tag: value, width, depth })
  return `${text(from, major, value)}${width}`
}

interface Argument {
  readonly value: number | bigint
  /** '' = it is as short as it can be. */
  readonly width: string
}

/** From which value on each width is needed. */
const shortest = [24n, 256n, 65_536n, 4_294_967_296n]

const readArgument = (from: ByteCursor, { info, offset }: Head): Argument => {
  if (info < 24) return { value: info, width: '' }
  if (info > 27) throw new DecodingFault('badStart', offset)
  const value = readWhole(from, 1 << (info - 24))
  return { value, width: BigInt(value) < (shortest[info - 24] ?? 0n) ? `_${info - 24}` : '' }
}

const text = (from: ByteCursor, major: number, length: number | bigint): string => {
  const start = from.at()
  const bytes = from.bytes(length)
  if (major === 2) return `h'${hexDigits(bytes)}'`
  if (!isUtf8(bytes)) throw new DecodingFault('notUtf8', start)
  return JSON.stringify(decodeUtf8(bytes))
}

const chunks = (from: ByteCursor, major: number): string => {
  const parts: string[] = []
  for (;;) {
    from.count()
    const head = readHead(from)
    // Without a chunk the parentheses would not say of which kind it is.
    if (isBreak(head)) return parts.length === 0 ? (major === 2 ? "''_" : '""_') : `(_ ${parts.join(', ')})`
    if (head.major !== major || head.info === indefinite) throw new DecodingFault('badChunk', head.offset)
    const { value, width } = readArgument(from, head)
    parts.push(`${text(from, major, value)}${width}`)
  }
}

/** A longer one takes long to be written in tens. */
const mostBignumBytes = 2_000

interface Tag {
  readonly tag: number | bigint
  readonly width: string
  readonly depth: number
}

const tagged = (from: ByteCursor, { tag, width, depth }: Tag): string => {
  const content = from.deeper(() => item(from, depth))
  const digits = width === '' && (tag === 2 || tag === 3) ? bignum(content, tag) : null
  return digits ?? `${tag}${width}(${content})`
}

/** Of bytes in one piece, as short as they can be, which no plain integer could hold; null = it is written with its tag. */
const bignum = (content: string, tag: number): string | null => {
  const [, hex = ''] = /^h'((?!00)[0-9a-f]{18,})'$/.exec(content) ?? []
  if (hex === '' || hex.length > 2 * mostBignumBytes) return null
  const magnitude = BigInt(`0x${hex}`)
  return String(tag === 2 ? magnitude : -1n - magnitude)
}

/** An item that is longer takes a line for each of its own items. */
const longestLine = 72
/** Deeper ones are not indented further. */
const deepestIndent = 40

const container = (from: ByteCursor, head: Head, depth: number): string =>
  from.deeper(() => {
    const isOpen = head.info === indefinite
    const { value, width } = isOpen ? { value: Infinity, width: '_' } : readArgument(from, head)
    const parts: string[] = []
    const count = Number(value)
    // A count that no bytes stand behind ends at the first item that is missing.
    for (let index = 0; index < count; index++) {
      const next = readHead(from)
      if (isOpen && isBreak(next)) break
      const first = itemBehind(from, next, depth + 1)
      parts.push(head.major === 4 ? first : `${first}: ${item(from, depth + 1)}`)
    }
    const [open, close] = head.major === 4 ? '[]' : '{}'
    return laidOut(parts, { open: `${open}${width}`, close: close ?? '', depth })
  })

interface Marks {
  readonly open: string
  readonly close: string
  readonly depth: number
}

const laidOut = (parts: readonly string[], { open, close, depth }: Marks): string => {
  const gap = open.length > 1 ? ' ' : ''
  const length = parts.reduce((sum, part) => sum + part.length + 2, 0)
  if (length <= longestLine && !parts.some((part) => part.includes('\n')))
    return `${open}${gap}${parts.join(', ')}${close}`
  const indent = (level: number) => `\n${'  '.repeat(Math.min(level, deepestIndent))}`
  return `${open}${parts.map((part) => `${indent(depth + 1)}${part}`).join(',')}${indent(depth)}${close}`
}

const names: Readonly<Record<number, string>> = { 20: 'false', 21: 'true', 22: 'null', 23: 'undefined' }

const simple = (from: ByteCursor, { info, offset }: Head): string => {
  if (info === indefinite) throw new DecodingFault('badBreak', offset)
  if (info === 24) {
    const code = from.byte()
    if (code < 32) throw new DecodingFault('badStart', offset)
    return `simple(${code})`
  }
  if (info === 25) return floatText(halfValue(Number(readWhole(from, 2))))
  if (info === 26) return float(readSingle(from), 2)
  if (info === 27) return float(readDouble(from), 3)
  if (info > 27) throw new DecodingFault('badStart', offset)
  return names[info] ?? `simple(${info})`
}

/** With its width where a shorter float has the same value (§4.1). */
const float = (value: number, width: 2 | 3): string => {
  const isShorter = Number.isNaN(value) || isHalf(value) || (width === 3 && Math.fround(value) === value)
  return `${floatText(value)}${isShorter ? `_${width}` : ''}`
}

/** Whether a half has the value: 11 bits of it, down to 2 to the power of -24. */
const isHalf = (value: number): boolean => {
  const size = Math.abs(value)
  if (size === 0 || size === Infinity) return true
  if (size > 65_504) return false
  const unit = Math.max(2 ** (Math.floor(Math.log2(size)) - 10), 2 ** -24)
  return Number.isInteger(size / unit)
}

/** Never without a point, which tells a float from an integer. */
const floatText = (value: number): string => {
  if (!Number.isFinite(value)) return String(value)
  const [digits = '', exponent] = (Object.is(value, -0) ? '-0' : String(value)).split('e')
  const pointed = digits.includes('.') ? digits : `${digits}.0`
  return exponent === undefined ? pointed : `${pointed}e${exponent}`
}
