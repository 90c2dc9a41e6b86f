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
  /** The next bytes as something of their own. This one goes on behind them. */
  readonly part: (length: number | bigint) => ByteCursor
  /** Bytes of the payload that were read before, to be read as something else. */
  readonly again: (offset: number, length: number) => ByteCursor
  /** Counts a value, and throws when there are too many in the payload. */
  readonly count: () => void
  /** Calls `read` one level deeper. */
  readonly deeper: <T>(read: () => T) => T
}

/** Of all cursors in a payload. */
interface Limits {
  nodes: number
  depth: number
}

interface Region {
  readonly from: number
  readonly to: number
  readonly limits: Limits
}

export const createByteCursor = (source: Uint8Array): ByteCursor => {
  const view = new DataView(source.buffer, source.byteOffset, source.byteLength)
  return cursorIn(source, view, { from: 0, to: source.length, limits: { nodes: 0, depth: 0 } })
}

const cursorIn = (source: Uint8Array, view: DataView, { from, to, limits }: Region): ByteCursor => {
  let at = from
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
    part: (length) => {
      const start = take(length)
      return cursorIn(source, view, { from: start, to: at, limits })
    },
    again: (offset, length) => cursorIn(source, view, { from: offset, to: offset + length, limits }),
    count: () => {
      limits.nodes += 1
      if (limits.nodes > mostNodes) throw new DecodingFault('tooMany', at)
    },
    deeper: (read) => {
      if (limits.depth >= deepestLevel) throw new DecodingFault('tooDeep', at)
      limits.depth += 1
      try {
        return read()
      } finally {
        limits.depth -= 1
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
