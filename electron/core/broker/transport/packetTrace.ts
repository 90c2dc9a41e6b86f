import { readVariableInteger, variableIntegerLength } from '#shared/mqtt/propertySection'
import { encodeVariableInteger } from '#shared/mqtt/publishProperties'
import type { WireMessage } from '../message/wireMessage'
import { packetSummary, publishSummary } from '../packets/packetSummary'
import type { ReadPublish } from '../packets/packetReader'
import type { SkippedPublish } from '../packets/publishSkipper'

/** Gets every control packet of a network connection. */
export interface PacketTrace {
  /** Bytes that are written: whole packets, or what is left of one. */
  sent(bytes: Buffer): void
  /** A PUBLISH that was read. */
  received(message: WireMessage & ReadPublish): void
  /** One that was too large, when all of it has gone by. */
  skipped(publish: SkippedPublish): void
  /** Any other packet, before it is decoded: it may break the protocol. */
  receivedControl(bytes: Buffer): void
  /** What came from the packet on that cannot be read, so that the connection ends. */
  broken(bytes: Buffer): void
}

/** Both get every packet; null = nobody does. */
export const joinTraces = (one: PacketTrace | null, other: PacketTrace | null): PacketTrace | null => {
  if (!one || !other) return one ?? other
  return {
    sent: (bytes) => {
      one.sent(bytes)
      other.sent(bytes)
    },
    received: (message) => {
      one.received(message)
      other.received(message)
    },
    skipped: (publish) => {
      one.skipped(publish)
      other.skipped(publish)
    },
    receivedControl: (bytes) => {
      one.receivedControl(bytes)
      other.receivedControl(bytes)
    },
    broken: (bytes) => {
      one.broken(bytes)
      other.broken(bytes)
    },
  }
}

/** Writes one line for every control packet. */
export const createPacketTrace = (isVersion5: boolean, write: (line: string) => void): PacketTrace => {
  /** Bytes that are still to come of a packet whose line was written. */
  let bytesLeft = 0
  const incoming = (summary: string) => write(`received ${summary}`)

  /** Tells the packet at `at`; answers its size. */
  const tellSent = (bytes: Buffer, at: number): number => {
    const lengthBytes = variableIntegerLength(bytes, at + 1, bytes.length)
    const size = lengthBytes === 0 ? bytes.length - at : 1 + lengthBytes + readVariableInteger(bytes, at + 1)
    write(`sent ${packetSummary(bytes.subarray(at, at + size), size, isVersion5)}`)
    return size
  }
  return {
    sent: (bytes) => {
      let at = Math.min(bytesLeft, bytes.length)
      bytesLeft -= at
      while (at < bytes.length) at += tellSent(bytes, at)
      bytesLeft += at - bytes.length
    },
    received: (message) => {
      const { packetId, flags } = message
      incoming(publishSummary({ topic: message.topic.text, packetId, flags, bytes: sizeOf(message, isVersion5) }))
    },
    skipped: (publish) => incoming(`${publishSummary(publish)}, skipped`),
    receivedControl: (bytes) => incoming(packetSummary(bytes, bytes.length, isVersion5)),
    // The failure is told where the connection ends.
    broken: () => {},
  }
}

/** Bytes of the whole packet: fixed header, topic name, packet identifier, properties and payload (MQTT 5 §3.3). */
const sizeOf = ({ topic, packetId, start, payloadStart, end }: WireMessage, isVersion5: boolean): number => {
  const propertyLength = isVersion5 ? encodeVariableInteger(payloadStart - start).length : 0
  const remaining = 2 + Buffer.byteLength(topic.text) + (packetId === 0 ? 0 : 2) + propertyLength + end - start
  return 1 + encodeVariableInteger(remaining).length + remaining
}
