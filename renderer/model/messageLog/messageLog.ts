// Why it is so: build/docs/decisions/60-the-log-stands-in-shared-memory.md
import { flags, type DeliveryUpdate, type Frame, type SkippedMessage } from '#shared/model/frame'
import type { HistoryMark } from '#shared/model/history'
import {
  arrivedAt,
  chunkOverhead,
  createTopicIds,
  dropFirst,
  flagsAt,
  payloadBytesAt,
  rowsOf,
  skippedSize,
  setDelivery,
  topicIdAt,
  viewMessage,
  type FrameNames,
  type TopicIdOf,
  type CountedGap,
  type LogChunk,
  type MessageChunk,
  type MessageView,
  type SkippedGap,
} from './messageLogChunk'
import { createChunkList, type ChunkList } from './messageLogChunks'
import { createLatestMessages, type LatestMessages } from './messageLogLatest'
import { findPrevious } from './messageLogPrevious'
import { firstRowAfter } from './messageLogTimes'
import {
  copyMessages,
  createMemory,
  frameRecords,
  memoryOverhead,
  messageSize,
  usedSize,
  type SegmentMemory,
} from './messageLogMemory'

/**
 * A row of the log: a message, or a gap that counts messages which are missing here: `dropped` by the bounded inbox,
 * `damaged` because their frame was not sound, `evicted` because the log was full; or one that was `skipped`, because it
 * was too large; or what is told of messages that were read from disk (`mark`).
 */
export type LogRow =
  | { readonly kind: 'message'; readonly message: MessageView }
  | { readonly kind: 'dropped' | 'damaged' | 'evicted'; readonly messages: number }
  | { readonly kind: 'skipped'; readonly skipped: SkippedMessage }
  | { readonly kind: 'mark'; readonly mark: HistoryMark }

/**
 * The messages of one connection, oldest first, in pieces of shared memory. Rows are numbered once and for all: a row
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
  damagedCount(): number
  /** What the messages take, copies of evicted topics' latest included. */
  bytes(): number
  clear(): void
  /** Topics begin anew: none has a latest message before its next one. Answers the numbers of topics that messages use. */
  forgetLatest(): ReadonlySet<number>
  setBudget(limits: LogLimits): void
  /** Whether of some kept messages only the payload's head is here. */
  holdsHeads(): boolean
  /** The first row, and the one after the last. After evictions the first row is the gap that counts them. */
  firstRow(): number
  /** The first row that is not the gap of evicted messages. */
  firstKeptRow(): number
  endRow(): number
  rowAt(row: number): LogRow | null
  /** Length of the whole payloads of the messages in the rows from one up to but not another. */
  payloadBytesBetween(row: number, endRow: number): number
  /** How many messages stand at the row or after it. */
  messagesFrom(row: number): number
  rowOfSequence(sequence: number): number | null
  /** The row of the first message that came after a steady time; null = none did. */
  rowAfter(steady: number): number | null
  messageOf(sequence: number): MessageView | null
  /** The message before the given one on the same topic, of what is kept; null = none. */
  previousOf(sequence: number): MessageView | null
  /** When that message came, on the steady clock; null = none, or it is not among so many messages before. */
  arrivalBefore(sequence: number, within: number): number | null
  /** The topic's latest message, also when it was evicted, as long as there is room for such copies. */
  latestOf(topic: string): MessageView | null
  /** Whether the topic's latest message was evicted, and its copy too. */
  isLatestEvicted(topic: string): boolean
  /** For scans: the chunk that holds the row. Null outside. */
  chunkAt(row: number): LogChunk | null
  readonly names: FrameNames
}

/** What a log keeps of its newest messages. */
export interface LogLimits {
  /** Copies of topics' latest messages included: these take at most a quarter of it, and the log has the rest. */
  readonly bytes: number
  /** Null = as many as the bytes allow. */
  readonly rows: number | null
}

/** Where segments come from and go to. */
export interface LogMemory {
  take(size: number): SharedArrayBuffer
  /** Called with memory that the log has let go of; the search may still read it. */
  release(memory: SharedArrayBuffer): void
}

export interface MessageLogOptions extends FrameNames {
  readonly limits: LogLimits
  /** The number of a topic; without it, names are looked up in a table of the log's own. */
  readonly topicIdOf?: (topic: string) => number | undefined
  /** Without it, segments are made anew and left to the garbage collector. */
  readonly memory?: LogMemory
  /** Called after messages came or went. */
  readonly onChange?: () => void
}

interface Tally {
  kept: number
  evicted: number
  evictedSinceClear: number
  damaged: number
  /** Messages that were ever appended. */
  messages: number
  bytes: number
  endRow: number
  /** Row of the newest message of which only the payload's head is here. */
  headRow: number
}

interface LogState {
  readonly names: FrameNames
  readonly chunks: ChunkList
  readonly latest: LatestMessages
  readonly tally: Tally
  limits: LogLimits
  /** Where the next message goes if there is room. */
  open: SegmentMemory | null
  readonly memory: LogMemory
}

type Found = readonly [chunk: MessageChunk, index: number]

/** Holds any message that is not a head, with some properties. */
const roomySegment = 1.25 * 2 ** 20

interface ChunkStart {
  readonly sequence: number
  readonly clockShift: number
}

type RowReader = Pick<
  MessageLog,
  | 'firstRow'
  | 'firstKeptRow'
  | 'endRow'
  | 'rowAt'
  | 'payloadBytesBetween'
  | 'messagesFrom'
  | 'rowOfSequence'
  | 'rowAfter'
  | 'chunkAt'
>

type MessageReader = Pick<MessageLog, 'messageOf' | 'previousOf' | 'arrivalBefore' | 'latestOf' | 'isLatestEvicted'>

const freshMemory: LogMemory = { take: (size) => new SharedArrayBuffer(size), release: () => undefined }

export const createMessageLog = ({
  topicNames,
  matchSets,
  limits,
  topicIdOf = createTopicIds({ topicNames, matchSets }),
  memory = freshMemory,
  onChange,
}: MessageLogOptions): MessageLog => {
  const state: LogState = {
    names: { topicNames, matchSets },
    chunks: createChunkList(),
    latest: createLatestMessages(latestShare(limits)),
    tally: { kept: 0, evicted: 0, evictedSinceClear: 0, damaged: 0, messages: 0, bytes: 0, endRow: 0, headRow: -1 },
    limits,
    open: null,
    memory,
  }
  const rows = createRowReader(state)
  const changing =
    <Given extends readonly unknown[]>(change: (...given: Given) => void) =>
    (...given: Given) => {
      change(...given)
      onChange?.()
    }
  return {
    names: state.names,
    append: changing((frame: Frame) => appendFrame(state, frame)),
    refuse: changing((frame: Frame) => refuseFrame(state, frame)),
    applyDeliveries: (updates) => {
      for (const update of updates) {
        const found = findMessage(state, update.sequence)
        if (found) setDelivery(found[0], update)
      }
    },
    keptCount: () => state.tally.kept,
    evictedCount: () => state.tally.evicted,
    damagedCount: () => state.tally.damaged,
    bytes: () => state.tally.bytes + state.latest.heldBytes(),
    clear: changing(() => clearLog(state)),
    forgetLatest: () => {
      state.latest.clear()
      return topicIdsIn(state)
    },
    setBudget: changing((changed: LogLimits) => {
      state.limits = changed
      state.latest.setLimit(latestShare(changed))
      evict(state)
    }),
    holdsHeads: () => state.tally.headRow >= rows.firstKeptRow(),
    ...rows,
    ...createMessageReader(state, topicIdOf),
  }
}

const findMessage = ({ chunks }: LogState, sequence: number): Found | null => {
  const chunk = chunks.at(chunks.placeOfSequence(sequence))
  return chunk?.kind === 'messages' ? [chunk, sequence - chunk.firstSequence] : null
}

const countEvicted = ({ latest, tally }: LogState, chunk: MessageChunk, messages: number) => {
  latest.keepFrom(chunk, messages)
  tally.kept -= messages
  tally.evicted += messages
  tally.evictedSinceClear += messages
}

/**
 * Large enough that a log has few of them and hardly a message needs one of its own, small enough that what is evicted at
 * once is a small part of the log.
 */
const segmentSize = ({ bytes }: LogLimits): number =>
  Math.floor(Math.min(2 ** 21, Math.max(bytes / 128, Math.min(roomySegment, bytes / 16))))

/** The share of topics' latest messages that no longer stand in the log. */
const latestShare = ({ bytes }: LogLimits): number => bytes / 4

const releaseMemory = (state: LogState, { bytes: { buffer } }: SegmentMemory) => {
  if (buffer instanceof SharedArrayBuffer) state.memory.release(buffer)
}

const evictOldestChunk = (state: LogState) => {
  const chunk = state.chunks.shift()
  if (chunk?.kind === 'skipped') state.tally.bytes -= skippedSize(chunk)
  if (chunk?.kind !== 'messages') return
  countEvicted(state, chunk, chunk.count)
  state.tally.bytes -= chunkOverhead
  chunk.memory.chunks--
  if (chunk.memory.chunks === 0) {
    state.tally.bytes -= usedSize(chunk.memory) + memoryOverhead
    releaseMemory(state, chunk.memory)
  }
}

const isInOpenMemory = (state: LogState, chunk: LogChunk | undefined) =>
  chunk?.kind === 'messages' && chunk.memory === state.open

/** Whole segments are evicted. The newest one stays whatever its size, because a log must show at least the newest messages. */
const evictBytes = (state: LogState) => {
  const { chunks, latest, tally, limits } = state
  const isOver = () => tally.bytes + latest.heldBytes() > limits.bytes
  while (isOver() && chunks.length() > 1 && !isInOpenMemory(state, chunks.at(0))) evictOldestChunk(state)
}

/** Rows are evicted one by one, so that exactly as many stay as are allowed. */
const evictRows = (state: LogState) => {
  const { chunks, tally, limits } = state
  const surplus = () => tally.kept - (limits.rows ?? Infinity)
  while (surplus() > 0) {
    const oldest = chunks.at(0)
    if (oldest?.kind === 'messages' && oldest.count > surplus()) {
      const messages = surplus()
      countEvicted(state, oldest, messages)
      dropFirst(oldest, messages)
    } else evictOldestChunk(state)
  }
}

const evict = (state: LogState) => {
  evictBytes(state)
  evictRows(state)
}

const push = ({ chunks, tally }: LogState, chunk: LogChunk) => {
  chunks.push(chunk)
  tally.endRow = chunk.firstRow + rowsOf(chunk)
}

const pushGap = (state: LogState, kind: CountedGap['kind'], messages: number) => {
  const { endRow, messages: firstMessage } = state.tally
  if (messages > 0) push(state, { kind, firstRow: endRow, firstMessage, messages })
}

const pushSkipped = (state: LogState, { skippedBefore = [] }: Frame) => {
  for (const skipped of skippedBefore) {
    const { endRow, messages: firstMessage } = state.tally
    const chunk: SkippedGap = { kind: 'skipped', firstRow: endRow, firstMessage, skipped }
    state.tally.bytes += skippedSize(chunk)
    push(state, chunk)
  }
}

const pushMarks = (state: LogState, { marks = [] }: Frame) => {
  for (const mark of marks) {
    const { endRow, messages: firstMessage } = state.tally
    push(state, { kind: 'mark', firstRow: endRow, firstMessage, mark })
  }
}

const refuseFrame = (state: LogState, frame: Frame) => {
  pushGap(state, 'dropped', frame.droppedBefore)
  pushSkipped(state, frame)
  pushMarks(state, frame)
  pushGap(state, 'damaged', frame.count)
  state.tally.damaged += frame.count
}

const memoryFor = (state: LogState, size: number): SegmentMemory => {
  const { open } = state
  if (open && usedSize(open) + size <= open.end) return open
  const common = segmentSize(state.limits)
  const memory = createMemory(size > common ? new SharedArrayBuffer(size) : state.memory.take(common))
  state.tally.bytes += memoryOverhead
  state.open = memory
  return memory
}

const goesOn = (chunk: MessageChunk, { sequence, clockShift }: ChunkStart): boolean =>
  chunk.firstSequence + chunk.count === sequence && chunk.clockShift === clockShift

const chunkFor = (state: LogState, memory: SegmentMemory, start: ChunkStart): MessageChunk => {
  const { chunks, tally } = state
  const last = chunks.at(chunks.length() - 1)
  if (last?.kind === 'messages' && last.memory === memory && goesOn(last, start)) return last
  const chunk: MessageChunk = {
    kind: 'messages',
    firstRow: tally.endRow,
    firstMessage: tally.messages,
    firstSequence: start.sequence,
    count: 0,
    memory,
    firstRecord: memory.usedRecords,
    clockShift: start.clockShift,
  }
  memory.chunks++
  tally.bytes += chunkOverhead
  push(state, chunk)
  return chunk
}

const noteHeads = ({ tally }: LogState, chunk: MessageChunk, first: number) => {
  for (let index = first; index < chunk.count; index++)
    if ((flagsAt(chunk, index) & flags.head) !== 0) tally.headRow = chunk.firstRow + index
}

/** Appends the frame's messages from `first` on that fit into one piece of memory; answers how many. */
const appendPart = (state: LogState, frame: Frame, first: number): number => {
  const { latest, tally } = state
  const memory = memoryFor(state, messageSize(frameRecords(frame), first))
  const chunk = chunkFor(state, memory, { sequence: frame.firstSequence + first, clockShift: frame.clockShift })
  const usedBefore = usedSize(memory)
  const countBefore = chunk.count
  const copied = copyMessages(frame, first, memory)
  chunk.count += copied
  tally.endRow += copied
  tally.messages += copied
  tally.kept += copied
  tally.bytes += usedSize(memory) - usedBefore
  latest.note(chunk, countBefore)
  noteHeads(state, chunk, countBefore)
  return copied
}

const appendFrame = (state: LogState, frame: Frame) => {
  pushGap(state, 'dropped', frame.droppedBefore)
  pushSkipped(state, frame)
  pushMarks(state, frame)
  for (let index = 0; index < frame.count;) index += appendPart(state, frame, index)
  evict(state)
}

const clearLog = (state: LogState) => {
  const { chunks, latest, tally } = state
  for (let chunk = chunks.shift(); chunk; chunk = chunks.shift()) {
    if (chunk.kind === 'messages' && --chunk.memory.chunks === 0) releaseMemory(state, chunk.memory)
  }
  chunks.clear()
  latest.clear()
  state.open = null
  tally.kept = 0
  tally.bytes = 0
  tally.evictedSinceClear = 0
}

const topicIdsIn = ({ chunks }: LogState): ReadonlySet<number> => {
  const used = new Set<number>()
  for (let place = 0; place < chunks.length(); place++) {
    const chunk = chunks.at(place)
    if (chunk?.kind !== 'messages') continue
    for (let index = 0; index < chunk.count; index++) used.add(topicIdAt(chunk, index))
  }
  return used
}

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
      if (chunk.kind === 'skipped') return { kind: 'skipped', skipped: chunk.skipped }
      if (chunk.kind === 'mark') return { kind: 'mark', mark: chunk.mark }
      if (chunk.kind !== 'messages') return { kind: chunk.kind, messages: chunk.messages }
      return { kind: 'message', message: viewMessage(chunk, row - chunk.firstRow, names) }
    },
    payloadBytesBetween: (row, endRow) => {
      let bytes = 0
      for (let at = row; at < endRow;) {
        const chunk = chunks.at(chunks.placeOfRow(at))
        const end = chunk ? Math.min(endRow, chunk.firstRow + rowsOf(chunk)) : at + 1
        if (chunk?.kind === 'messages')
          for (let index = at - chunk.firstRow; index < end - chunk.firstRow; index++)
            bytes += payloadBytesAt(chunk, index)
        at = end
      }
      return bytes
    },
    messagesFrom: (row) => {
      if (row <= firstChunkRow()) return tally.kept
      const chunk = chunks.at(chunks.placeOfRow(row))
      if (!chunk) return 0
      return tally.messages - chunk.firstMessage - (chunk.kind === 'messages' ? row - chunk.firstRow : 0)
    },
    rowOfSequence: (sequence) => {
      const found = findMessage(state, sequence)
      return found && found[0].firstRow + found[1]
    },
    rowAfter: (steady) => firstRowAfter(chunks, steady),
    chunkAt: (row) => chunks.at(chunks.placeOfRow(row)) ?? null,
  }
}

const createMessageReader = (state: LogState, topicIdOf: TopicIdOf): MessageReader => {
  const { latest, names } = state
  const viewOf = (found: Found | null): MessageView | null => found && viewMessage(found[0], found[1], names)
  const findLatest = (topic: string): { readonly known: boolean; readonly found: Found | null } => {
    const topicId = topicIdOf(topic)
    const sequence = topicId === undefined ? null : latest.sequenceOf(topicId)
    if (topicId === undefined || sequence === null) return { known: false, found: null }
    const held = latest.heldOf(topicId)
    return { known: true, found: held ? [held, 0] : findMessage(state, sequence) }
  }
  return {
    messageOf: (sequence) => viewOf(findMessage(state, sequence)),
    previousOf: (sequence) => viewOf(findPrevious(state, { sequence, within: Infinity })),
    arrivalBefore: (sequence, within) => {
      const found = findPrevious(state, { sequence, within })
      return found && arrivedAt(...found)
    },
    latestOf: (topic) => viewOf(findLatest(topic).found),
    isLatestEvicted: (topic) => {
      const { known, found } = findLatest(topic)
      return known && !found
    },
  }
}
