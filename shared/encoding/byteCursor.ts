import { decodeUtf8, isUtf8 } from '#shared/mqtt/utf8'
import { DecodingFault } from './decodingFault'
import { deepestLevel } from './encodingFault'

/** Values of one payload: more are not looked at, and far fewer bytes may claim them. */
const mostNodes = 1_000_000

/** A place in a payload and where what is read there ends. Numbers have the lowest byte first. Throws a `DecodingFault`. */
export interface ByteCursor {
  readonly at: () => number
  readonly isAtEnd: () => boolean
  readonly byte: () => number
  /** A view. */
  readonly bytes: (length: number | bigint) => Uint8Array
  /** Of UTF-8. */
  readonly text: (length: number | bigint) => string
  /** An unsigned integer of up to 64 bits, seven of them a byte. */
  readonly varint: () => number | bigint
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

export const createByteCursor = (source: Uint8Array): ByteCursor => {
  const view = new DataView(source.buffer, source.byteOffset, source.byteLength)
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
  return {
    at: () => at,
    isAtEnd: () => at >= to,
    byte: () => view.getUint8(take(1)),
    bytes,
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
    fixed32: () => view.getUint32(take(4), true),
    fixed64: () => view.getBigUint64(take(8), true),
    single: () => view.getFloat32(take(4), true),
    double: () => view.getFloat64(take(8), true),
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
