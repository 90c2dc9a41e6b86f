import { joinedBytes } from '#shared/encoding/joinedBytes'
import { recordingWriters } from '#shared/recording/recordingFormats'
import type { RecordingWriter, WrittenMessage } from '#shared/recording/recordingWriter'
import { parseTemplate } from '#shared/recording/writers/messageTemplate'
import { createPayloadFiles } from '#shared/recording/writers/payloadFiles'
import { canHoldDecoded, type ExportFormat } from './exportFormat'
import { exportedMessages, type MessagesOrder } from './exportedMessages'

export interface ExportOrder extends MessagesOrder {
  readonly format: ExportFormat
  /** Of lines by a template. */
  readonly template: string
}

interface Progress {
  /** Messages that are written with this step. */
  readonly written: number
  /** Of so many of them only the beginning of the payload is there. */
  readonly heads: number
  /** Rows that were looked at. */
  readonly looked: number
}

export type ExportStep =
  /** The next bytes of the file. */
  | ({ readonly kind: 'bytes'; readonly bytes: Uint8Array } & Progress)
  /** The next files of the folder. */
  | ({
      readonly kind: 'files'
      readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[]
      readonly manifest: Uint8Array
    } & Progress)
  /** All of the payload of a row is asked for; null = it is gone. */
  | { readonly kind: 'needs'; readonly row: number }
  | ({ readonly kind: 'done' } & Progress)

/** What is written at once: few pieces are few turns, and a small one is copied within a frame. */
const pieceBytes = 2 ** 19
/** A folder of so many small files at once; each costs the disk more than its bytes. */
const pieceFiles = 200
/** How far a person sees an export that finds nothing. */
const rowsPerNews = 65_536

type Steps = Generator<ExportStep, void, Uint8Array | null>

/** An export, a step at a time: whoever asks for the next one has room for it. A `needs` is answered with the next question. */
export function* exportSteps(order: ExportOrder): Steps {
  const output = order.format === 'raw' ? folderOutput() : fileOutput(writerOf(order))
  const progress = { written: 0, heads: 0, looked: 0 }
  let told = 0
  for (const { found, looked } of exportedMessages(order)) {
    for (const { row, isHead, read } of found) {
      const whole: Uint8Array | null = isHead ? yield { kind: 'needs', row } : null
      output.add(read(whole))
      progress.written += 1
      if (isHead && !whole) progress.heads += 1
      for (const step of output.take(false)) yield { ...step, ...progress }
    }
    progress.looked += looked
    if (progress.looked - told > rowsPerNews) {
      told = progress.looked
      yield { kind: 'bytes', bytes: new Uint8Array(0), ...progress }
    }
  }
  for (const step of output.take(true)) yield { ...step, ...progress }
  yield { kind: 'done', ...progress }
}

type Piece =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | Pick<Extract<ExportStep, { kind: 'files' }>, 'kind' | 'files' | 'manifest'>

interface Output {
  add(message: WrittenMessage): void
  /** What is ready to be written; at the end, all. */
  take(isEnd: boolean): readonly Piece[]
}

const writerOf = ({ format, template, decoded }: ExportOrder): RecordingWriter => {
  if (format === 'raw') throw new Error('Files are no single one.')
  if (format !== 'template') return recordingWriters[format]({ decoded: decoded && canHoldDecoded(format) })
  const parsed = parseTemplate(template)
  if (!parsed.ok) throw new Error(`${parsed.code} is no code.`)
  return parsed.writer
}

const fileOutput = (writer: RecordingWriter): Output => {
  let parts: Uint8Array[] = [writer.begin()]
  let length = 0
  return {
    add: (message) => {
      const bytes = writer.message(message)
      parts.push(bytes)
      length += bytes.length
    },
    take: (isEnd) => {
      if (isEnd && writer.end) parts.push(writer.end())
      if (!isEnd && length < pieceBytes) return []
      const pieces = cut(joinedBytes(parts)).map((bytes) => ({ kind: 'bytes', bytes }) as const)
      parts = []
      length = 0
      return pieces
    },
  }
}

const folderOutput = (): Output => {
  const fileOf = createPayloadFiles()
  let files: { readonly name: string; readonly bytes: Uint8Array }[] = []
  let manifest: Uint8Array[] = []
  let length = 0
  const flush = (): Piece => {
    const piece: Piece = { kind: 'files', files, manifest: joinedBytes(manifest) }
    files = []
    manifest = []
    length = 0
    return piece
  }
  return {
    add: (message) => {
      const file = fileOf(message)
      files.push({ name: file.name, bytes: file.bytes })
      manifest.push(file.manifest)
      length += file.bytes.length
    },
    take: (isEnd) => {
      if (!isEnd && length < pieceBytes && files.length < pieceFiles) return []
      const large = length > 2 * pieceBytes ? files.pop() : undefined
      if (!large) return files.length > 0 ? [flush()] : []
      // A large one comes last: the ones before it have not made a piece yet.
      const [first, ...others] = cut(large.bytes).map((bytes) => ({ name: large.name, bytes }))
      if (first) files.push(first)
      const empty = new Uint8Array(0)
      return [flush(), ...others.map((file) => ({ kind: 'files', files: [file], manifest: empty }) as const)]
    },
  }
}

/** In memory of their own, so that each can cross to another thread; a little more than a piece is one. */
const cut = (bytes: Uint8Array): readonly Uint8Array[] => {
  if (bytes.length <= 2 * pieceBytes) return bytes.length > 0 ? [bytes] : []
  const pieces: Uint8Array[] = []
  for (let at = 0; at < bytes.length; at += pieceBytes) pieces.push(bytes.slice(at, at + pieceBytes))
  return pieces
}
