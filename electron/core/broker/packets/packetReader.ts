import type { SkippedMessage } from '#shared/model/frame'
import { readVariableInteger, variableIntegerLength } from '#shared/mqtt/propertySection'
import { createChunkJoiner } from './chunkJoiner'
import type { InboxMessage } from '../inbox/frameWriter'
import { authFirstByte, malformed, notMqtt, oversized } from './packetFailure'
import { createPublishSkipper } from './publishSkipper'
import { createPublishReader, emptyMessage, nothing } from './publishReader'
import type { TopicTable } from '../message/topicTable'

/** What is not PUBLISH carries at most a few strings of 64 KiB; a larger one would only keep us busy. */
const largestControlPacket = 2 ** 18

export interface PacketReaderParts {
  readonly isVersion5: boolean
  readonly topics: TopicTable
  /** Packet identifiers of QoS 2 messages that were received and not released yet (MQTT 5 §4.3.3). */
  readonly unreleased: Set<number>
  readonly maximumPacketSize: number
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** How far a time that was just read is from the steady clock; absent = not at all. */
  readonly shiftOf?: (time: number) => number
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

/** AUTH comes before CONNACK from a server that authenticates in steps (MQTT 5 §4.12). */
const mayBeFirst = (buffer: Buffer, isVersion5: boolean): boolean =>
  mayBeConnack(buffer) || (isVersion5 && buffer[0] === authFirstByte)

/** Whether enough has come to see that the first packet is one of MQTT; throws where it is not. */
const beginsSoundly = (buffer: Buffer, isVersion5: boolean): boolean => {
  if (!mayBeFirst(buffer, isVersion5)) throw notMqtt(buffer)
  return buffer.length > 1
}

/** Tells of a PUBLISH, but of one of QoS 2 once only until it is released (MQTT 5 §4.3.3), and has it acknowledged. */
const createSettling =
  ({ unreleased, onRepetition, onAcknowledge }: PacketReaderParts) =>
  (first: number, packetId: number, tell: () => void): void => {
    const isExactlyOnce = ((first >> 1) & 3) === 2
    if (isExactlyOnce && unreleased.has(packetId)) onRepetition?.()
    else tell()
    if (isExactlyOnce) unreleased.add(packetId)
    if (packetId > 0) onAcknowledge(first, packetId)
  }

/**
 * Cuts a byte stream into MQTT packets and decodes PUBLISH where it lies in the chunk: nothing is allocated for a small
 * QoS 0 message. A PUBLISH beyond the limits is skipped without being held, and acknowledged, so that a retained one does
 * not end the connection again and again. `read` throws PacketFailure on what breaks the protocol, and must not be called
 * again then.
 */
export const createPacketReader = (parts: PacketReaderParts) => {
  const { isVersion5 } = parts
  const readPublish = createPublishReader(parts)
  const chunks = createChunkJoiner()
  const message = emptyMessage()
  let hasBegun = false
  let isHeld = false
  const isWaiting = () => isHeld
  /** How many bytes an incomplete packet needs before another look is worth it. */
  let neededBytes = 0

  const settle = createSettling(parts)
  const skipper = createPublishSkipper({
    ...parts,
    onEnd: ({ first, packetId, topic }, skipped) =>
      settle(first, packetId, () => parts.onSkipped?.({ time: message.time, topic, ...skipped })),
  })
  const tellMessage = () => parts.onMessage(message)
  const onPublish = (first: number, body: readonly [number, number]): void => {
    readPublish(message, first, body)
    settle(first, message.packetId, tellMessage)
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
    const end = at + size
    const isPublish = first >> 4 === 3
    if (!isPublish && size > largestControlPacket) throw oversized(first, `it has ${size} bytes`, largestControlPacket)
    const found = isPublish && skipper.maySkip(size) ? skipper.look(buffer, at, { bodyStart, end }) : 'read'
    if (found !== 'read') return 'end' in found ? found.end : incomplete(found.needed - at)
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
    hasBegun ||= beginsSoundly(buffer, isVersion5)
    if (!hasBegun) {
      chunks.keep(buffer, 2)
      return
    }
    message.time = parts.now()
    message.clockShift = parts.shiftOf?.(message.time) ?? 0
    message.source = buffer
    neededBytes = 0
    let at = 0
    while (at < buffer.length && !isWaiting()) {
      const end = skipper.isDraining() ? skipper.drain(buffer, at) : readPacket(buffer, at)
      if (end === 0) break
      at = end
    }
    message.source = nothing
    if (at < buffer.length) chunks.keep(buffer.subarray(at), isWaiting() ? 0 : neededBytes)
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
