import {
  batchMessages,
  flags,
  unnumberedTopic,
  payloadHeadBytes,
  recordBytes,
  wholePayloadBytes,
  type SkippedMessage,
} from '#shared/model/frame'
import { recordOffset } from '#shared/model/frameReader'
import type { HistoryMark } from '#shared/model/history'
import type { TopicEntry, TopicNames } from '../message/topicTable'
import { createByteCopier } from '../message/byteCopier'
import type { MessageMarks, WireMessage } from '../message/wireMessage'

/** A frame is closed when either is reached; one message larger than that gets a frame of its own. */
export const frameLimits = { messages: batchMessages, bytes: 8 * 2 ** 20 } as const

type PayloadPlace = Pick<WireMessage, 'payloadStart' | 'end'>

/** Whether a frame carries only the head of the message's payload. */
export const isLarge = ({ payloadStart, end }: PayloadPlace): boolean => end - payloadStart > wholePayloadBytes

/** Where that part of a message ends which a frame carries. */
const carriedEnd = (message: PayloadPlace): number =>
  isLarge(message) ? message.payloadStart + payloadHeadBytes : message.end

/** How many bytes of a frame a message takes. */
export const frameBytesOf = (message: WireMessage): number =>
  carriedEnd(message) - message.start + (message.topic.id < 0 ? Buffer.byteLength(message.topic.text) : 0)

/** A closed or snapshot frame without what depends on the window: the new topics and match sets. */
export interface PackedFrame {
  readonly firstSequence: number
  readonly count: number
  readonly droppedBefore: number
  readonly serverSession: number
  readonly clockShift: number
  readonly skippedBefore?: readonly SkippedMessage[]
  readonly marks?: readonly HistoryMark[]
  readonly records: Uint8Array
  readonly bytes: Uint8Array
  readonly names: TopicNames
  /** Topics and match sets known when it was closed: everything its records name is below. */
  readonly topicCount: number
  readonly matchSetCount: number
}

const grown = (old: Buffer, used: number, needed: number) => {
  const bigger = Buffer.allocUnsafeSlow(Math.max(needed, old.length * 2))
  old.copy(bigger, 0, 0, used)
  return bigger
}

/** Larger buffers are not kept for the next frame. */
const mostKeptBytes = 2 ** 20

/** Where the messages of the open frame lie: buffers that grow, used by one frame after the other. */
export interface FrameBuffers {
  records: Buffer
  recordView: DataView
  bytes: Buffer
}
export const createFrameBuffers = (): FrameBuffers => {
  const records = Buffer.allocUnsafeSlow(32 * recordBytes)
  return { records, recordView: new DataView(records.buffer), bytes: Buffer.allocUnsafeSlow(4_096) }
}

/** A copy of its own: structured clone would send the whole buffer behind a view. */
const copied = (buffer: Buffer, length: number): Uint8Array => new Uint8Array(buffer.subarray(0, length))

/** What all messages of a frame have in common. */
export type FrameStart = Pick<PackedFrame, 'firstSequence' | 'droppedBefore' | 'serverSession' | 'clockShift' | 'names'>

/** The open frame of one connection. A message's bytes are copied out of the socket chunk when it is added. */
export interface FrameWriter {
  readonly firstSequence: number
  add(message: WireMessage, marks: MessageMarks): void
  isEmpty(): boolean
  /** Notes a message that is not taken, before the frame's first. */
  skip(skipped: SkippedMessage): undefined
  /** Whether a message of `length` bytes still goes in; an empty frame takes any. */
  fits(length: number): boolean
  /** The frame; its buffers are free for the next one. */
  close(topicCount: number, matchSetCount: number): PackedFrame
}

export const createFrameWriter = (start: FrameStart, buffers: FrameBuffers): FrameWriter => {
  const copy = createByteCopier()
  let count = 0
  let used = 0
  const skippedBefore: SkippedMessage[] = []

  const reserve = (length: number) => {
    if (used + length > buffers.bytes.length) buffers.bytes = grown(buffers.bytes, used, used + length)
    if ((count + 1) * recordBytes <= buffers.records.length) return
    buffers.records = grown(buffers.records, count * recordBytes, 0)
    buffers.recordView = new DataView(buffers.records.buffer)
  }

  /** A topic without a number goes in front of the message; answers its topic id. */
  const addLooseTopic = ({ text }: TopicEntry): number => {
    const length = Buffer.byteLength(text)
    reserve(length)
    buffers.bytes.write(text, used)
    used += length
    return unnumberedTopic + length
  }

  const add = (message: WireMessage, marks: MessageMarks) => {
    const { start, payloadStart, end, topic } = message
    const carried = carriedEnd(message) - start
    const topicId = topic.id < 0 ? addLooseTopic(topic) : topic.id
    reserve(carried)
    const at = count * recordBytes
    const view = buffers.recordView
    view.setFloat64(at, message.time, true)
    view.setUint32(at + recordOffset.topicId, topicId, true)
    view.setUint32(at + recordOffset.offset, used, true)
    view.setUint32(at + recordOffset.propertiesLength, payloadStart - start, true)
    view.setUint32(at + recordOffset.payloadLength, end - payloadStart, true)
    view.setUint32(at + recordOffset.matchSetId, marks.matchSetId, true)
    view.setUint16(at + recordOffset.packetId, message.packetId, true)
    const headFlag = isLarge(message) ? flags.head : 0
    view.setUint16(at + recordOffset.flags, message.flags | marks.flags | headFlag, true)
    copy({ source: message.source, start, end: start + carried }, buffers.bytes, used)
    used += carried
    count += 1
  }

  return {
    firstSequence: start.firstSequence,
    add,
    isEmpty: () => count === 0,
    skip: (skipped) => void skippedBefore.push(skipped),
    fits: (length) => count === 0 || (count < frameLimits.messages && used + length <= frameLimits.bytes),
    close: (topicCount, matchSetCount) => {
      const records = copied(buffers.records, count * recordBytes)
      const bytes = copied(buffers.bytes, used)
      if (buffers.bytes.length > mostKeptBytes) Object.assign(buffers, createFrameBuffers())
      const skipped = skippedBefore.length > 0 && { skippedBefore }
      return { ...start, count, ...skipped, records, bytes, topicCount, matchSetCount }
    },
  }
}
