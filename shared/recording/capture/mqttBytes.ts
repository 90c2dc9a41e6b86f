import { joinedBytes } from '#shared/encoding/joinedBytes'
import { readTwoBytes, readVariableInteger, variableIntegerLength } from '#shared/mqtt/propertySection'
import { decodePublishProperties } from '#shared/mqtt/publishProperties'
import { decodeUtf8, isUtf8 } from '#shared/mqtt/utf8'
import { messageOf, Refusal, type RecordedMessage } from '../recordedMessage'

/** Bytes of a stream of which some are not here yet. */
export interface PacketBytes {
  push(bytes: Uint8Array): void
  /** The next whole MQTT packet; null = it is not whole yet. Throws a `Refusal` where it can be none. */
  next(): Uint8Array | null
  readonly waitingBytes: () => number
  /** Bytes that the packet needs that is begun; 0 = none is, or it has not said how long it is. */
  readonly missingBytes: () => number
}

export const createPacketBytes = (): PacketBytes => {
  let parts: Uint8Array[] = []
  let length = 0
  let needed = 2
  let isLengthKnown = false
  const all = (): Uint8Array => {
    const [only] = parts
    if (parts.length === 1 && only) return only
    const whole = joinedBytes(parts)
    parts = [whole]
    return whole
  }
  return {
    push: (bytes) => {
      parts.push(bytes)
      length += bytes.length
    },
    next: () => {
      if (length < needed) return null
      const bytes = all()
      const lengthBytes = variableIntegerLength(bytes, 1, bytes.length)
      if (lengthBytes === 0) {
        if (length >= 5) throw new Refusal('badPacket', 'remaining length')
        needed = length + 1
        return null
      }
      needed = 1 + lengthBytes + readVariableInteger(bytes, 1)
      isLengthKnown = true
      if (length < needed) return null
      const packet = bytes.subarray(0, needed)
      parts = needed < length ? [bytes.subarray(needed)] : []
      length -= needed
      needed = 2
      isLengthKnown = false
      return packet
    },
    waitingBytes: () => length,
    missingBytes: () => (isLengthKnown && length > 0 ? needed - length : 0),
  }
}

/** What a CONNECT says of the packets that follow it; null = it cannot be read. */
export const readConnect = (packet: Uint8Array): { readonly level: number; readonly clientId: string } | null => {
  const start = bodyOf(packet)
  const nameEnd = start + 2 + readTwoBytes(packet, start)
  const level = packet[nameEnd]
  const name = decodeUtf8(packet.subarray(start + 2, nameEnd))
  if (level === undefined || (name !== 'MQTT' && name !== 'MQIsdp')) return null
  let at = nameEnd + 4
  if (level === 5) {
    const lengthBytes = variableIntegerLength(packet, at, packet.length)
    if (lengthBytes === 0) return { level, clientId: '' }
    at += lengthBytes + readVariableInteger(packet, at)
  }
  const end = at + 2 + (at + 2 <= packet.length ? readTwoBytes(packet, at) : 0)
  return { level, clientId: end <= packet.length ? decodeUtf8(packet.subarray(at + 2, end)) : '' }
}

export interface PublishSource extends Pick<RecordedMessage, 'time' | 'direction' | 'connection'> {
  readonly isVersion5: boolean
  /** Topics of this direction by their aliases. */
  readonly aliases: Map<number, string>
}

/** Throws a `Refusal` where the PUBLISH cannot be read. */
export const readPublish = (packet: Uint8Array, { isVersion5, aliases, ...parts }: PublishSource): RecordedMessage => {
  const first = packet[0] ?? 0
  const qos = (first >> 1) & 3
  if (qos === 3) throw new Refusal('badQos', '3')
  const start = bodyOf(packet)
  if (start + 2 > packet.length) throw new Refusal('cutShort')
  const topicEnd = start + 2 + readTwoBytes(packet, start)
  const idEnd = topicEnd + (qos > 0 ? 2 : 0)
  if (idEnd > packet.length) throw new Refusal('cutShort')
  const topicBytes = packet.subarray(start + 2, topicEnd)
  if (!isUtf8(topicBytes)) throw new Refusal('badTopic')
  const section = isVersion5 ? sectionOf(packet, idEnd) : { properties: {}, end: idEnd }
  const { topicAlias: alias } = section.properties
  let topic = decodeUtf8(topicBytes)
  if (alias !== undefined && topic === '') topic = aliases.get(alias) ?? ''
  else if (alias !== undefined) aliases.set(alias, topic)
  return messageOf({
    ...parts,
    topic,
    payload: packet.slice(section.end),
    qos,
    retain: (first & 1) !== 0,
    dup: (first & 8) !== 0,
    packetId: qos > 0 ? readTwoBytes(packet, topicEnd) : null,
    properties: section.properties,
  })
}

const sectionOf = (packet: Uint8Array, at: number) => {
  const lengthBytes = variableIntegerLength(packet, at, packet.length)
  if (lengthBytes === 0) throw new Refusal('cutShort')
  const start = at + lengthBytes
  const end = start + readVariableInteger(packet, at)
  const properties = end > packet.length ? null : decodePublishProperties(packet.slice(start, end))
  if (!properties) throw new Refusal('badProperties')
  return { properties, end }
}

const bodyOf = (packet: Uint8Array): number => 1 + variableIntegerLength(packet, 1, packet.length)
