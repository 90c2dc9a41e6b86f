import { encodeUtf8 } from '#shared/mqtt/utf8'
import type { MessageView } from '../../../model/messageLog/messageLogChunk'
import type { Connection } from '../../../state/app'
import { noticesState } from '../../../state/notices'
import { profilesState, selectEntry } from '../../../state/profiles'
import { workInTurns } from '../../../state/workInTurns'
import { formatBytes, formatCount, formatIso } from '../../../ui/format'
import { csvHead, csvRecordOf, jsonLineOf } from './messageRecord'

export const exportFormats = ['jsonLines', 'csv'] as const
export type ExportFormat = (typeof exportFormats)[number]

const formats = {
  jsonLines: { extension: 'jsonl', head: '', recordOf: jsonLineOf },
  csv: { extension: 'csv', head: csvHead, recordOf: csvRecordOf },
} as const satisfies Record<ExportFormat, object>

/** What is written goes to the main process as a whole. */
const largestExport = 512 * 2 ** 20

/** Writes messages to a file that the person chooses, and says how many. */
export const exportMessages = async (
  connection: Connection,
  messages: Iterable<MessageView>,
  format: ExportFormat,
): Promise<void> => {
  const notices = connection.app.get(noticesState)
  const written = await fileOf(messages, format)
  if (!written) {
    notices.show({ text: { key: 'log.export.tooLarge', values: { limit: formatBytes(largestExport) } } })
    return
  }
  const suggestedName = `${nameOf(connection)} ${stamp(Date.now())}.${formats[format].extension}`
  const result = await connection.app.api.invoke('file.save', { suggestedName, bytes: written.bytes })
  if (!result.ok) notices.showError(result.error)
  else if (result.value !== null) {
    const values = { messages: written.messages, count: formatCount(written.messages), heads: written.heads }
    notices.show({ text: { key: 'log.export.done', values } })
  }
}

interface Written {
  readonly bytes: Uint8Array
  readonly messages: number
  /** Of so many messages only the beginning of the payload is in it. */
  readonly heads: number
}

/** The file, made in slices, so that the window can be used meanwhile; null = it would be too large. */
export const fileOf = async (
  messages: Iterable<MessageView>,
  format: ExportFormat,
  limit = largestExport,
): Promise<Written | null> => {
  const { head, recordOf } = formats[format]
  const parts: Uint8Array[] = [encodeUtf8(head)]
  let size = parts[0]?.length ?? 0
  let count = 0
  let heads = 0
  await workInTurns(messages, (message) => {
    const part = encodeUtf8(recordOf(message))
    parts.push(part)
    size += part.length
    count += 1
    if (message.payload.length < message.payloadBytes) heads += 1
    return size <= limit
  })
  if (size > limit) return null
  return { bytes: joined(parts, size), messages: count, heads }
}

const joined = (parts: readonly Uint8Array[], size: number): Uint8Array => {
  const bytes = new Uint8Array(size)
  let end = 0
  for (const part of parts) {
    bytes.set(part, end)
    end += part.length
  }
  return bytes
}

const nameOf = ({ app, id }: Connection): string => selectEntry(id)(app.get(profilesState))?.profile.name || 'messages'

/** Such as `2026-11-30 14-05-09`: no file system minds it. */
const stamp = (at: number): string => formatIso(at).slice(0, 19).replace('T', ' ').replaceAll(':', '-')
