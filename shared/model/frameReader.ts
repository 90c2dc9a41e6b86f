// Why it is so: build/docs/decisions/13-messages-cross-in-frames.md
import { decodeUtf8 } from '../mqtt/utf8'
import {
  carriedPayloadBytes,
  flags,
  unnumberedTopic,
  unnumberedTopicBytes,
  payloadHeadBytes,
  recordBytes,
  type Frame,
} from './frame'
import type { Qos } from './qos'

/** Where things stand in a record; the layout is told in frame.ts. */
export const recordOffset = {
  time: 0,
  topicId: 8,
  offset: 12,
  propertiesLength: 16,
  payloadLength: 20,
  matchSetId: 24,
  packetId: 28,
  flags: 30,
} as const

/** One message of a frame. `properties` and `payload` are views into the frame, not copies. */
export interface MessageRecord {
  readonly sequence: number
  /** Milliseconds since 1970. */
  readonly time: number
  readonly topicId: number
  /** Null = it has a number. */
  readonly unnumberedTopic: string | null
  readonly matchSetId: number
  /** 0 = none, as with QoS 0. */
  readonly packetId: number
  readonly qos: Qos
  readonly retain: boolean
  readonly dup: boolean
  readonly outgoing: boolean
  readonly repeat: boolean
  readonly copy: boolean
  readonly stored: boolean
  readonly properties: Uint8Array
  /** The whole payload, or its head where it is shorter than `payloadBytes`. */
  readonly payload: Uint8Array
  readonly payloadBytes: number
}

/**
 * Whether every record is there, the messages' bytes follow each other and fill the frame's exactly, and every topic and
 * match set named has been sent. A frame that is not sound is refused as a whole: reading it would show bytes of another
 * message.
 */
export const isFrameSound = (frame: Frame): boolean => {
  if (frame.records.byteLength !== frame.count * recordBytes) return false
  const view = viewOf(frame.records)
  const topics = frame.firstTopicId + frame.newTopics.length
  const matchSets = frame.firstMatchSetId + frame.newMatchSets.length
  let end = 0
  for (let at = 0; at < frame.records.byteLength; at += recordBytes) {
    end = endOfRecord(view, at, end)
    // Also false for NaN.
    if (!(end <= frame.bytes.byteLength)) return false
    if (!isTopicKnown(view.getUint32(at + recordOffset.topicId, true), frame.topicsFrom, topics)) return false
    if (view.getUint32(at + recordOffset.matchSetId, true) >= matchSets) return false
  }
  return end === frame.bytes.byteLength
}

/** Reads fields of records without making an object for each; `index` runs from 0 to `count - 1`. */
export interface FrameReader {
  /** Milliseconds since 1970. */
  time(index: number): number
  /** On the steady clock. */
  arrivedAt(index: number): number
  topicId(index: number): number
  /** Null = the topic has a number. */
  unnumberedTopic(index: number): string | null
  matchSetId(index: number): number
  flags(index: number): number
  packetId(index: number): number
  propertiesLength(index: number): number
  /** Of the whole payload, also where only its head is in the frame. */
  payloadLength(index: number): number
  properties(index: number): Uint8Array
  payload(index: number): Uint8Array
}

export const createFrameReader = (frame: Pick<Frame, 'records' | 'bytes' | 'clockShift'>): FrameReader => {
  const view = viewOf(frame.records)
  const uint32 = (index: number, offset: number) => view.getUint32(index * recordBytes + offset, true)
  const flagsAt = (index: number) => view.getUint16(index * recordBytes + recordOffset.flags, true)
  const propertiesAt = (index: number) => uint32(index, recordOffset.offset)
  const payloadAt = (index: number) => propertiesAt(index) + uint32(index, recordOffset.propertiesLength)
  return {
    time: (index) => view.getFloat64(index * recordBytes, true),
    arrivedAt: (index) => view.getFloat64(index * recordBytes, true) - frame.clockShift,
    topicId: (index) => uint32(index, recordOffset.topicId),
    unnumberedTopic: (index) => {
      const length = unnumberedTopicBytes(uint32(index, recordOffset.topicId))
      return length === 0 ? null : decodeUtf8(frame.bytes.subarray(propertiesAt(index) - length, propertiesAt(index)))
    },
    matchSetId: (index) => uint32(index, recordOffset.matchSetId),
    flags: flagsAt,
    packetId: (index) => view.getUint16(index * recordBytes + recordOffset.packetId, true),
    propertiesLength: (index) => uint32(index, recordOffset.propertiesLength),
    payloadLength: (index) => uint32(index, recordOffset.payloadLength),
    properties: (index) => frame.bytes.subarray(propertiesAt(index), payloadAt(index)),
    payload: (index) => {
      const start = payloadAt(index)
      const carried = carriedPayloadBytes(uint32(index, recordOffset.payloadLength), flagsAt(index))
      return frame.bytes.subarray(start, start + carried)
    },
  }
}

/** One record as an object, for the few that are shown; null where `index` is outside the frame. */
export const readRecord = (frame: Frame, index: number): MessageRecord | null => {
  if (index < 0 || index >= frame.count) return null
  const reader = createFrameReader(frame)
  const bits = reader.flags(index)
  return {
    sequence: frame.firstSequence + index,
    time: reader.time(index),
    topicId: reader.topicId(index),
    unnumberedTopic: reader.unnumberedTopic(index),
    matchSetId: reader.matchSetId(index),
    packetId: reader.packetId(index),
    qos: (bits & flags.qosMask) as Qos,
    retain: (bits & flags.retain) !== 0,
    dup: (bits & flags.dup) !== 0,
    outgoing: (bits & flags.outgoing) !== 0,
    repeat: (bits & flags.repeat) !== 0,
    copy: (bits & flags.copy) !== 0,
    stored: (bits & flags.stored) !== 0,
    properties: reader.properties(index),
    payload: reader.payload(index),
    payloadBytes: reader.payloadLength(index),
  }
}

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array) => new DataView(buffer, byteOffset, byteLength)

/** Where the bytes of a record end that must begin at `start`; NaN = its fields contradict each other. */
const endOfRecord = (view: DataView, at: number, start: number): number => {
  const bits = view.getUint16(at + recordOffset.flags, true)
  const payloadLength = view.getUint32(at + recordOffset.payloadLength, true)
  const propertiesStart = start + unnumberedTopicBytes(view.getUint32(at + recordOffset.topicId, true))
  if (view.getUint32(at + recordOffset.offset, true) !== propertiesStart || (bits & flags.qosMask) > 2) return NaN
  if ((bits & flags.head) !== 0 && payloadLength <= payloadHeadBytes) return NaN
  return (
    propertiesStart +
    view.getUint32(at + recordOffset.propertiesLength, true) +
    carriedPayloadBytes(payloadLength, bits)
  )
}

const isTopicKnown = (topicId: number, from: number, end: number): boolean =>
  topicId >= unnumberedTopic ? topicId > unnumberedTopic : topicId >= from && topicId < end
