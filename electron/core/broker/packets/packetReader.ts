import { readVariableInteger, variableIntegerLength } from '#shared/mqtt/propertySection'
import { createChunkJoiner } from './chunkJoiner'
import type { InboxMessage } from '../inbox/frameWriter'
import { authFirstByte, malformed, notMqtt, oversized, tooLarge } from './packetFailure'
import { createPublishReader, emptyMessage, nothing } from './publishReader'
import type { TopicTable } from '../inbox/topicTable'

/** What is not PUBLISH carries at most a few strings of 64 KiB; a larger one would only keep us busy. */
const largestControlPacket = 2 ** 18

export interface PacketReaderParts {
  readonly isVersion5: boolean
  readonly topics: TopicTable
  /** Packet identifiers of QoS 2 messages that were received and not released yet (MQTT 5 §4.3.3). */
  readonly unreleased: Set<number>
  readonly maximumPacketSize: number
  readonly now: () => number
  /** Every PUBLISH but a repeated one of QoS 2, in wire order. The object is reused for the next. */
  readonly onMessage: (message: InboxMessage) => void
  /** A PUBLISH of QoS 2 that was told before. */
  readonly onRepetition?: () => void
  /** A QoS 1 or 2 PUBLISH that wants its acknowledgement. */
  readonly onAcknowledge: (firstByte: number, packetId: number) => void
  /** Any other packet; its body begins at `bodyStart`. */
  readonly onPacket: (packet: Buffer, bodyStart: number) => void
}

/**
 * Cuts a byte stream into MQTT packets and decodes PUBLISH where it lies in the chunk: nothing is allocated for a small
 * QoS 0 message. `read` throws PacketFailure on what breaks the protocol, and must not be called again then.
 */
export const createPacketReader = (parts: PacketReaderParts) => {
  const { unreleased, maximumPacketSize } = parts
  const readPublish = createPublishReader(parts)
  const chunks = createChunkJoiner()
  const message = emptyMessage()
  let hasBegun = false
  /** How many bytes an incomplete packet needs before another look is worth it. */
  let neededBytes = 0

  const onPublish = (first: number, body: readonly [number, number]): void => {
    readPublish(message, first, body)
    const qos = message.flags & 3
    if (qos === 2 && unreleased.has(message.packetId)) parts.onRepetition?.()
    else parts.onMessage(message)
    if (qos === 2) unreleased.add(message.packetId)
    if (qos > 0) parts.onAcknowledge(first, message.packetId)
  }

  // MQTT 5 §3.2: the server's first packet is CONNACK, and that is what tells it from anything else on this port; AUTH
  // comes before it from one that authenticates in steps (§4.12).
  const checkFirst = (buffer: Buffer) => {
    if (hasBegun) return
    hasBegun = true
    const isMqtt = buffer[0] === 0x20 || (parts.isVersion5 && buffer[0] === authFirstByte)
    if (!isMqtt) throw notMqtt(buffer)
  }

  const incomplete = (needed: number): 0 => {
    neededBytes = needed
    return 0
  }

  /** Reads the packet at `at`; answers where it ends, or 0 when it is not all there. */
  const readPacket = (buffer: Buffer, at: number): number => {
    const first = buffer[at] ?? 0
    const lengthBytes = variableIntegerLength(buffer, at + 1, buffer.length)
    if (lengthBytes === 0) {
      if (buffer.length - at >= 5) throw malformed(first, 'the remaining length has more than four bytes')
      return incomplete(buffer.length - at + 1)
    }
    const bodyStart = at + 1 + lengthBytes
    const size = bodyStart - at + readVariableInteger(buffer, at + 1)
    if (size > maximumPacketSize) throw tooLarge(size, maximumPacketSize)
    if (first >> 4 !== 3 && size > largestControlPacket)
      throw oversized(first, `it has ${size} bytes`, largestControlPacket)
    const end = at + size
    if (end > buffer.length) return incomplete(size)
    if (first >> 4 === 3) onPublish(first, [bodyStart, end])
    else parts.onPacket(buffer.subarray(at, end), bodyStart - at)
    return end
  }

  return {
    read: (chunk: Buffer): void => {
      const buffer = chunks.join(chunk)
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
      if (at < buffer.length) chunks.keep(buffer.subarray(at), neededBytes)
    },
  }
}
