import type { SkippedMessage } from '#shared/model/frame'
import { readVariableInteger, variableIntegerLength } from '#shared/mqtt/propertySection'
import { createChunkJoiner } from './chunkJoiner'
import type { InboxMessage } from '../inbox/frameWriter'
import { authFirstByte, malformed, notMqtt, oversized } from './packetFailure'
import { largestProperties, readPublishHead, type Extent, type PublishHead } from './publishHead'
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
  /** A PUBLISH that is larger than is wanted, in its place among the others. */
  readonly onSkipped?: (skipped: SkippedMessage) => void
  /** A QoS 1 or 2 PUBLISH that wants its acknowledgement. */
  readonly onAcknowledge: (firstByte: number, packetId: number) => void
  /** Any other packet; its body begins at `bodyStart`. */
  readonly onPacket: (packet: Buffer, bodyStart: number) => void
}

/**
 * MQTT 5 §3.2: the server's first packet is CONNACK, and that is what tells it from anything else on this port. Servers of
 * other protocols greet with `*`, `+` or `-`, which are CONNACK with flags, and a printable character behind it.
 */
const mayBeConnack = ([first = 0, length = 0]: Buffer): boolean =>
  first === 0x20 || (first >> 4 === 2 && (length < 0x20 || length >= 0x80))

/** A PUBLISH whose bytes are let go as they come. */
interface Draining {
  readonly head: PublishHead
  readonly size: number
  readonly cause: SkippedMessage['cause']
  bytesLeft: number
}

/**
 * Cuts a byte stream into MQTT packets and decodes PUBLISH where it lies in the chunk: nothing is allocated for a small
 * QoS 0 message. A PUBLISH beyond the limits is skipped without being held, and acknowledged, so that a retained one does
 * not end the connection again and again. `read` throws PacketFailure on what breaks the protocol, and must not be called
 * again then.
 */
export const createPacketReader = (parts: PacketReaderParts) => {
  const { unreleased, maximumPacketSize, isVersion5 } = parts
  const readPublish = createPublishReader(parts)
  const chunks = createChunkJoiner()
  const message = emptyMessage()
  let hasBegun = false
  let isHeld = false
  /** How many bytes an incomplete packet needs before another look is worth it. */
  let neededBytes = 0
  let draining: Draining | null = null

  const settle = (first: number, packetId: number, tell: () => void): void => {
    const isExactlyOnce = ((first >> 1) & 3) === 2
    if (isExactlyOnce && unreleased.has(packetId)) parts.onRepetition?.()
    else tell()
    if (isExactlyOnce) unreleased.add(packetId)
    if (packetId > 0) parts.onAcknowledge(first, packetId)
  }
  const tellMessage = () => parts.onMessage(message)
  const onPublish = (first: number, body: readonly [number, number]): void => {
    readPublish(message, first, body)
    settle(first, message.packetId, tellMessage)
  }

  /** AUTH comes before CONNACK from a server that authenticates in steps (MQTT 5 §4.12). */
  const mayBeFirst = (buffer: Buffer): boolean => mayBeConnack(buffer) || (isVersion5 && buffer[0] === authFirstByte)

  /** Answers whether the first packet has begun; it throws where that is none of MQTT. */
  const checkFirst = (buffer: Buffer): boolean => {
    if (hasBegun) return true
    if (!mayBeFirst(buffer)) throw notMqtt(buffer)
    hasBegun = buffer.length > 1
    return hasBegun
  }

  const incomplete = (needed: number): 0 => {
    neededBytes = needed
    return 0
  }

  /** Lets go of what has come of a packet that is skipped; answers where that ends. */
  const drain = (buffer: Buffer, at: number, packet: Draining): number => {
    const taken = Math.min(packet.bytesLeft, buffer.length - at)
    packet.bytesLeft -= taken
    draining = packet.bytesLeft > 0 ? packet : null
    if (draining) return at + taken
    const { head, size: bytes, cause } = packet
    settle(head.first, head.packetId, () => parts.onSkipped?.({ time: message.time, topic: head.topic, bytes, cause }))
    return at + taken
  }

  const mayBeTooMuch = (size: number) => size > maximumPacketSize || (isVersion5 && size > largestProperties)

  /** Looks at the beginning of a large PUBLISH: null = it is to be read; else as `readPacket` answers. */
  const skip = (buffer: Buffer, at: number, { bodyStart, end }: Extent): number | null => {
    const size = end - at
    const isTooLarge = size > maximumPacketSize
    const given = { first: buffer[at] ?? 0, wantsProperties: isVersion5 && !isTooLarge }
    const head = readPublishHead(buffer, { bodyStart, end }, given)
    if (typeof head === 'number') return incomplete(head - at)
    if (!isTooLarge && (head.propertiesLength ?? 0) <= largestProperties) return null
    return drain(buffer, at, { head, size, cause: isTooLarge ? 'packet' : 'properties', bytesLeft: size })
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
    const end = at + size
    const isPublish = first >> 4 === 3
    if (!isPublish && size > largestControlPacket) throw oversized(first, `it has ${size} bytes`, largestControlPacket)
    const skipped = isPublish && mayBeTooMuch(size) ? skip(buffer, at, { bodyStart, end }) : null
    if (skipped !== null) return skipped
    if (end > buffer.length) return incomplete(size)
    if (isPublish) onPublish(first, [bodyStart, end])
    else parts.onPacket(buffer.subarray(at, end), bodyStart - at)
    return end
  }

  const read = (chunk: Buffer): void => {
    if (isHeld) {
      chunks.add(chunk)
      return
    }
    const buffer = chunks.join(chunk)
    if (!buffer || buffer.length === 0) return
    if (!checkFirst(buffer)) {
      chunks.keep(buffer, 2)
      return
    }
    message.time = parts.now()
    message.source = buffer
    neededBytes = 0
    let at = 0
    while (at < buffer.length && !isHeld) {
      const end = draining ? drain(buffer, at, draining) : readPacket(buffer, at)
      if (end === 0) break
      at = end
    }
    message.source = nothing
    if (at < buffer.length) chunks.keep(buffer.subarray(at), isHeld ? 0 : neededBytes)
  }

  return {
    read,
    /** Behind the packet that is being read, everything waits until `goOn`. */
    hold: (): void => void (isHeld = true),
    goOn: (): void => {
      isHeld = false
      read(nothing)
    },
  }
}
