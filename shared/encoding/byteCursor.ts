import { decodeUtf8, isUtf8 } from '#shared/mqtt/utf8'
import { DecodingFault } from './decodingFault'
import { deepestLevel } from './encodingFault'

/** Values of one payload: more are not looked at, and far fewer bytes may claim them. */
const mostNodes = 1_000_000

/** A place in a payload and where what is read there ends. Numbers have the lowest byte first where nothing else is said. Throws a `DecodingFault`. */
export interface ByteCursor {
  readonly at: () => number
  readonly isAtEnd: () => boolean
  /** Begins another payload: faster than a cursor of its own for each of many. */
  readonly begin: (source: Uint8Array) => void
  readonly byte: () => number
  /** A view. */
  readonly bytes: (length: number | bigint) => Uint8Array
  /** Goes on behind so many bytes, of which nothing is made. */
  readonly skip: (length: number | bigint) => void
  /** The same for UTF-8, which is checked. */
  readonly skipText: (length: number | bigint) => void
  /** Whether these bytes stood there, which were read before. */
  readonly holds: (offset: number, bytes: Uint8Array) => boolean
  /** Of UTF-8. */
  readonly text: (length: number | bigint) => string
  /** An unsigned integer of up to 64 bits, seven of them a byte. */
  readonly varint: () => number | bigint
  /** An unsigned integer of up to 4 bytes, the highest first. */
  readonly whole: (width: number) => number
  readonly fixed32: () => number
  readonly fixed64: () => bigint
  readonly single: () => number
  readonly double: () => number
  /** What `read` makes of the next bytes, which end for it there. This goes on behind them, however far it read. */
  readonly within: <T>(length: number | bigint, read: () => T) => T
  /** What `read` makes of bytes that were read before. */
  readonly again: <T>(offset: number, length: number, read: () => T) => T
  /** Counts a value, and throws when there are too many in the payload. */
  readonly count: () => void
  /** Calls `read` one level deeper. */
  readonly deeper: <T>(read: () => T) => T
}

export const createByteCursor = (first: Uint8Array): ByteCursor => {
  let source = first
  let madeView: DataView | null = null
  let at = 0
  let to = source.length
  let nodes = 0
  let depth = 0
  const take = (length: number | bigint): number => {
    const start = at
    if (length > to - start) throw new DecodingFault('cutShort', start)
    at = start + Number(length)
    return start
  }
  const bytes = (length: number | bigint) => {
    const start = take(length)
    return source.subarray(start, at)
  }
  /** Whoever catches what `read` throws reads on behind the region. */
  const region = <T>(from: number, end: number, read: () => T): T => {
    const outer = to
    at = from
    to = end
    try {
      return read()
    } finally {
      at = end
      to = outer
    }
  }
  const view = (): DataView => (madeView ??= new DataView(source.buffer, source.byteOffset, source.byteLength))
  return {
    at: () => at,
    isAtEnd: () => at >= to,
    begin: (next) => {
      source = next
      madeView = null
      at = 0
      to = next.length
      nodes = 0
      depth = 0
    },
    byte: () => source[take(1)] ?? 0,
    bytes,
    skip: (length) => void take(length),
    skipText: (length) => {
      const start = take(length)
      if (!isUtf8(source, start, at)) throw new DecodingFault('notUtf8', start)
    },
    holds: (offset, wanted) => {
      for (let index = 0; index < wanted.length; index++) if (source[offset + index] !== wanted[index]) return false
      return true
    },
    text: (length) => {
      const start = at
      const utf8 = bytes(length)
      if (!isUtf8(utf8)) throw new DecodingFault('notUtf8', start)
      return decodeUtf8(utf8)
    },
    varint: () => {
      const read = readVarint(source, at, to)
      at = read.end
      return read.value
    },
    whole: (width) => {
      let value = 0
      for (let index = take(width); index < at; index++) value = value * 0x100 + (source[index] ?? 0)
      return value
    },
    fixed32: () => view().getUint32(take(4), true),
    fixed64: () => view().getBigUint64(take(8), true),
    single: () => view().getFloat32(take(4), true),
    double: () => view().getFloat64(take(8), true),
    within: (length, read) => {
      const start = take(length)
      return region(start, at, read)
    },
    again: (offset, length, read) => {
      const behind = at
      const value = region(offset, offset + length, read)
      at = behind
      return value
    },
    count: () => {
      nodes += 1
      if (nodes > mostNodes) throw new DecodingFault('tooMany', at)
    },
    deeper: (read) => {
      if (depth >= deepestLevel) throw new DecodingFault('tooDeep', at)
      depth += 1
      try {
        return read()
      } finally {
        depth -= 1
      }
    },
  }
}

const readVarint = (source: Uint8Array, start: number, to: number): { value: number | bigint; end: number } => {
  let low = 0
  let high = 0n
  for (let index = 0; index < 10; index++) {
    if (start + index >= to) throw new DecodingFault('cutShort', start)
    const byte = source[start + index] ?? 0
    // Four bytes fit into a number, most integers do.
    if (index < 4) low |= (byte & 0x7f) << (7 * index)
    else high |= BigInt(byte & 0x7f) << BigInt(7 * index)
    if (byte >= 0x80) continue
    // Of the tenth byte, one bit is left.
    if (index === 9 && byte > 1) break
    return { value: index < 4 ? low : high | BigInt(low), end: start + index + 1 }
  }
  throw new DecodingFault('badInteger', start)
}
