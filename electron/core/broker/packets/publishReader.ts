import { checkPublishProperties } from '#shared/mqtt/publishProperties'
import { readTwoBytes, readVariableInteger, variableIntegerLength } from '#shared/mqtt/propertySection'
import type { InboxMessage } from '../inbox/frameWriter'
import { malformed, protocolReason } from './packetFailure'
import { newEntry, type TopicEntry, type TopicTable } from '../message/topicTable'

export type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }

const noTopic = newEntry(0, '')
export const nothing = Buffer.alloc(0)

/** The one message object of a connection: it is filled anew for each PUBLISH. */
export const emptyMessage = (): Mutable<InboxMessage> => ({
  time: 0,
  clockShift: 0,
  topic: noTopic,
  packetId: 0,
  flags: 0,
  source: nothing,
  start: 0,
  payloadStart: 0,
  end: 0,
})

const findTopic = (topics: TopicTable, source: Buffer, [start, end]: readonly [number, number]): TopicEntry => {
  const topic = topics.find(source, start, end)
  if (typeof topic !== 'string') return topic
  throw malformed(0x30, topic)
}

/** Sets where the properties lie and where the payload begins. */
const readProperties = (message: Mutable<InboxMessage>, start: number, packetEnd: number): void => {
  const { source } = message
  const lengthBytes = variableIntegerLength(source, start, packetEnd)
  const end = start + lengthBytes + readVariableInteger(source, start)
  if (lengthBytes === 0 || end > packetEnd) throw malformed(0x30, 'the properties are cut off')
  message.start = start + lengthBytes
  message.payloadStart = end
  if (end === message.start) return
  const { problem, topicAlias } = checkPublishProperties(source, { start: message.start, end })
  if (problem) throw malformed(0x30, problem.text, problem.answer)
  // §3.3.2.3.4: we gave no Topic Alias Maximum, so the server must not send an alias.
  if (topicAlias !== null)
    throw malformed(0x30, `topic alias ${topicAlias}, but none was allowed`, protocolReason.topicAliasInvalid)
}

/**
 * Reads the PUBLISH in `message.source` whose body lies from `start` to `end` (MQTT 5 §3.3) into `message`, without
 * copying or decoding; `first` is its first byte. Throws PacketFailure `malformedPacket`.
 */
export const createPublishReader =
  ({ topics, isVersion5 }: { readonly topics: TopicTable; readonly isVersion5: boolean }) =>
  (message: Mutable<InboxMessage>, first: number, [bodyStart, end]: readonly [number, number]): void => {
    const { source } = message
    const qos = (first >> 1) & 3
    if (qos === 3) throw malformed(first, 'both QoS bits are set')
    const topicEnd = bodyStart + 2 + readTwoBytes(source, bodyStart)
    const start = qos === 0 ? topicEnd : topicEnd + 2
    if (start > end) throw malformed(first, 'it is cut off')
    message.end = end
    if (isVersion5) readProperties(message, start, end)
    else message.start = message.payloadStart = start
    message.packetId = qos === 0 ? 0 : readTwoBytes(source, topicEnd)
    if (qos > 0 && message.packetId === 0) throw malformed(first, 'packet identifier 0', protocolReason.protocolError)
    message.topic = findTopic(topics, source, [bodyStart + 2, topicEnd])
    // The bits of the frame's flags: QoS, retain, dup.
    message.flags = qos | ((first & 1) << 2) | (first & 8)
  }
