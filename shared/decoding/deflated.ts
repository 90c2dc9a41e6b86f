import { crc32 } from '#shared/encoding/crc32'
import { joinedBytes } from '#shared/encoding/joinedBytes'
import { DecodingFault } from '#shared/encoding/decodingFault'
import { inflate } from './inflate'

/** RFC 1951, with nothing behind it. */
export const inflateAll = (bytes: Uint8Array, mostBytes: number): Uint8Array => {
  const { bytes: inflated, end } = inflate(bytes, 0, mostBytes)
  return nothingBehind(bytes, end, inflated)
}

const nothingBehind = (bytes: Uint8Array, end: number, inflated: Uint8Array): Uint8Array => {
  if (end < bytes.length) throw new DecodingFault('leftOver', end)
  return inflated
}

/** RFC 1952: members, one behind the other. */
export const gunzip = (bytes: Uint8Array, mostBytes: number): Uint8Array => {
  const members: Uint8Array[] = []
  let length = 0
  let at = 0
  do {
    const { bytes: member, end } = inflate(bytes, gzipBody(bytes, at), mostBytes - length)
    if (end + 8 > bytes.length) throw new DecodingFault('cutShort', bytes.length)
    if (uint32(bytes, end) !== crc32(member)) throw new DecodingFault('badCompression', end)
    if (uint32(bytes, end + 4) !== member.length) throw new DecodingFault('badCompression', end + 4)
    members.push(member)
    length += member.length
    at = end + 8
    if (at < bytes.length && !isGzip(bytes, at)) throw new DecodingFault('leftOver', at)
  } while (at < bytes.length)
  const [only] = members
  return only && members.length === 1 ? only : joinedBytes(members)
}

const isGzip = (bytes: Uint8Array, at: number): boolean => bytes[at] === 0x1f && bytes[at + 1] === 0x8b

const gzipFlags = { headerCrc: 2, extra: 4, name: 8, comment: 16, reserved: 0xe0 } as const

/** Where the data of a member begins (§2.3). */
const gzipBody = (bytes: Uint8Array, start: number): number => {
  if (start + 10 > bytes.length) throw new DecodingFault('cutShort', bytes.length)
  if (!isGzip(bytes, start)) throw new DecodingFault('badCompression', start)
  if (bytes[start + 2] !== 8) throw new DecodingFault('badCompression', start + 2)
  const bits = bytes[start + 3] ?? 0
  if ((bits & gzipFlags.reserved) !== 0) throw new DecodingFault('badCompression', start + 3)
  let at = start + 10
  if (bits & gzipFlags.extra) at += 2 + (bytes[at] ?? 0) + 256 * (bytes[at + 1] ?? 0)
  if (bits & gzipFlags.name) at = behindZero(bytes, at)
  if (bits & gzipFlags.comment) at = behindZero(bytes, at)
  return bits & gzipFlags.headerCrc ? at + 2 : at
}

const behindZero = (bytes: Uint8Array, at: number): number => {
  const zero = bytes.indexOf(0, at)
  if (zero < 0) throw new DecodingFault('cutShort', bytes.length)
  return zero + 1
}

/** RFC 1950. */
export const unzlib = (bytes: Uint8Array, mostBytes: number): Uint8Array => {
  const [method = 0, bits = 0] = bytes
  if (bytes.length < 2) throw new DecodingFault('cutShort', bytes.length)
  if ((method & 15) !== 8 || (256 * method + bits) % 31 !== 0) throw new DecodingFault('badCompression', 0)
  if (bits & 0x20) throw new DecodingFault('badCompression', 1, 'it needs a preset dictionary')
  const { bytes: inflated, end } = inflate(bytes, 2, mostBytes)
  if (end + 4 > bytes.length) throw new DecodingFault('cutShort', bytes.length)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.getUint32(end) !== adlerOf(inflated)) throw new DecodingFault('badCompression', end)
  return nothingBehind(bytes, end + 4, inflated)
}

const uint32 = (bytes: Uint8Array, at: number): number =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at, true)

const adlerOf = (bytes: Uint8Array): number => {
  let low = 1
  let high = 0
  for (const byte of bytes) {
    low = (low + byte) % 65_521
    high = (high + low) % 65_521
  }
  return high * 65_536 + low
}
