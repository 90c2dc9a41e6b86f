import {
  carriedPayloadBytes,
  deliveryStates,
  unnumberedTopicBytes,
  recordBytes,
  type DeliveryUpdate,
  type Frame,
} from '#shared/model/frame'
import { recordOffset } from '#shared/model/frameReader'

/** What became of messages of ours, one slot for each record. Made with the first delivery update. */
interface DeliveryColumns {
  readonly states: Uint8Array
  readonly reasonCodes: Uint8Array
  readonly times: Float64Array
}

/**
 * One piece of memory for many messages. Their bytes grow from its start, their records from its end, the first one last,
 * so that neither needs a room of its own. Record offsets count from the start of the memory.
 */
export interface SegmentMemory {
  readonly end: number
  readonly records: DataView
  readonly bytes: Uint8Array
  usedBytes: number
  usedRecords: number
  /** How many chunks of the log stand in it. */
  chunks: number
  deliveries: DeliveryColumns | null
}

/** What a piece of memory costs besides its bytes: views and objects, as V8 measures them, rounded up. */
export const memoryOverhead = 512

export const createMemory = (buffer: ArrayBufferLike): SegmentMemory => ({
  end: buffer.byteLength,
  records: new DataView(buffer),
  bytes: new Uint8Array(buffer),
  usedBytes: 0,
  usedRecords: 0,
  chunks: 0,
  deliveries: null,
})

/** Where a record starts. */
export const recordStart = (memory: SegmentMemory, record: number): number => memory.end - (record + 1) * recordBytes

/** Pages that were never written are not resident, so they do not count. */
export const usedSize = ({ usedBytes, usedRecords }: SegmentMemory): number => usedBytes + usedRecords * recordBytes

export const frameRecords = ({ records }: Frame): DataView =>
  new DataView(records.buffer, records.byteOffset, records.byteLength)

/** Memory that one message of a frame takes. */
export const messageSize = (records: DataView, index: number): number =>
  recordBytes + carriedBytes(records, index * recordBytes)

/**
 * Copies a frame's messages from `first` on, as many as there is room for, and answers how many. Bytes that follow each
 * other in the frame are copied in one go.
 */
export const copyMessages = (frame: Frame, first: number, memory: SegmentMemory): number => {
  const records = frameRecords(frame)
  let blockStart = 0
  let blockEnd = 0
  const copyBlock = () => {
    if (blockEnd === blockStart) return
    memory.bytes.set(frame.bytes.subarray(blockStart, blockEnd), memory.usedBytes - (blockEnd - blockStart))
  }
  let index = first
  for (; index < frame.count; index++) {
    const at = index * recordBytes
    const length = carriedBytes(records, at)
    if (usedSize(memory) + recordBytes + length > memory.end) break
    const start = records.getUint32(at + recordOffset.offset, true) - topicBytes(records, at)
    if (start !== blockEnd) {
      copyBlock()
      blockStart = start
    }
    blockEnd = start + length
    copyRecord(records, at, memory)
    memory.usedRecords++
    memory.usedBytes += length
  }
  copyBlock()
  return index - first
}

export const noteDelivery = (memory: SegmentMemory, record: number, update: DeliveryUpdate): void => {
  const room = memory.deliveries?.states.length ?? 0
  const columns =
    memory.deliveries && record < room
      ? memory.deliveries
      : grown(memory.deliveries, Math.max(record + 1, room * 2, 64))
  memory.deliveries = columns
  columns.states[record] = deliveryStates.indexOf(update.state)
  columns.reasonCodes[record] = update.reasonCode
  columns.times[record] = update.at
}

/** Of the topic that stands in front of the message. */
const topicBytes = (records: DataView, at: number): number =>
  unnumberedTopicBytes(records.getUint32(at + recordOffset.topicId, true))

const carriedBytes = (records: DataView, at: number): number =>
  topicBytes(records, at) +
  records.getUint32(at + recordOffset.propertiesLength, true) +
  carriedPayloadBytes(
    records.getUint32(at + recordOffset.payloadLength, true),
    records.getUint16(at + recordOffset.flags, true),
  )

const copyRecord = (from: DataView, at: number, to: SegmentMemory) => {
  const start = recordStart(to, to.usedRecords)
  for (let offset = 0; offset < recordBytes; offset += 4)
    to.records.setUint32(start + offset, from.getUint32(at + offset, true), true)
  to.records.setUint32(start + recordOffset.offset, to.usedBytes + topicBytes(from, at), true)
}

const grown = (columns: DeliveryColumns | null, length: number): DeliveryColumns => {
  const made = {
    states: new Uint8Array(length),
    reasonCodes: new Uint8Array(length),
    times: new Float64Array(length),
  }
  if (!columns) return made
  made.states.set(columns.states)
  made.reasonCodes.set(columns.reasonCodes)
  made.times.set(columns.times)
  return made
}
