import {
  carriedPayloadBytes,
  flags,
  recordBytes,
  type DeliveryState,
  type DeliveryUpdate,
  type Frame,
} from '#shared/model/frame'
import { recordOffset } from '#shared/model/frameReader'
import type { Qos } from '#shared/model/qos'

/** What became of the messages of a chunk: one slot each, made when the first word comes. */
interface DeliveryColumns {
  readonly states: Uint8Array
  readonly reasonCodes: Uint8Array
  readonly times: Float64Array
}

/** The messages of one frame as they came, and the row and the message number its first one has in the log. */
export interface MessageChunk {
  readonly kind: 'messages'
  readonly firstRow: number
  readonly firstSequence: number
  readonly count: number
  readonly records: DataView
  readonly bytes: Uint8Array
  readonly size: number
  deliveries: DeliveryColumns | null
}

/** Messages that are not there: one row. */
export interface GapChunk {
  readonly kind: 'dropped' | 'refused'
  readonly firstRow: number
  readonly messages: number
}

export type LogChunk = MessageChunk | GapChunk

/** What a chunk costs besides its bytes: two buffers and their objects, as V8 measures them, rounded up. */
const overheadBytes = 512

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array) => new DataView(buffer, byteOffset, byteLength)

const bufferBytes = (view: Uint8Array) => view.buffer.byteLength
const sharesBuffer = (frame: Frame) => frame.records.buffer === frame.bytes.buffer

export const createMessageChunk = (frame: Frame, firstRow: number): MessageChunk => ({
  kind: 'messages',
  firstRow,
  firstSequence: frame.firstSequence,
  count: frame.count,
  records: viewOf(frame.records),
  bytes: frame.bytes,
  // A view keeps its whole buffer alive, so that is what counts.
  size: bufferBytes(frame.records) + (sharesBuffer(frame) ? 0 : bufferBytes(frame.bytes)) + overheadBytes,
  deliveries: null,
})

export const rowsOf = (chunk: LogChunk): number => (chunk.kind === 'messages' ? chunk.count : 1)

const uint32 = (chunk: MessageChunk, index: number, offset: number): number =>
  chunk.records.getUint32(index * recordBytes + offset, true)

export const topicIdAt = (chunk: MessageChunk, index: number): number => uint32(chunk, index, recordOffset.topicId)
export const matchSetIdAt = (chunk: MessageChunk, index: number): number =>
  uint32(chunk, index, recordOffset.matchSetId)
export const flagsAt = (chunk: MessageChunk, index: number): number =>
  chunk.records.getUint16(index * recordBytes + recordOffset.flags, true)
export const isOutgoingAt = (chunk: MessageChunk, index: number): boolean =>
  (flagsAt(chunk, index) & flags.outgoing) !== 0

const payloadStart = (chunk: MessageChunk, index: number): number =>
  uint32(chunk, index, recordOffset.offset) + uint32(chunk, index, recordOffset.propertiesLength)

const payloadEnd = (chunk: MessageChunk, index: number): number =>
  payloadStart(chunk, index) +
  carriedPayloadBytes(uint32(chunk, index, recordOffset.payloadLength), flagsAt(chunk, index))

/** A view into the chunk, not a copy; of a large payload only its head. */
export const payloadAt = (chunk: MessageChunk, index: number): Uint8Array =>
  chunk.bytes.subarray(payloadStart(chunk, index), payloadEnd(chunk, index))

/** A chunk of its own with copies of one message's bytes, so that the rest can go. */
export const detached = (chunk: MessageChunk, index: number): MessageChunk => {
  const start = uint32(chunk, index, recordOffset.offset)
  const end = payloadEnd(chunk, index)
  const from = chunk.records.byteOffset + index * recordBytes
  const records = new DataView(chunk.records.buffer.slice(from, from + recordBytes))
  records.setUint32(recordOffset.offset, 0, true)
  const { deliveries } = chunk
  return {
    ...chunk,
    firstSequence: chunk.firstSequence + index,
    count: 1,
    records,
    bytes: chunk.bytes.slice(start, end),
    size: recordBytes + end - start + overheadBytes,
    deliveries: deliveries && {
      states: deliveries.states.slice(index, index + 1),
      reasonCodes: deliveries.reasonCodes.slice(index, index + 1),
      times: deliveries.times.slice(index, index + 1),
    },
  }
}

const deliveryStates: readonly DeliveryState[] = ['queued', 'sent', 'acknowledged', 'refused', 'lost']

export const setDelivery = (chunk: MessageChunk, update: DeliveryUpdate): void => {
  const index = update.sequence - chunk.firstSequence
  chunk.deliveries ??= {
    states: new Uint8Array(chunk.count),
    reasonCodes: new Uint8Array(chunk.count),
    times: new Float64Array(chunk.count),
  }
  chunk.deliveries.states[index] = deliveryStates.indexOf(update.state)
  chunk.deliveries.reasonCodes[index] = update.reasonCode
  chunk.deliveries.times[index] = update.at
}

export interface Delivery {
  readonly state: DeliveryState
  readonly reasonCode: number
  /** Milliseconds since 1970. */
  readonly at: number
}

/** One message for whoever shows it. Made for visible rows only; `payload` and `properties` are views, not copies. */
export interface MessageView {
  readonly sequence: number
  /** Milliseconds since 1970. */
  readonly time: number
  readonly topic: string
  readonly qos: Qos
  readonly retain: boolean
  readonly dup: boolean
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
  readonly topicNames: readonly string[]
  readonly matchSets: readonly (readonly string[])[]
}

const deliveryAt = (chunk: MessageChunk, index: number, time: number): Delivery => ({
  state: deliveryStates[chunk.deliveries?.states[index] ?? 0] ?? 'queued',
  reasonCode: chunk.deliveries?.reasonCodes[index] ?? 0,
  at: chunk.deliveries?.times[index] || time,
})

const noIds: readonly string[] = []

export const viewMessage = (chunk: MessageChunk, index: number, names: FrameNames): MessageView => {
  const bits = flagsAt(chunk, index)
  const time = chunk.records.getFloat64(index * recordBytes + recordOffset.time, true)
  const outgoing = (bits & flags.outgoing) !== 0
  return {
    sequence: chunk.firstSequence + index,
    time,
    topic: names.topicNames[topicIdAt(chunk, index)] ?? '',
    qos: (bits & flags.qosMask) as Qos,
    retain: (bits & flags.retain) !== 0,
    dup: (bits & flags.dup) !== 0,
    outgoing,
    packetId: chunk.records.getUint16(index * recordBytes + recordOffset.packetId, true),
    payload: payloadAt(chunk, index),
    payloadBytes: uint32(chunk, index, recordOffset.payloadLength),
    properties: chunk.bytes.subarray(uint32(chunk, index, recordOffset.offset), payloadStart(chunk, index)),
    subscriptionIds: names.matchSets[matchSetIdAt(chunk, index)] ?? noIds,
    delivery: outgoing ? deliveryAt(chunk, index, time) : null,
  }
}
