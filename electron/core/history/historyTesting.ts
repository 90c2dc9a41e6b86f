import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { flags, type Frame } from '#shared/model/frame'
import { createFrameReader } from '#shared/model/frameReader'
import type { HistorySettings } from '#shared/model/history'
import { encodePublishProperties, type PublishPropertySet } from '#shared/mqtt/publishProperties'
import { createMessageInbox } from '../broker/inbox/messageInbox'
import type { WireMessage } from '../broker/message/wireMessage'
import { sqliteFrom, type OpenSqlite } from '../sqlite'
import { createHistoryFolder } from './historyFolder'
import type { HistoryCursor, HistoryPiece } from './historyReader'
import { createHistoryRecorder, type RecordedFrame } from './historyRecorder'
import { segmentLimits, type SegmentLimits } from './segmentFile'

export const openSqlite = sqliteFrom(__filename)

export const everything: HistorySettings = { mode: 'on', incoming: true, outgoing: true, include: [], exclude: [] }

/** The text that the thread of a history is made of. */
export const historyThreadCode = async (): Promise<string> => (await import('./historyThread?thread')).default

/** Folders of a test; removed by `removeAll`. */
export const testFolders = () => {
  const made: string[] = []
  return {
    make: () => {
      made.push(mkdtempSync(join(tmpdir(), 'topicscope-history-')))
      return made.at(-1) ?? ''
    },
    removeAll: () => made.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })),
  }
}

interface TestMessage {
  readonly topic: string
  readonly payload?: string | Uint8Array
  readonly time?: number
  readonly outgoing?: boolean
  readonly qos?: 0 | 1 | 2
  readonly retain?: boolean
  readonly properties?: PublishPropertySet
  readonly clockShift?: number
}

/** The frames of an inbox, as they are recorded. */
export const createFrames = () => {
  const inbox = createMessageInbox()
  const connection = inbox.connection('c')
  let time = Date.now()
  const add = (message: TestMessage) => {
    const properties = message.properties ? Buffer.from(encodePublishProperties(message.properties)) : Buffer.alloc(0)
    const source = Buffer.concat([properties, Buffer.from(message.payload ?? 'x')])
    const bits =
      (message.qos ?? 0) |
      (message.retain === true ? flags.retain : 0) |
      (message.outgoing === true ? flags.outgoing : 0)
    const wire: WireMessage = {
      time: message.time ?? (time += 1),
      clockShift: message.clockShift ?? 0,
      topic: connection.topics.ofText(message.topic),
      packetId: (message.qos ?? 0) > 0 ? 7 : 0,
      flags: bits,
      source,
      start: 0,
      payloadStart: properties.length,
      end: source.length,
    }
    connection.add(wire, { kind: message.outgoing === true ? 'sent' : 'own', matchSetId: 0, flags: 0 })
  }
  return {
    connection,
    of: (messages: readonly TestMessage[]): RecordedFrame[] => {
      messages.forEach(add)
      const frames: Frame[] = []
      for (let frame = connection.takeFrame(); frame; frame = connection.takeFrame()) frames.push(frame)
      return frames.map((frame) => ({ frame, whole: new Map(), gap: null }))
    },
  }
}

interface RecorderParts {
  readonly folder: string
  readonly settings?: HistorySettings
  readonly segments?: Partial<SegmentLimits>
  readonly open?: OpenSqlite
  readonly now?: () => number
}

export const recorderIn = ({
  folder,
  settings = everything,
  segments = {},
  open = openSqlite,
  now = Date.now,
}: RecorderParts) => {
  const limits = { ...segmentLimits, ...segments }
  const store = createHistoryFolder({ folder, connectionId: 'c', open, limits })
  const size = { bytes: Infinity, milliseconds: null }
  return createHistoryRecorder({ connectionId: 'c', folder: store, settings, limits: size, now, diskOf: folder })
}

export interface ReadMessage {
  readonly topic: string
  readonly payload: string
  readonly time: number
}

/** Everything of a cursor: messages as they are, and gaps as their cause and count between them. */
export const readAll = (
  cursor: HistoryCursor,
): (ReadMessage | { readonly gap: string; readonly messages: number | null })[] => {
  const found: ReturnType<typeof readAll> = []
  const topics: string[] = []
  for (let piece = cursor.next(); piece; piece = cursor.next()) {
    topics.push(...piece.newTopics)
    for (const { cause, messages } of piece.gaps) found.push({ gap: cause, messages })
    found.push(...messagesOf(piece, topics))
  }
  cursor.close()
  return found
}

const messagesOf = (piece: HistoryPiece, topics: readonly string[]): ReadMessage[] => {
  const reader = createFrameReader(piece)
  return Array.from({ length: piece.count }, (_, index) => ({
    topic: reader.unnumberedTopic(index) ?? topics[reader.topicId(index)] ?? '?',
    payload: Buffer.from(reader.payload(index)).toString(),
    time: reader.time(index),
  }))
}
