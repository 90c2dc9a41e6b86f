import { encodeUtf8 } from '#shared/mqtt/utf8'
import type { MessageView } from '../../../model/messageLog/messageLogChunk'
import type { Connection } from '../../../state/app'
import { noticesState } from '../../../state/notices'
import { profilesState, selectEntry } from '../../../state/profiles'
import { workInTurns } from '../../../state/workInTurns'
import { formatBytes, formatCount, formatIso } from '../../../ui/format'
import { exportState, type ExportRun } from './exportState'
import { csvHead, csvRecordOf, jsonLineOf } from './messageRecord'

export const exportFormats = ['jsonLines', 'csv'] as const
export type ExportFormat = (typeof exportFormats)[number]

const formats = {
  jsonLines: { extension: 'jsonl', head: '', recordOf: jsonLineOf },
  csv: { extension: 'csv', head: csvHead, recordOf: csvRecordOf },
} as const satisfies Record<ExportFormat, object>

/** What is written goes to the main process as a whole. */
const largestExport = 512 * 2 ** 20

export interface Exported {
  readonly messages: Iterable<MessageView>
  /** How many they are, for who waits. */
  readonly count: number
  readonly format: ExportFormat
}

/** Writes messages to a file that the person chooses, and says how many. */
export const exportMessages = async (connection: Connection, { messages, count, format }: Exported): Promise<void> => {
  const notices = connection.app.get(noticesState)
  const run = connection.get(exportState).begin(count)
  const written = await fileOf(messages, format, { advance: run.advance })
  if (!run.end()) return
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

interface FileOptions extends Partial<Pick<ExportRun, 'advance'>> {
  readonly limit?: number
}

/** The file, made in slices, so that the window can be used meanwhile; null = it would be too large, or is not wanted. */
export const fileOf = async (
  messages: Iterable<MessageView>,
  format: ExportFormat,
  { limit = largestExport, advance = () => true }: FileOptions = {},
): Promise<Written | null> => {
  const { head, recordOf } = formats[format]
  const blocks = createBlocks()
  blocks.add(encodeUtf8(head))
  let count = 0
  let heads = 0
  let isWanted = true
  await workInTurns(messages, (message) => {
    blocks.add(encodeUtf8(recordOf(message)))
    count += 1
    if (message.payload.length < message.payloadBytes) heads += 1
    isWanted = advance(count) && blocks.size() <= limit
    return isWanted
  })
  return isWanted ? { bytes: await blocks.joined(), messages: count, heads } : null
}

/** Few large pieces are joined in a few slices, hundreds of thousands of small ones in a long one. */
const blockBytes = 2 ** 20

const createBlocks = () => {
  const full: Uint8Array[] = []
  let block = new Uint8Array(blockBytes)
  let used = 0
  let size = 0
  return {
    size: () => size,
    add: (part: Uint8Array) => {
      if (used + part.length > block.length) {
        full.push(block.subarray(0, used))
        block = new Uint8Array(Math.max(blockBytes, part.length))
        used = 0
      }
      block.set(part, used)
      used += part.length
      size += part.length
    },
    joined: async (): Promise<Uint8Array> => {
      const bytes = new Uint8Array(size)
      let end = 0
      await workInTurns([...full, block.subarray(0, used)], (piece) => {
        bytes.set(piece, end)
        end += piece.length
        return true
      })
      return bytes
    },
  }
}

const nameOf = ({ app, id }: Connection): string => selectEntry(id)(app.get(profilesState))?.profile.name || 'messages'

/** Such as `2026-11-30 14-05-09`: no file system minds it. */
const stamp = (at: number): string => formatIso(at).slice(0, 19).replace('T', ' ').replaceAll(':', '-')
