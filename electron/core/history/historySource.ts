import { flags } from '#shared/model/frame'
import { createFrameReader } from '#shared/model/frameReader'
import type { Qos } from '#shared/model/qos'
import { decodePublishProperties } from '#shared/mqtt/publishProperties'
import { missingEvent, missingText, type HistoryGap } from '#shared/model/history'
import type { RecordedMessage, RecordingItem } from '#shared/recording/recordedMessage'
import { inTurns } from '../recordings/inTurns'
import type { MessageSource, ReadMessagesOptions } from '../recordings/messageSource'
import { markLineOf } from '../recordings/recordedMarks'
import { nanosecondsOf } from '../recordings/recordedWire'
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

/** The messages of a history as a recording has them, with what is missing between them. It holds no files: what is removed meanwhile is no longer read. */
export const openHistorySource = async (parts: HistorySourceParts): Promise<Required<MessageSource>> => {
  const { folder, worker, range } = parts
  const summary = await worker.ask('measure', { folder, range: { ...range, heads: false } })
  return {
    summary,
    readItems: (options) => readPieces(parts, options),
    async *read(options) {
      for await (const piece of readPieces(parts, options)) {
        const messages = piece.flatMap((item) => (item.kind === 'message' ? [item.message] : []))
        if (messages.length > 0) yield messages
      }
    },
    close: () => Promise.resolve(),
  }
}

/** Short turns: messages that are sent meanwhile keep their times. */
const turn = { most: 500, turnMs: 1 } as const

async function* readPieces(
  { folder, connection, worker, newCursor, range }: HistorySourceParts,
  { from, to, signal }: ReadMessagesOptions,
): AsyncGenerator<readonly RecordingItem[]> {
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
      yield* inTurns(itemsIn(piece, { topics, connection }), { ...turn, signal })
    }
  } finally {
    await worker.ask('closeCursor', { cursor })
  }
}

interface PieceNames {
  readonly topics: readonly string[]
  readonly connection: string
}

function* itemsIn(piece: HistoryPiece, names: PieceNames): Generator<RecordingItem> {
  const reader = createFrameReader(piece)
  for (const gap of piece.gaps)
    yield* gapItems(gap, { number: piece.first, time: piece.count > 0 ? reader.time(0) : null })
  for (let index = 0; index < piece.count; index += 1)
    yield {
      kind: 'message',
      place: { unit: 'message', number: piece.first + index },
      message: messageAt(reader, index, names),
      notes: [],
    }
}

/** A gap stands between the messages as an event, and in the list of what could not be read. */
function* gapItems(
  { cause, messages, from, to }: HistoryGap,
  before: { readonly number: number; readonly time: number | null },
): Generator<RecordingItem> {
  const place = { unit: 'message', number: before.number } as const
  const detail = missingText({ cause, messages })
  const time = from ?? to ?? before.time
  yield { kind: 'refused', place, reason: 'notKept', detail }
  if (time !== null)
    yield { kind: 'mark', place, json: markLineOf({ kind: 'event', name: missingEvent, detail, time }) }
}

const messageAt = (
  reader: ReturnType<typeof createFrameReader>,
  index: number,
  { topics, connection }: PieceNames,
): RecordedMessage => {
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
}
