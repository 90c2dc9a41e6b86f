import { flags } from '#shared/model/frame'
import { createFrameReader } from '#shared/model/frameReader'
import type { Qos } from '#shared/model/qos'
import { decodePublishProperties } from '#shared/mqtt/publishProperties'
import type { RecordedMessage } from '#shared/recording/recordedMessage'
import type { MessageSource, ReadMessagesOptions } from '../recordings/messageSource'
import type { HistoryPiece, HistoryRange } from './historyReader'
import type { HistoryWorker } from './historyWorker'

export interface HistorySourceParts {
  readonly folder: string
  /** What its messages say of whose they are. */
  readonly connection: string
  readonly worker: Pick<HistoryWorker, 'ask'>
  readonly newCursor: () => number
  /** Milliseconds since 1970: from then on, and before then. */
  readonly range: Pick<HistoryRange, 'from' | 'to'>
}

/** The messages of a history as a recording has them. It holds no files: what is removed meanwhile is no longer read. */
export const openHistorySource = async (parts: HistorySourceParts): Promise<MessageSource> => {
  const { folder, worker, range } = parts
  const summary = await worker.ask('measure', { folder, range: { ...range, heads: false } })
  return {
    summary,
    read: (options) => readPieces(parts, options),
    close: () => Promise.resolve(),
  }
}

async function* readPieces(
  { folder, connection, worker, newCursor, range }: HistorySourceParts,
  { from, to, signal }: ReadMessagesOptions,
): AsyncGenerator<readonly RecordedMessage[]> {
  const cursor = newCursor()
  const wanted = {
    from: Math.max(from ?? -Infinity, range.from ?? -Infinity),
    to: Math.min(to ?? Infinity, range.to ?? Infinity),
    heads: false,
  }
  const topics: string[] = []
  try {
    while (!signal.aborted) {
      const piece = await worker.ask('read', { cursor, folder, range: wanted })
      if (!piece) return
      topics.push(...piece.newTopics)
      if (piece.count > 0) yield messagesIn(piece, { topics, connection })
    }
  } finally {
    await worker.ask('closeCursor', { cursor })
  }
}

const messagesIn = (
  piece: HistoryPiece,
  { topics, connection }: { readonly topics: readonly string[]; readonly connection: string },
): RecordedMessage[] => {
  const reader = createFrameReader(piece)
  return Array.from({ length: piece.count }, (_, index) => {
    const bits = reader.flags(index)
    return {
      time: nanosecondsOf(reader.time(index)),
      topic: reader.unnumberedTopic(index) ?? topics[reader.topicId(index)] ?? '',
      payload: reader.payload(index),
      qos: (bits & flags.qosMask) as Qos,
      retain: (bits & flags.retain) !== 0,
      dup: (bits & flags.dup) !== 0,
      direction: (bits & flags.outgoing) === 0 ? 'in' : 'out',
      connection,
      packetId: reader.packetId(index) || null,
      properties: decodePublishProperties(reader.properties(index)) ?? {},
    }
  })
}

const nanosecondsOf = (milliseconds: number): bigint =>
  BigInt(Math.floor(milliseconds)) * 1_000_000n + BigInt(Math.round((milliseconds % 1) * 1_000_000))
