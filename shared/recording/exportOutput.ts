import { joinedBytes } from '#shared/encoding/joinedBytes'
import { canHoldDecoded, type ExportFormat } from './exportFormat'
import { recordingWriters } from './recordingFormats'
import type { RecordingWriter, WrittenMessage } from './recordingWriter'
import { parseTemplate } from './writers/messageTemplate'
import { createPayloadFiles } from './writers/payloadFiles'

export interface ExportKind {
  readonly format: ExportFormat
  /** Of lines by a template. */
  readonly template: string
  /** Whether what payloads are decoded to stands beside them. */
  readonly decoded: boolean
}

/** What is written at once: few pieces are few turns, and a small one is copied within a frame. */
const pieceBytes = 2 ** 19
/** A folder of so many small files at once; each costs the disk more than its bytes. */
const pieceFiles = 200

/** What is written at once. */
export type ExportPiece =
  /** The next bytes of the file. */
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  /** The next files of the folder; bytes of the same name as the file before are behind those. */
  | {
      readonly kind: 'files'
      readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[]
      readonly manifest: Uint8Array
    }

/** A file or a folder that messages are exported to, piece by piece. */
interface ExportOutput {
  add(message: WrittenMessage): void
  /** An event or a bookmark, as JSON; where the kind of file has no place for it, nothing. */
  mark(json: string): void
  /** What is ready to be written; at the end, all. */
  take(isEnd: boolean): readonly ExportPiece[]
}

export const createExportOutput = (kind: ExportKind): ExportOutput =>
  kind.format === 'raw' ? folderOutput() : fileOutput(writerOf(kind))

const writerOf = ({ format, template, decoded }: ExportKind): RecordingWriter => {
  if (format === 'raw') throw new Error('Files are no single one.')
  if (format !== 'template') return recordingWriters[format]({ decoded: decoded && canHoldDecoded(format) })
  const parsed = parseTemplate(template)
  if (!parsed.ok) throw new Error(`${parsed.code} is no code.`)
  return parsed.writer
}

const fileOutput = (writer: RecordingWriter): ExportOutput => {
  let parts: Uint8Array[] = [writer.begin()]
  let length = 0
  const push = (bytes: Uint8Array) => {
    parts.push(bytes)
    length += bytes.length
  }
  return {
    add: (message) => push(writer.message(message)),
    mark: (json) => {
      if (writer.mark) push(writer.mark(json))
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

const folderOutput = (): ExportOutput => {
  const fileOf = createPayloadFiles()
  let files: { readonly name: string; readonly bytes: Uint8Array }[] = []
  let manifest: Uint8Array[] = []
  let length = 0
  const flush = (): ExportPiece => {
    const piece: ExportPiece = { kind: 'files', files, manifest: joinedBytes(manifest) }
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
    mark: () => undefined,
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
