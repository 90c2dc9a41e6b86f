import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { readFile, rename, rm } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import type { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import type { RecordedMessage, RecordingItem, RecordingNote } from '#shared/recording/recordedMessage'
import { readerFor } from '#shared/recording/recordingFormats'
import type { RecordingWriter } from '#shared/recording/recordingWriter'
import { createPayloadFiles } from '#shared/recording/writers/payloadFiles'
import { messageOf } from '#shared/text/messageOf'
import { openFolder } from '../../core/files/folderWriting'
import { readArguments, usage } from './convertArguments'
import { noteText, refusalText } from './refusalText'

const done = 0
const someRefused = 1
const wrongUse = 2

/** `topicscope convert`: answers the exit code. */
export const runConvert = async (args: readonly string[]): Promise<number> => {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(usage)
    return done
  }
  const read = readArguments(args)
  if (!read.ok) return complain(`${read.problem}\n${usage.split('\n', 1).join('')}`)
  const { from, to, reader: named, writer } = read.wanted
  const bytes = await (from === '-' ? buffer(process.stdin) : readFile(from)).catch(() => null)
  if (!bytes) return complain(`${from} cannot be read`)
  const reader = named ?? readerFor(bytes)
  if (!reader) return complain(`${from} is no recording that is known; --from names its format`)
  try {
    const items = reader.read([bytes])
    const counts = await (writer === null
      ? writeFolder(items, to)
      : to === '-'
        ? writeAll(items, writer, process.stdout)
        : writeFile(items, writer, to))
    tell(counts, reader.name)
    return counts.refused > 0 ? someRefused : done
  } catch (error) {
    return complain(`${to} cannot be written (${messageOf(error)})`)
  }
}

interface Counts {
  read: number
  written: number
  refused: number
  /** Events and bookmarks that the format has no place for. */
  marksLeft: number
  readonly notes: Map<RecordingNote, number>
}

/** A file is there when all of it is: what stood in its place stays until then. */
const writeFile = async (items: Iterable<RecordingItem>, writer: RecordingWriter, path: string): Promise<Counts> => {
  const apart = `${path}.${process.pid}.part`
  const stream = createWriteStream(apart)
  try {
    await once(stream, 'open')
    const counts = await writeAll(items, writer, stream)
    stream.end()
    await finished(stream)
    await rename(apart, path)
    return counts
  } catch (error) {
    stream.destroy()
    await rm(apart, { force: true })
    throw error
  }
}

/** Pieces of this size go to the stream; what it cannot take waits. */
const pieceBytes = 65_536

const writeAll = async (items: Iterable<RecordingItem>, writer: RecordingWriter, stream: Writable): Promise<Counts> => {
  const counts = noCounts()
  let parts: Uint8Array[] = [writer.begin()]
  let length = 0
  const flush = async () => {
    const piece = Buffer.concat(parts)
    parts = []
    length = 0
    if (piece.length > 0 && !stream.write(piece)) await once(stream, 'drain')
  }
  for (const item of items) {
    const written = take(item, writer, counts)
    if (!written) continue
    parts.push(written)
    length += written.length
    if (length > pieceBytes) await flush()
  }
  if (writer.end) parts.push(writer.end())
  await flush()
  return counts
}

/** The folder is there when all of it is; what stands in its place already is not touched. */
const writeFolder = async (items: Iterable<RecordingItem>, path: string): Promise<Counts> => {
  const counts = noCounts()
  const folder = await openFolder(path)
  try {
    const fileOf = createPayloadFiles()
    for (const item of items) {
      if (item.kind === 'mark') counts.marksLeft += 1
      const message = item.kind === 'mark' ? null : messageIn(item, counts)
      if (!message) continue
      const { name, bytes, manifest } = fileOf(message)
      await folder.write({ files: [{ name, bytes }], manifest })
    }
    await folder.keep()
    return counts
  } catch (error) {
    await folder.discard()
    throw error
  }
}

const noCounts = (): Counts => ({ read: 0, written: 0, refused: 0, marksLeft: 0, notes: new Map() })

const take = (item: RecordingItem, writer: RecordingWriter, counts: Counts): Uint8Array | null => {
  if (item.kind === 'mark') {
    if (!writer.mark) counts.marksLeft += 1
    return writer.mark?.(item.json) ?? null
  }
  const message = messageIn(item, counts)
  return message && writer.message(message)
}

/** Counts it; null = it was refused, which is said. */
const messageIn = (item: Exclude<RecordingItem, { kind: 'mark' }>, counts: Counts): RecordedMessage | null => {
  counts.read += 1
  if (item.kind === 'refused') {
    counts.refused += 1
    const { place, reason, detail } = item
    say(`${place.unit} ${place.number}: ${refusalText[reason]}${detail === undefined ? '' : ` (${detail})`}`)
    return null
  }
  counts.written += 1
  for (const note of item.notes) counts.notes.set(note, (counts.notes.get(note) ?? 0) + 1)
  return item.message
}

const tell = ({ read, written, refused, marksLeft, notes }: Counts, format: string) => {
  for (const [note, count] of notes) say(`${count} ${noteText[note]}`)
  if (marksLeft > 0) say(`${marksLeft} events and bookmarks left out, for which this format has no place`)
  say(`${format}: read ${read}, written ${written}, refused ${refused}`)
}

const complain = (text: string): number => {
  say(text)
  return wrongUse
}

const say = (text: string) => process.stderr.write(`topicscope convert: ${text}\n`)
