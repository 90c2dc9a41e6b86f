import { checkPublishProperties } from '#shared/mqtt/publishProperties'
import { readTwoBytes, readVariableInteger, variableIntegerLength } from '#shared/mqtt/propertySection'
import type { InboxMessage } from './connectionInbox'
import { malformed, notMqtt, protocolReason, tooLarge } from './packetFailure'
import type { TopicEntry, TopicTable } from './topicTable'

/** MQTT 5 §2.1.4: 268,435,455 bytes behind a fixed header of five. */
export const largestPacket = 268_435_460

export interface PacketReaderParts {
  readonly isVersion5: boolean
  readonly topics: TopicTable
  /** Packet identifiers of QoS 2 messages that were received and not released yet (MQTT 5 §4.3.3). */
  readonly unreleased: Set<number>
  readonly maximumPacketSize: number
  readonly now: () => number
  /** Every PUBLISH but a repeated one of QoS 2, in wire order. The object is reused for the next. */
  readonly onMessage: (message: InboxMessage) => void
  /** A QoS 1 or 2 PUBLISH that wants its acknowledgement. */
  readonly onAcknowledge: (firstByte: number, packetId: number) => void
  /** Any other packet; its body begins at `bodyStart`. */
  readonly onPacket: (packet: Buffer, bodyStart: number) => void
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }
const noTopic: TopicEntry = { id: 0, text: '', levels: [], matchSetId: 0, matchRevision: -1 }
const nothing = Buffer.alloc(0)

/**
 * Cuts a byte stream into MQTT packets and decodes PUBLISH where it lies in the chunk: nothing is allocated for a small
 * QoS 0 message. `read` throws PacketFailure on what breaks the protocol, and must not be called again then.
 */
export const createPacketReader = (parts: PacketReaderParts) => {
  const { isVersion5, topics, unreleased, maximumPacketSize } = parts
  const message: Mutable<InboxMessage> = {
    time: 0,
    topic: noTopic,
    packetId: 0,
    flags: 0,
    source: nothing,
    start: 0,
    payloadStart: 0,
    end: 0,
  }
  let waiting: Buffer[] = []
  let waitingBytes = 0
  /** Bytes it takes before another look is worth it. */
  let neededBytes = 0
  let hasBegun = false

  const topicOf = (first: number, [start, end]: readonly [number, number]): TopicEntry => {
    const topic = topics.find(message.source, start, end)
    if (typeof topic !== 'string') return topic
    throw malformed(first, topic)
  }

  /** Where the properties end and the payload begins. */
  const readProperties = (first: number, start: number, packetEnd: number): void => {
    const { source } = message
    const lengthBytes = variableIntegerLength(source, start, packetEnd)
    const end = start + lengthBytes + readVariableInteger(source, start)
    if (lengthBytes === 0 || end > packetEnd) throw malformed(first, 'the properties are cut off')
    message.start = start + lengthBytes
    message.payloadStart = end
    if (end === message.start) return
    const { problem, topicAlias } = checkPublishProperties(source, { start: message.start, end })
    if (problem) throw malformed(first, problem)
    // §3.3.2.3.4: we gave no Topic Alias Maximum, so the server must not send an alias.
    if (topicAlias !== null)
      throw malformed(first, `topic alias ${topicAlias}, but none was allowed`, protocolReason.topicAliasInvalid)
  }

  const readPublish = (first: number, bodyStart: number, end: number): void => {
    const { source } = message
    const qos = (first >> 1) & 3
    if (qos === 3) throw malformed(first, 'both QoS bits are set')
    const topicEnd = bodyStart + 2 + readTwoBytes(source, bodyStart)
    const start = qos === 0 ? topicEnd : topicEnd + 2
    if (start > end) throw malformed(first, 'it is cut off')
    message.end = end
    if (isVersion5) readProperties(first, start, end)
    else message.start = message.payloadStart = start
    message.packetId = qos === 0 ? 0 : readTwoBytes(source, topicEnd)
    if (qos > 0 && message.packetId === 0) throw malformed(first, 'packet identifier 0', protocolReason.protocolError)
    message.topic = topicOf(first, [bodyStart + 2, topicEnd])
    // The bits of the frame's flags: QoS, retain, dup.
    message.flags = qos | ((first & 1) << 2) | (first & 8)
    if (qos < 2 || !unreleased.has(message.packetId)) parts.onMessage(message)
    if (qos === 2) unreleased.add(message.packetId)
    if (qos > 0) parts.onAcknowledge(first, message.packetId)
  }

  // MQTT 5 §3.2: the server's first packet is CONNACK, and that is what tells it from anything else on this port.
  const checkFirst = (buffer: Buffer) => {
    if (hasBegun) return
    hasBegun = true
    if (buffer[0] !== 0x20) throw notMqtt(buffer)
  }

  /** Reads the packet at `at`; answers where it ends, or 0 when it is not all there (then `neededBytes` says more). */
  const readPacket = (buffer: Buffer, at: number): number => {
    const first = buffer[at] ?? 0
    const lengthBytes = variableIntegerLength(buffer, at + 1, buffer.length)
    if (lengthBytes === 0) {
      if (buffer.length - at >= 5) throw malformed(first, 'the remaining length has more than four bytes')
      neededBytes = buffer.length - at + 1
      return 0
    }
    const bodyStart = at + 1 + lengthBytes
    const size = bodyStart - at + readVariableInteger(buffer, at + 1)
    if (size > maximumPacketSize) throw tooLarge(size, maximumPacketSize)
    const end = at + size
    if (end > buffer.length) {
      neededBytes = size
      return 0
    }
    if (first >> 4 === 3) readPublish(first, bodyStart, end)
    else parts.onPacket(buffer.subarray(at, end), bodyStart - at)
    return end
  }

  const joined = (chunk: Buffer): Buffer | null => {
    if (waitingBytes === 0) return chunk
    waiting.push(chunk)
    waitingBytes += chunk.length
    if (waitingBytes < neededBytes) return null
    const whole = Buffer.concat(waiting, waitingBytes)
    waiting = []
    waitingBytes = 0
    return whole
  }

  return {
    read: (chunk: Buffer): void => {
      const buffer = joined(chunk)
      if (!buffer || buffer.length === 0) return
      checkFirst(buffer)
      message.time = parts.now()
      message.source = buffer
      let at = 0
      while (at < buffer.length) {
        const end = readPacket(buffer, at)
        if (end === 0) break
        at = end
      }
      message.source = nothing
      if (at === buffer.length) return
      waiting = [buffer.subarray(at)]
      waitingBytes = buffer.length - at
    },
  }
}
export type PacketReader = ReturnType<typeof createPacketReader>
