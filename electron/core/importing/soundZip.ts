import { inflateRaw } from 'node:zlib'
import { promisify } from 'node:util'
import { crc32 } from '#shared/encoding/crc32'
import { UnreadableFile } from '#shared/importing/limits'

/** A file in an archive, unpacked. */
interface ZipEntry {
  readonly name: string
  readonly bytes: Buffer
}

interface ZipPlace {
  readonly name: string
  readonly method: number
  readonly packed: number
  readonly unpacked: number
  readonly offset: number
}

export interface ZipLimits {
  /** Of all entries together, in bytes. */
  readonly unpacked: number
  readonly entries: number
}

const ends = { signature: 0x06054b50, length: 22 } as const
const directory = { signature: 0x02014b50, length: 46 } as const
const local = { signature: 0x04034b50, length: 30 } as const
const inflate = promisify(inflateRaw)

/**
 * The same archive (APPNOTE 6.3.3) with nothing in it that could not be trusted: each entry was unpacked within limits and is as
 * long as its directory says, no name leads out of it, none stands twice, and what lies between entries is left out. Throws
 * `UnreadableFile`: `damaged`, or `tooLarge`.
 */
export const soundZip = async (bytes: Uint8Array, limits: ZipLimits): Promise<Buffer> => {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const places = placesIn(source, limits)
  const entries: ZipEntry[] = []
  for (const place of places) entries.push({ name: place.name, bytes: await unpackedEntry(source, place) })
  return storedZip(entries)
}

const placesIn = (source: Buffer, limits: ZipLimits): readonly ZipPlace[] => {
  const end = endOf(source)
  const count = source.readUInt16LE(end + 10)
  if (count > limits.entries) throw tooLarge()
  const places: ZipPlace[] = []
  const names = new Set<string>()
  let total = 0
  let at = source.readUInt32LE(end + 16)
  for (let index = 0; index < count; index++) {
    if (at + directory.length > end || source.readUInt32LE(at) !== directory.signature) throw damaged()
    const nameLength = source.readUInt16LE(at + 28)
    const name = source.toString('utf8', at + directory.length, at + directory.length + nameLength)
    const place = {
      name,
      method: source.readUInt16LE(at + 10),
      packed: source.readUInt32LE(at + 20),
      unpacked: source.readUInt32LE(at + 24),
      offset: source.readUInt32LE(at + 42),
    }
    const isEncrypted = (source.readUInt16LE(at + 8) & 1) === 1
    if (isEncrypted || leadsOut(name) || names.has(name.toLowerCase())) throw damaged()
    names.add(name.toLowerCase())
    total += place.unpacked
    if (total > limits.unpacked) throw tooLarge()
    places.push(place)
    at += directory.length + nameLength + source.readUInt16LE(at + 30) + source.readUInt16LE(at + 32)
  }
  // More entries than are counted, or other bytes: who wrote it meant to be read in two ways.
  if (at !== end) throw damaged()
  return places
}

/** Behind it stands nothing but a comment of the length that it says. */
const endOf = (source: Buffer): number => {
  const first = Math.max(0, source.length - ends.length - 0xffff)
  for (let at = source.length - ends.length; at >= first; at--)
    if (source.readUInt32LE(at) === ends.signature && at + ends.length + source.readUInt16LE(at + 20) === source.length)
      return at
  throw damaged()
}

const leadsOut = (name: string): boolean =>
  name === '' || /^[/\\]|^[A-Za-z]:|[\0\\]/.test(name) || name.split('/').includes('..')

const unpackedEntry = async (source: Buffer, place: ZipPlace): Promise<Buffer> => {
  const { offset, packed, unpacked, method } = place
  if (offset + local.length > source.length || source.readUInt32LE(offset) !== local.signature) throw damaged()
  const start = offset + local.length + source.readUInt16LE(offset + 26) + source.readUInt16LE(offset + 28)
  if (start + packed > source.length || (method !== 0 && method !== 8)) throw damaged()
  const data = source.subarray(start, start + packed)
  const bytes = method === 0 ? data : await inflated(data, unpacked)
  if (bytes.length !== unpacked) throw damaged()
  return bytes
}

const inflated = async (data: Buffer, unpacked: number): Promise<Buffer> => {
  try {
    // One byte more than it says is a lie already.
    return await inflate(data, { maxOutputLength: Math.max(1, unpacked) })
  } catch (error) {
    throw damaged(error)
  }
}

const storedZip = (entries: readonly ZipEntry[]): Buffer => {
  const parts: Buffer[] = []
  const rows: Buffer[] = []
  let offset = 0
  for (const { name, bytes } of entries) {
    const title = Buffer.from(name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    // Names are UTF-8 (APPNOTE D.1).
    common.writeUInt16LE(0x800, 2)
    common.writeUInt32LE(crc32(bytes), 10)
    common.writeUInt32LE(bytes.length, 14)
    common.writeUInt32LE(bytes.length, 18)
    common.writeUInt16LE(title.length, 22)
    const head = Buffer.concat([uint32(local.signature), common, title])
    const row = Buffer.alloc(directory.length)
    row.writeUInt32LE(directory.signature, 0)
    row.writeUInt16LE(20, 4)
    common.copy(row, 6)
    row.writeUInt32LE(offset, 42)
    rows.push(row, title)
    parts.push(head, bytes)
    offset += head.length + bytes.length
  }
  const list = Buffer.concat(rows)
  const end = Buffer.alloc(ends.length)
  end.writeUInt32LE(ends.signature, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, list, end])
}

const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

const damaged = (cause?: unknown) => new UnreadableFile('damaged', 'The workbook cannot be read.', { cause })
const tooLarge = () => new UnreadableFile('tooLarge', 'The workbook becomes too large.')
