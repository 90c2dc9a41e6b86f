import { encodeUtf8 } from '#shared/mqtt/utf8'
import { ok, type Result } from '#shared/result'
import type { MessageView } from '../../../model/messageLog/messageLogChunk'
import type { Connection } from '../../../state/app'
import { noticesState } from '../../../state/notices'
import { profilesState, selectEntry } from '../../../state/profiles'
import { workInTurns } from '../../../state/workInTurns'
import { formatCount, formatIso } from '../../../ui/format'
import { exportState, type ExportRun } from './exportState'
import { csvHead, csvRecordOf, jsonLineOf } from './messageRecord'

export const exportFormats = ['jsonLines', 'csv'] as const
export type ExportFormat = (typeof exportFormats)[number]

const formats = {
  jsonLines: { extension: 'jsonl', head: '', recordOf: jsonLineOf },
  csv: { extension: 'csv', head: csvHead, recordOf: csvRecordOf },
} as const satisfies Record<ExportFormat, object>

export interface Exported {
  readonly messages: Iterable<MessageView>
  /** How many they are, for who waits. */
  readonly count: number
  readonly format: ExportFormat
}

/**
 * Writes messages to a file that the person chooses, piece by piece, and says how many. What is not wanted any more, or could
 * not be written, leaves nothing behind.
 */
export const exportMessages = async (connection: Connection, { messages, count, format }: Exported): Promise<void> => {
  const { api } = connection.app
  const notices = connection.app.get(noticesState)
  const suggestedName = `${nameOf(connection)} ${stamp(Date.now())}.${formats[format].extension}`
  const begun = await api.invoke('file.begin', { suggestedName })
  if (!begun.ok) notices.showError(begun.error)
  if (!begun.ok || begun.value === null) return
  const fileToken = begun.value
  const run = connection.get(exportState).begin(count)
  const append = (bytes: Uint8Array) => api.invoke('file.append', { fileToken, bytes })
  const written = await writeMessages(messages, format, { advance: run.advance, append })
  const ended = written.ok && written.value ? await api.invoke('file.finish', { fileToken }) : written
  run.end()
  if (!ended.ok) notices.showError(ended.error)
  else if (written.ok && written.value) {
    const { messages: whole, heads } = written.value
    notices.show({ text: { key: 'log.export.done', values: { messages: whole, count: formatCount(whole), heads } } })
  } else await api.invoke('file.abandon', { fileToken })
}

interface Written {
  readonly messages: number
  /** Of so many messages only the beginning of the payload is in it. */
  readonly heads: number
}

interface WritingOptions extends Pick<ExportRun, 'advance'> {
  readonly append: (bytes: Uint8Array) => Promise<Result<null>>
}

/** Writes them in slices, so that the window can be used meanwhile; null = they are not wanted any more. */
export const writeMessages = async (
  messages: Iterable<MessageView>,
  format: ExportFormat,
  { append, advance }: WritingOptions,
): Promise<Result<Written | null>> => {
  const { head, recordOf } = formats[format]
  const pieces = createPieces(append)
  void pieces.add(encodeUtf8(head))
  let count = 0
  let heads = 0
  const isWhole = await workInTurns(messages, (message) => {
    const added = pieces.add(encodeUtf8(recordOf(message)))
    count += 1
    if (message.payload.length < message.payloadBytes) heads += 1
    return advance(count) && added
  })
  if (isWhole) void pieces.flush()
  return (await pieces.settled()) ?? ok(isWhole ? { messages: count, heads } : null)
}

/** What crosses to the main process at once: few pieces are few turns, and a small one is copied within a frame. */
const pieceBytes = 2 ** 19

/**
 * Gathers small parts into pieces. While one is on its way the next one is made, and no more: `add` waits, and answers whether
 * all that was written so far could be.
 */
const createPieces = (append: WritingOptions['append']) => {
  const piece = new Uint8Array(pieceBytes)
  let used = 0
  let failure: Extract<Result<null>, { ok: false }> | null = null
  let underWay = Promise.resolve(true)
  const write = (bytes: Uint8Array): Promise<boolean> => {
    const before = underWay
    underWay = before.then(async (goesOn) => {
      const result = goesOn ? await append(bytes) : failure
      if (result && !result.ok) failure = result
      return failure === null
    })
    return before
  }
  const flush = (): Promise<boolean> => {
    // A view of a larger buffer would be cloned with all of the buffer on its way through the bridge.
    const full = piece.slice(0, used)
    used = 0
    return full.length === 0 ? underWay : write(full)
  }
  return {
    add: (part: Uint8Array): boolean | Promise<boolean> => {
      if (used + part.length <= piece.length) {
        piece.set(part, used)
        used += part.length
        return true
      }
      const before = flush()
      if (part.length > piece.length) return write(part)
      piece.set(part)
      used = part.length
      return before
    },
    flush,
    /** Waits for what is under way; answers why it could not be written, null = it could. */
    settled: async () => {
      await underWay
      return failure
    },
  }
}

const nameOf = ({ app, id }: Connection): string => selectEntry(id)(app.get(profilesState))?.profile.name || 'messages'

/** Such as `2026-11-30 14-05-09`: no file system minds it. */
const stamp = (at: number): string => formatIso(at).slice(0, 19).replace('T', ' ').replaceAll(':', '-')
