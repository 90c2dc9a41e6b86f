// Why it is so: build/docs/decisions/60-the-log-stands-in-shared-memory.md
import {
  carriedPayloadBytes,
  deliveryStates,
  flags,
  unnumberedTopicBytes,
  recordBytes,
  type DeliveryState,
  type DeliveryUpdate,
  type SkippedMessage,
} from '#shared/model/frame'
import { recordOffset } from '#shared/model/frameReader'
import type { HistoryMark } from '#shared/model/history'
import type { Qos } from '#shared/model/qos'
import { decodeUtf8 } from '#shared/mqtt/utf8'
import {
  createMemory,
  memoryOverhead,
  noteDelivery,
  recordStart,
  usedSize,
  type SegmentMemory,
} from './messageLogMemory'

/**
 * Consecutive messages in one piece of memory, and the row and the message number the first one has in the log. The
 * newest chunk grows at its end, the oldest may lose messages at its start; a message keeps its row.
 */
export interface MessageChunk {
  readonly kind: 'messages'
  firstRow: number
  /** How many messages the log was ever given before it. */
  firstMessage: number
  firstSequence: number
  count: number
  readonly memory: SegmentMemory
  firstRecord: number
  /** `time - clockShift` is the steady time of its messages. */
  readonly clockShift: number
}

/** Messages that are not there: one row. */
type GapChunk = CountedGap | SkippedGap | MarkedPlace

/** So many of them. */
export interface CountedGap {
  readonly kind: 'dropped' | 'damaged'
  readonly firstRow: number
  readonly firstMessage: number
  readonly messages: number
}

/** One that was too large to be taken. */
export interface SkippedGap {
  readonly kind: 'skipped'
  readonly firstRow: number
  readonly firstMessage: number
  readonly skipped: SkippedMessage
}

/** Something else that is told of messages from disk. */
interface MarkedPlace {
  readonly kind: 'mark'
  readonly firstRow: number
  readonly firstMessage: number
  readonly mark: HistoryMark
}

export type LogChunk = MessageChunk | GapChunk

/** What a chunk costs besides its memory, rounded up. */
export const chunkOverhead = 128

/** What the budget counts for the row of a skipped message: its topic may have 64 KiB. */
export const skippedSize = ({ skipped }: SkippedGap): number => chunkOverhead + 2 * skipped.topic.length

export const rowsOf = (chunk: LogChunk): number => (chunk.kind === 'messages' ? chunk.count : 1)

/** Takes the oldest messages off. Their memory stays until the last chunk in it goes. */
export const dropFirst = (chunk: MessageChunk, messages: number): void => {
  chunk.firstRow += messages
  chunk.firstMessage += messages
  chunk.firstSequence += messages
  chunk.firstRecord += messages
  chunk.count -= messages
}

export const topicIdAt = (chunk: MessageChunk, index: number): number => uint32(chunk, index, recordOffset.topicId)
export const matchSetIdAt = (chunk: MessageChunk, index: number): number =>
  uint32(chunk, index, recordOffset.matchSetId)
export const flagsAt = (chunk: MessageChunk, index: number): number =>
  chunk.memory.records.getUint16(startOf(chunk, index) + recordOffset.flags, true)
/** Milliseconds since 1970. */
export const timeAt = (chunk: MessageChunk, index: number): number =>
  chunk.memory.records.getFloat64(startOf(chunk, index) + recordOffset.time, true)
/** On the steady clock. */
export const arrivedAt = (chunk: MessageChunk, index: number): number => timeAt(chunk, index) - chunk.clockShift
export const isOutgoingAt = (chunk: MessageChunk, index: number): boolean =>
  (flagsAt(chunk, index) & flags.outgoing) !== 0

/** Places in the chunk's memory: where the message's properties start, where its payload does, and where that ends. */
export const bytesStart = (chunk: MessageChunk, index: number): number => uint32(chunk, index, recordOffset.offset)
export const payloadStart = (chunk: MessageChunk, index: number): number =>
  bytesStart(chunk, index) + uint32(chunk, index, recordOffset.propertiesLength)
export const payloadEnd = (chunk: MessageChunk, index: number): number =>
  payloadStart(chunk, index) +
  carriedPayloadBytes(uint32(chunk, index, recordOffset.payloadLength), flagsAt(chunk, index))

/** Length of the whole payload, of which the chunk may have the head only. */
export const payloadBytesAt = (chunk: MessageChunk, index: number): number =>
  uint32(chunk, index, recordOffset.payloadLength)

/** A view into the chunk, not a copy; of a large payload only its head. */
export const payloadAt = (chunk: MessageChunk, index: number): Uint8Array =>
  chunk.memory.bytes.subarray(payloadStart(chunk, index), payloadEnd(chunk, index))

/** A view into the chunk, as `payloadAt`. */
export const propertiesAt = (chunk: MessageChunk, index: number): Uint8Array =>
  chunk.memory.bytes.subarray(bytesStart(chunk, index), payloadStart(chunk, index))

/** The topic's name; one without a number stands in front of the message. */
export const topicAt = (chunk: MessageChunk, index: number, { topicNames }: Pick<FrameNames, 'topicNames'>): string => {
  const topicId = topicIdAt(chunk, index)
  const length = unnumberedTopicBytes(topicId)
  if (length === 0) return topicNames[topicId] ?? ''
  const end = bytesStart(chunk, index)
  return decodeUtf8(chunk.memory.bytes.subarray(end - length, end))
}

/** A chunk of its own with copies of one message's bytes, so that the rest can go. */
export const detached = (chunk: MessageChunk, index: number): MessageChunk => {
  const from = chunk.memory
  const start = bytesStart(chunk, index)
  const length = payloadEnd(chunk, index) - start
  const memory = createMemory(new ArrayBuffer(length + recordBytes))
  memory.bytes.set(from.bytes.subarray(start, start + length))
  const record = startOf(chunk, index)
  memory.bytes.set(from.bytes.subarray(record, record + recordBytes), length)
  memory.records.setUint32(length + recordOffset.offset, 0, true)
  memory.usedBytes = length
  memory.usedRecords = 1
  const delivery = deliveryAt(chunk, index, 0)
  if (from.deliveries) noteDelivery(memory, 0, { sequence: 0, ...delivery })
  const { firstRow, firstMessage, firstSequence } = chunk
  return {
    kind: 'messages',
    firstRow: firstRow + index,
    firstMessage: firstMessage + index,
    firstSequence: firstSequence + index,
    count: 1,
    memory,
    firstRecord: 0,
    clockShift: chunk.clockShift,
  }
}

/** What the budget counts for a chunk that has its memory to itself. */
export const detachedSize = ({ memory }: MessageChunk): number => usedSize(memory) + memoryOverhead + chunkOverhead

export const setDelivery = (chunk: MessageChunk, update: DeliveryUpdate): void =>
  noteDelivery(chunk.memory, chunk.firstRecord + update.sequence - chunk.firstSequence, update)

export interface Delivery {
  readonly state: DeliveryState
  readonly reasonCode: number
  /** Milliseconds since 1970. */
  readonly at: number
}

/** One message for whoever shows it. Made for visible rows only; it stays as it is when the message is evicted. */
export interface MessageView {
  readonly sequence: number
  /** Milliseconds since 1970. */
  readonly time: number
  /** The same moment on the steady clock: durations are counted with it. */
  readonly arrivedAt: number
  readonly topic: string
  readonly qos: Qos
  readonly retain: boolean
  readonly dup: boolean
  /** Equals the message before it on its topic. */
  readonly repeat: boolean
  /** A further copy, for the subscriptions it names. */
  readonly copy: boolean
  /** The broker kept it, and sent it because of a SUBSCRIBE. */
  readonly stored: boolean
  readonly outgoing: boolean
  /** 0 = none, as with QoS 0. */
  readonly packetId: number
  /** The whole payload, or its head where it is shorter than `payloadBytes`. */
  readonly payload: Uint8Array
  /** Length of the whole payload. */
  readonly payloadBytes: number
  /** The MQTT 5 property section without its length; empty before MQTT 5. */
  readonly properties: Uint8Array
  /** Ids of the subscriptions whose filters match. */
  readonly subscriptionIds: readonly string[]
  /** Null for a message that was received. */
  readonly delivery: Delivery | null
}

export interface FrameNames {
  readonly topicNames: readonly (string | undefined)[]
  readonly matchSets: readonly (readonly string[])[]
}

export type TopicIdOf = (topic: string) => number | undefined

/** Topic ids by name, catching up with the list whenever it is asked. */
export const createTopicIds = ({ topicNames }: FrameNames): TopicIdOf => {
  const ids = new Map<string, number>()
  let known = 0
  return (topic) => {
    for (; known < topicNames.length; known++) {
      const name = topicNames[known]
      if (name !== undefined) ids.set(name, known)
    }
    return ids.get(topic)
  }
}

const noIds: readonly string[] = []

export const viewMessage = (chunk: MessageChunk, index: number, names: FrameNames): MessageView => {
  const { records, bytes } = chunk.memory
  const bits = flagsAt(chunk, index)
  const time = timeAt(chunk, index)
  const outgoing = (bits & flags.outgoing) !== 0
  return {
    sequence: chunk.firstSequence + index,
    time,
    arrivedAt: time - chunk.clockShift,
    topic: topicAt(chunk, index, names),
    qos: (bits & flags.qosMask) as Qos,
    retain: (bits & flags.retain) !== 0,
    dup: (bits & flags.dup) !== 0,
    repeat: (bits & flags.repeat) !== 0,
    copy: (bits & flags.copy) !== 0,
    stored: (bits & flags.stored) !== 0,
    outgoing,
    packetId: records.getUint16(startOf(chunk, index) + recordOffset.packetId, true),
    // Copies: the memory is used again when the message is evicted.
    payload: bytes.slice(payloadStart(chunk, index), payloadEnd(chunk, index)),
    payloadBytes: uint32(chunk, index, recordOffset.payloadLength),
    properties: bytes.slice(bytesStart(chunk, index), payloadStart(chunk, index)),
    subscriptionIds: names.matchSets[matchSetIdAt(chunk, index)] ?? noIds,
    delivery: outgoing ? deliveryAt(chunk, index, time) : null,
  }
}

const startOf = ({ memory, firstRecord }: MessageChunk, index: number): number =>
  recordStart(memory, firstRecord + index)

const uint32 = (chunk: MessageChunk, index: number, offset: number): number =>
  chunk.memory.records.getUint32(startOf(chunk, index) + offset, true)

const deliveryAt = ({ memory, firstRecord }: MessageChunk, index: number, time: number): Delivery => {
  const record = firstRecord + index
  return {
    state: deliveryStates[memory.deliveries?.states[record] ?? 0] ?? 'queued',
    reasonCode: memory.deliveries?.reasonCodes[record] ?? 0,
    at: memory.deliveries?.times[record] || time,
  }
}
