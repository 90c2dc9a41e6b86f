import type { DeliveryUpdate, Frame } from '#shared/model/frame'
import {
  createMessageChunk,
  rowsOf,
  setDelivery,
  topicIdAt,
  viewMessage,
  type FrameNames,
  type LogChunk,
  type MessageChunk,
  type MessageView,
} from './messageLogChunk'
import { createChunkList, type ChunkList } from './messageLogChunks'
import { createLatestMessages, type LatestMessages } from './messageLogLatest'

/**
 * A row of the log: a message, or word of messages that are not there: `dropped` by the bounded inbox, `refused` because
 * their frame was damaged, `evicted` because the log was full.
 */
export type LogRow =
  | { readonly kind: 'message'; readonly message: MessageView }
  | { readonly kind: 'dropped' | 'refused' | 'evicted'; readonly messages: number }

/**
 * The messages of one connection, oldest first, in the frames they came in. Rows are numbered once and for all: a row
 * keeps its number when older ones are evicted, so whoever holds a row number still points at the same message.
 */
export interface MessageLog {
  /** The frame must be sound. */
  append(frame: Frame): void
  /** Counts the messages of a damaged frame in a row of their own; reads nothing of it. */
  refuse(frame: Frame): void
  applyDeliveries(updates: readonly DeliveryUpdate[]): void
  /** Messages that stand in the log. */
  keptCount(): number
  /** Messages taken off to stay within the budget, ever. Clearing is not eviction. */
  evictedCount(): number
  /** Messages of damaged frames, ever. */
  refusedCount(): number
  /** What the messages take, copies of evicted topics' latest included. */
  bytes(): number
  clear(): void
  setBudget(bytes: number): void
  /** The first row, and the one after the last. After evictions a row that says so stands first. */
  firstRow(): number
  /** The first row that is no word of evictions. */
  firstKeptRow(): number
  endRow(): number
  rowAt(row: number): LogRow | null
  /** How many messages stand at the row or after it. */
  messagesFrom(row: number): number
  rowOfSequence(sequence: number): number | null
  messageOf(sequence: number): MessageView | null
  /** The message before the given one on the same topic, of what is kept; null = none. */
  previousOf(sequence: number): MessageView | null
  /** The topic's latest message, also when it was evicted. */
  latestOf(topic: string): MessageView | null
  /** For scans: the chunk that holds the row. Null outside. */
  chunkAt(row: number): LogChunk | null
  readonly names: FrameNames
}

export interface MessageLogOptions extends FrameNames {
  readonly budgetBytes: number
}

/** Topic ids by name, catching up with the list whenever it is asked. */
const createTopicIds = (topicNames: readonly string[]) => {
  const ids = new Map<string, number>()
  let known = 0
  return (topic: string): number | undefined => {
    for (; known < topicNames.length; known++) {
      const name = topicNames[known]
      if (name !== undefined) ids.set(name, known)
    }
    return ids.get(topic)
  }
}

const findPrevious = (chunks: ChunkList, place: number, sequence: number): readonly [MessageChunk, number] | null => {
  const start = chunks.at(place)
  if (start?.kind !== 'messages') return null
  const topicId = topicIdAt(start, sequence - start.firstSequence)
  for (let at = place; at >= 0; at--) {
    const chunk = chunks.at(at)
    if (chunk?.kind !== 'messages') continue
    const last = at === place ? sequence - chunk.firstSequence - 1 : chunk.count - 1
    for (let index = last; index >= 0; index--) if (topicIdAt(chunk, index) === topicId) return [chunk, index]
  }
  return null
}

interface Tally {
  kept: number
  evicted: number
  evictedSinceClear: number
  refused: number
  bytes: number
  endRow: number
}

interface LogState {
  readonly names: FrameNames
  readonly chunks: ChunkList
  readonly latest: LatestMessages
  readonly tally: Tally
  budgetBytes: number
}

type Found = readonly [chunk: MessageChunk, index: number]

const findMessage = ({ chunks }: LogState, sequence: number): Found | null => {
  const chunk = chunks.at(chunks.placeOfSequence(sequence))
  return chunk?.kind === 'messages' ? [chunk, sequence - chunk.firstSequence] : null
}

const evictOldest = ({ chunks, latest, tally }: LogState) => {
  const chunk = chunks.shift()
  if (chunk?.kind !== 'messages') return
  latest.keepFrom(chunk)
  tally.bytes -= chunk.size
  tally.kept -= chunk.count
  tally.evicted += chunk.count
  tally.evictedSinceClear += chunk.count
}

/** The newest frame stays, whatever its size: a log that shows nothing would help nobody. */
const evict = (state: LogState) => {
  const { chunks, latest, tally } = state
  while (tally.bytes + latest.heldBytes() > state.budgetBytes && chunks.length() > 1) evictOldest(state)
}

const push = ({ chunks, tally }: LogState, chunk: LogChunk) => {
  chunks.push(chunk)
  tally.endRow = chunk.firstRow + rowsOf(chunk)
}

const appendDropped = (state: LogState, { droppedBefore }: Frame) => {
  if (droppedBefore > 0) push(state, { kind: 'dropped', firstRow: state.tally.endRow, messages: droppedBefore })
}

const refuseFrame = (state: LogState, frame: Frame) => {
  appendDropped(state, frame)
  if (frame.count === 0) return
  state.tally.refused += frame.count
  push(state, { kind: 'refused', firstRow: state.tally.endRow, messages: frame.count })
}

const appendFrame = (state: LogState, frame: Frame) => {
  const { latest, tally } = state
  appendDropped(state, frame)
  if (frame.count === 0) return
  const chunk = createMessageChunk(frame, tally.endRow)
  push(state, chunk)
  latest.note(chunk)
  tally.bytes += chunk.size
  tally.kept += chunk.count
  evict(state)
}

const clearLog = ({ chunks, latest, tally }: LogState) => {
  chunks.clear()
  latest.clear()
  tally.kept = 0
  tally.bytes = 0
  tally.evictedSinceClear = 0
}

type RowReader = Pick<
  MessageLog,
  'firstRow' | 'firstKeptRow' | 'endRow' | 'rowAt' | 'messagesFrom' | 'rowOfSequence' | 'chunkAt'
>

const createRowReader = (state: LogState): RowReader => {
  const { chunks, tally, names } = state
  const firstChunkRow = () => chunks.at(0)?.firstRow ?? tally.endRow
  const markerRows = () => (tally.evictedSinceClear > 0 ? 1 : 0)
  return {
    firstRow: () => firstChunkRow() - markerRows(),
    firstKeptRow: firstChunkRow,
    endRow: () => tally.endRow,
    rowAt: (row) => {
      if (markerRows() > 0 && row === firstChunkRow() - 1) return { kind: 'evicted', messages: tally.evictedSinceClear }
      const chunk = chunks.at(chunks.placeOfRow(row))
      if (!chunk) return null
      if (chunk.kind !== 'messages') return { kind: chunk.kind, messages: chunk.messages }
      return { kind: 'message', message: viewMessage(chunk, row - chunk.firstRow, names) }
    },
    messagesFrom: (row) => {
      let messages = 0
      for (let place = chunks.length() - 1; place >= 0; place--) {
        const chunk = chunks.at(place)
        if (!chunk || chunk.firstRow + rowsOf(chunk) <= row) break
        if (chunk.kind === 'messages') messages += chunk.count - Math.max(0, row - chunk.firstRow)
      }
      return messages
    },
    rowOfSequence: (sequence) => {
      const found = findMessage(state, sequence)
      return found && found[0].firstRow + found[1]
    },
    chunkAt: (row) => chunks.at(chunks.placeOfRow(row)) ?? null,
  }
}

type MessageReader = Pick<MessageLog, 'messageOf' | 'previousOf' | 'latestOf'>

const createMessageReader = (state: LogState): MessageReader => {
  const { chunks, latest, names } = state
  const topicIdOf = createTopicIds(names.topicNames)
  const viewOf = (found: Found | null): MessageView | null => found && viewMessage(found[0], found[1], names)
  return {
    messageOf: (sequence) => viewOf(findMessage(state, sequence)),
    previousOf: (sequence) => viewOf(findPrevious(chunks, chunks.placeOfSequence(sequence), sequence)),
    latestOf: (topic) => {
      const topicId = topicIdOf(topic)
      const sequence = topicId === undefined ? null : latest.sequenceOf(topicId)
      if (topicId === undefined || sequence === null) return null
      const held = latest.heldOf(topicId)
      return held ? viewMessage(held, 0, names) : viewOf(findMessage(state, sequence))
    },
  }
}

export const createMessageLog = ({ topicNames, matchSets, budgetBytes }: MessageLogOptions): MessageLog => {
  const state: LogState = {
    names: { topicNames, matchSets },
    chunks: createChunkList(),
    latest: createLatestMessages(),
    tally: { kept: 0, evicted: 0, evictedSinceClear: 0, refused: 0, bytes: 0, endRow: 0 },
    budgetBytes,
  }
  return {
    names: state.names,
    append: (frame) => appendFrame(state, frame),
    refuse: (frame) => refuseFrame(state, frame),
    applyDeliveries: (updates) => {
      for (const update of updates) {
        const found = findMessage(state, update.sequence)
        if (found) setDelivery(found[0], update)
      }
    },
    keptCount: () => state.tally.kept,
    evictedCount: () => state.tally.evicted,
    refusedCount: () => state.tally.refused,
    bytes: () => state.tally.bytes + state.latest.heldBytes(),
    clear: () => clearLog(state),
    setBudget: (bytes) => {
      state.budgetBytes = bytes
      evict(state)
    },
    ...createRowReader(state),
    ...createMessageReader(state),
  }
}
