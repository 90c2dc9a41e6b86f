// Why it is so: build/docs/decisions/11-no-bytes-end-the-application.md
import { readVariableInteger, variableIntegerLength } from '#shared/mqtt/propertySection'
import { createChunkJoiner } from './chunkJoiner'
import { authFirstByte, malformed, notMqtt, oversized } from './packetFailure'
import { noBytes, readPublish, type Mutable, type PublishFields } from './publishReader'
import { createPublishSkipper, type SkippedPublish } from './publishSkipper'

/**
 * Control packets hold at most a few strings of 64 KiB. A larger one is refused, because it would take long to read.
 */
const largestControlPacket = 2 ** 18

/** A PUBLISH was read into the fields the reader was made with. */
export interface ReadPublish extends PublishFields {
  readonly kind: 'publish'
  /** Where its first byte lies in `source`. */
  readonly packetStart: number
}
/** A whole packet of another kind, not decoded; its body begins at `bodyStart`. */
export interface ReadControlPacket {
  readonly kind: 'control'
  readonly bytes: Buffer
  readonly bodyStart: number
}
type ReadPacket = ReadPublish | SkippedPublish | ReadControlPacket

export interface PacketReaderParts {
  readonly isVersion5: boolean
  readonly maximumPacketSize: number
  /** Whether a server may use topic aliases; default: it must not. */
  readonly allowsAliases?: boolean
  /** Filled anew for each PUBLISH; fields beside those of PublishFields are left alone. */
  readonly publish: Mutable<ReadPublish>
}

export interface PacketReader {
  /** Takes further bytes; all packets of those before must have been read. */
  push(chunk: Buffer): void
  /**
   * The next packet; null = what has come holds no more whole ones. Throws PacketFailure on what breaks the protocol,
   * and must not be called again then.
   */
  next(): ReadPacket | null
  /** After a failure: the bytes from the packet on that broke the protocol, as far as they have come. */
  rest(): Buffer
}

/**
 * Cuts a byte stream into MQTT packets and reads PUBLISH where it lies in the chunk: nothing is allocated for a small
 * message. A PUBLISH beyond the limits is skipped without being held, so that a retained one does not end the
 * connection again and again.
 */
export const createPacketReader = (parts: PacketReaderParts): PacketReader => {
  const { isVersion5, maximumPacketSize, allowsAliases = false, publish } = parts
  const chunks = createChunkJoiner()
  const skipper = createPublishSkipper({ isVersion5, maximumPacketSize, allowsAliases })
  let buffer: Buffer = noBytes
  let at = 0
  let packetAt = 0
  let hasBegun = false

  /** Keeps the rest until `needed` bytes of it have come. */
  const awaitBytes = (needed: number): null => {
    chunks.keep(buffer.subarray(at), needed)
    at = buffer.length
    return null
  }
  const drain = (): SkippedPublish | null => {
    const bytes = Math.min(skipper.bytesLeft(), buffer.length - at)
    at += bytes
    return skipper.drain(bytes)
  }

  const readPacket = (): ReadPacket | null => {
    const start = at
    packetAt = start
    const first = buffer[start] ?? 0
    const lengthBytes = variableIntegerLength(buffer, start + 1, buffer.length)
    if (lengthBytes === 0) {
      if (buffer.length - start >= 5) throw malformed(first, 'the remaining length has more than four bytes')
      return awaitBytes(buffer.length - start + 1)
    }
    const bodyStart = start + 1 + lengthBytes
    const end = bodyStart + readVariableInteger(buffer, start + 1)
    const size = end - start
    const isPublish = first >> 4 === 3
    if (!isPublish && size > largestControlPacket) throw oversized(first, `it has ${size} bytes`, largestControlPacket)
    if (isPublish && skipper.maySkip(size)) {
      const found = skipper.look(buffer, start, { bodyStart, end })
      if (found === 'skip') return drain()
      if (found !== 'read') return awaitBytes(found - start)
    }
    if (end > buffer.length) return awaitBytes(size)
    at = end
    if (!isPublish) return { kind: 'control', bytes: buffer.subarray(start, end), bodyStart: bodyStart - start }
    publish.source = buffer
    publish.packetStart = start
    publish.start = bodyStart
    publish.end = end
    readPublish(publish, first, isVersion5)
    return publish
  }

  return {
    push: (chunk) => {
      const joined = chunks.join(chunk)
      buffer = joined ?? noBytes
      at = 0
      packetAt = 0
    },
    next: () => {
      let packet: ReadPacket | null = null
      if (at < buffer.length && skipper.bytesLeft() > 0) packet = drain()
      else if (at < buffer.length) {
        hasBegun ||= beginsSoundly(buffer, isVersion5)
        packet = hasBegun ? readPacket() : awaitBytes(2)
      }
      // Else the chunk would stay in memory until the next one comes.
      if (!packet) publish.source = buffer = noBytes
      return packet
    },
    rest: () => buffer.subarray(packetAt, at > packetAt ? at : buffer.length),
  }
}

/**
 * MQTT 5 §3.2: the server's first packet is CONNACK, and that is what tells it from anything else on this port. Servers
 * of other protocols greet with `*`, `+` or `-`, which are CONNACK with flags, and a printable character behind it.
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
