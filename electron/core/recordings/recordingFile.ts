import { createReadStream, readSync } from 'node:fs'
import { mkdir, mkdtemp, open, rm, type FileHandle } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { constants, createGunzip } from 'node:zlib'
import { utf8PiecesOf } from '#shared/recording/textPieces'
import type { RecordingItem } from '#shared/recording/recordedMessage'
import { fail, ok, type Result } from '#shared/result'
import { messageOf } from '#shared/text/messageOf'
import { findRegularFile } from '../files/readRegularFile'

/** A recording on disk that is of a known kind. */
export interface RecordingFile {
  readonly name: string
  /** Of the file as it is on disk. */
  readonly bytes: number
  /** Milliseconds since 1970. */
  readonly modifiedAt: number
  /** The name of its reader. */
  readonly format: string
  /**
   * Everything in it, from the beginning on each call. What is read of the file is read when the next item is asked for, so
   * whoever walks along lets other work have its turn. `onRead` is told how much of the file that is. Throws what reading throws.
   */
  items(onRead: (bytes: number) => void): Iterable<RecordingItem>
  close(): Promise<void>
}

export interface OpenRecordingOptions {
  /** Where a compressed one is unpacked; it is gone when the file is closed. */
  readonly temporaryFolder: string
  readonly signal: AbortSignal
}

/** What the folders begin with in which recordings are unpacked. */
export const unpackedPrefix = 'unpacked-recording-'

/** Of a file that is unpacked: more is no recording, but a trap. */
const mostUnpacked = 64 * 2 ** 30
const pieceBytes = 2 ** 18

/** Fails as reading the file does, with `recordingEmpty` and `recordingUnknown`, and with `cancelled`. */
export const openRecordingFile = async (
  path: string,
  options: OpenRecordingOptions,
): Promise<Result<RecordingFile>> => {
  const found = await findRegularFile(path, { limitBytes: Infinity, signal: options.signal })
  if (!found.ok) return found
  const { name, size, modifiedAt } = found.value
  const opened = await openPlain(path, options)
  if (!opened.ok) return opened
  const { file, unpacked, dispose } = opened.value
  const { headBytes, readerFor } = await import('#shared/recording/recordingFormats')
  const head = joinedHead(file.fd, headBytes)
  const reader = readerFor(head)
  if (!reader) {
    await dispose()
    const values = { file: name }
    return head.length === 0
      ? fail('recordingEmpty', `${name} is empty.`, { values })
      : fail('recordingUnknown', `${name} is no recording that is known.`, { values })
  }
  const scale = unpacked === null || unpacked.length === 0 ? 1 : size / unpacked.length
  const read = function* (onRead: (bytes: number) => void): Generator<RecordingItem> {
    let last: RecordingItem['place'] = { unit: 'message', number: 0 }
    for (const item of reader.read(utf8PiecesOf(filePieces(file.fd, (bytes) => onRead(Math.round(bytes * scale)))))) {
      last = item.place
      yield item
    }
    const place = { ...last, number: last.number + 1 }
    if (unpacked?.damage) yield { kind: 'refused', place, reason: 'cutShort', detail: `gzip: ${unpacked.damage}` }
  }
  return ok({
    name,
    bytes: size,
    modifiedAt,
    format: reader.name,
    items: read,
    close: dispose,
  })
}

interface PlainFile {
  readonly file: FileHandle
  /** How much was unpacked, and why that is not all; null = it was not compressed. */
  readonly unpacked: Unpacked | null
  dispose(): Promise<void>
}

/** What was compressed by gzip is unpacked beside the application's files, since it can be read from its beginning only. */
const openPlain = async (
  path: string,
  { temporaryFolder, signal }: OpenRecordingOptions,
): Promise<Result<PlainFile>> => {
  const file = await open(path, 'r')
  const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0)
  const isGzip = bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b
  if (!isGzip) return ok({ file, unpacked: null, dispose: () => file.close() })
  await file.close()
  await mkdir(temporaryFolder, { recursive: true })
  const folder = await mkdtemp(join(temporaryFolder, unpackedPrefix))
  const forget = () => rm(folder, { recursive: true, force: true })
  const target = join(folder, 'unpacked')
  try {
    const unpacked = await unpack(path, target, signal)
    const plain = await open(target, 'r')
    return ok({
      file: plain,
      unpacked,
      dispose: async () => {
        await plain.close()
        await forget()
      },
    })
  } catch (error) {
    await forget()
    if (signal.aborted) return fail('cancelled', 'Reading was given up.')
    const detail = messageOf(error)
    return fail('fileUnreadable', `It could not be unpacked: ${detail}`, { values: { name: basename(path), detail } })
  }
}

interface Unpacked {
  readonly length: number
  /** Null = it is all that was compressed. */
  readonly damage: string | null
}

/** What comes before the place where it is cut off or damaged is kept. */
const unpack = async (from: string, to: string, signal: AbortSignal): Promise<Unpacked> => {
  const target = await open(to, 'wx', 0o600)
  let length = 0
  const write = async (pieces: AsyncIterable<Buffer>) => {
    for await (const piece of pieces) {
      length += piece.length
      if (length > mostUnpacked) throw new Error('it unpacks to more than 64 GiB')
      await target.writeFile(piece)
    }
  }
  try {
    // So what was unpacked of a file that is cut off comes out.
    const gunzip = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH })
    await pipeline(createReadStream(from), gunzip, write, { signal })
    return { length, damage: await damageOf(from, length, signal) }
  } catch (error) {
    if (length === 0 || length > mostUnpacked || signal.aborted) throw error
    return { length, damage: messageOf(error) }
  } finally {
    await target.close()
  }
}

/** The last four bytes are the length of what was compressed (RFC 1952 §2.3.1); where they are not, it is looked into once more. */
const damageOf = async (path: string, length: number, signal: AbortSignal): Promise<string | null> => {
  const file = await open(path, 'r')
  const { size } = await file.stat()
  const { buffer } = await file.read(Buffer.alloc(4), 0, 4, Math.max(0, size - 4))
  await file.close()
  if (buffer.readUInt32LE(0) === length % 2 ** 32) return null
  try {
    await pipeline(
      createReadStream(path),
      createGunzip(),
      async (pieces: AsyncIterable<Buffer>) => {
        for await (const piece of pieces) void piece
      },
      { signal },
    )
    return null
  } catch (error) {
    return messageOf(error)
  }
}

function* filePieces(fd: number, onRead: (bytes: number) => void): Generator<Uint8Array> {
  for (let at = 0; ;) {
    const piece = Buffer.allocUnsafeSlow(pieceBytes)
    const length = readSync(fd, piece, 0, pieceBytes, at)
    if (length === 0) return
    at += length
    yield piece.subarray(0, length)
    onRead(at)
  }
}

const joinedHead = (fd: number, bytes: number): Uint8Array => {
  const parts: Uint8Array[] = []
  let length = 0
  for (const piece of utf8PiecesOf(filePieces(fd, () => undefined))) {
    parts.push(piece)
    length += piece.length
    if (length >= bytes) break
  }
  return Buffer.concat(parts)
}
