import { recordingReaders, recordingWriters, type RecordingFormat } from '#shared/recording/recordingFormats'
import type { RecordingReader } from '#shared/recording/recordingReader'
import type { RecordingWriter } from '#shared/recording/recordingWriter'
import { parseTemplate } from '#shared/recording/writers/messageTemplate'
import { readOptions } from '../readOptions'

/** What is asked for. `-` = standard input or output. */
interface ConvertArguments {
  /** Null = by the content. */
  readonly reader: RecordingReader | null
  /** Null = payloads as files, in a folder. */
  readonly writer: RecordingWriter | null
  readonly from: string
  readonly to: string
}

export type ReadArguments =
  | { readonly ok: true; readonly wanted: ConvertArguments }
  | { readonly ok: false; readonly problem: string }

const payloadFiles = 'raw'
const formats = [...Object.keys(recordingWriters), payloadFiles]

export const usage = `usage: topicscope convert [--from FORMAT] --to ${formats.join('|')} [--format TEMPLATE] IN OUT

Converts a recording of messages. IN and OUT may be - (standard input and output); with --to raw, OUT is a new folder.

  --from FORMAT      ${recordingReaders.map(({ name }) => name).join(' ')}
                     without it, the content says it
  --to FORMAT        ${formats.join(' ')}
  --format TEMPLATE  a line a message in place of JSON, with the codes of mosquitto_sub -F (only with --to jsonl)

Counts of messages read, written and refused, and why one was refused, go to standard error.
`

export const readArguments = (args: readonly string[]): ReadArguments => {
  const read = readOptions(args, ['--from', '--to', '--format'])
  if (!read.ok) return read
  const { given, files } = read
  const [from, to, another] = files
  const toName = given.get('--to')
  if (toName === undefined) return wrong('--to is missing')
  if (!isFormat(toName) && toName !== payloadFiles)
    return wrong(`${toName} is no format to write; there are ${formats.join(', ')}`)
  const fromName = given.get('--from')
  const reader = fromName === undefined ? null : (recordingReaders.find(({ name }) => name === fromName) ?? null)
  if (fromName !== undefined && !reader) return wrong(`${fromName} is no format to read`)
  if (from === undefined) return wrong('the file to read is missing')
  if (to === undefined) return wrong('the file to write is missing')
  if (another !== undefined) return wrong('more than two files')
  const template = given.get('--format')
  if (toName === payloadFiles && to === '-') return wrong('--to raw takes the name of a folder')
  const writer = isFormat(toName) ? recordingWriters[toName]() : null
  if (template === undefined) return { ok: true, wanted: { reader, writer, from, to } }
  if (toName !== 'jsonl') return wrong('--format goes with --to jsonl')
  const parsed = parseTemplate(template)
  if (!parsed.ok) return wrong(`--format: ${parsed.code} at character ${parsed.position + 1} is no code`)
  return { ok: true, wanted: { reader, writer: parsed.writer, from, to } }
}

const isFormat = (name: string): name is RecordingFormat => Object.hasOwn(recordingWriters, name)

const wrong = (problem: string): ReadArguments => ({ ok: false, problem })
