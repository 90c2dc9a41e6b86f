import type { MadeMessage } from '#shared/model/publish'
import type { Qos } from '#shared/model/qos'
import { variableIntegerLength } from '#shared/mqtt/propertySection'
import { encodePublishProperties, encodeVariableInteger, type PublishPropertySet } from '#shared/mqtt/publishProperties'

/** A PUBLISH ready to be sent, its packet identifier still 0. */
export interface PublishPacket {
  readonly bytes: Buffer
  /** Where the packet identifier goes; null with QoS 0. */
  readonly packetIdAt: number | null
  /** Where the properties begin and where the payload does, up to the end. */
  readonly start: number
  readonly payloadStart: number
}

const noProperties = new Uint8Array()

/**
 * MQTT 5 §3.3, and 3.1.1 §3.3 without the properties. The request must have been checked. It is written in one go into the bytes
 * that are sent: put together from parts, it cost a third of all that a message costs on its way out.
 */
export const encodePublish = (request: MadeMessage, isVersion5: boolean): PublishPacket => {
  const { topic, payload, qos, retain } = request
  const topicLength = Buffer.byteLength(topic)
  const properties = isVersion5 ? sectionOf(request.properties) : noProperties
  const lengthSize = isVersion5 ? sizeOfInteger(properties.length) : 0
  const remaining = 2 + topicLength + (qos === 0 ? 0 : 2) + lengthSize + properties.length + payload.length
  const bytes = Buffer.allocUnsafe(1 + sizeOfInteger(remaining) + remaining)
  bytes[0] = 0x30 | (qos << 1) | (retain ? 1 : 0)
  let at = bytes.writeUInt16BE(topicLength, writeInteger(bytes, 1, remaining))
  at += bytes.write(topic, at)
  const packetIdAt = qos === 0 ? null : at
  if (packetIdAt !== null) at = bytes.writeUInt16BE(0, at)
  if (isVersion5) at = writeInteger(bytes, at, properties.length)
  bytes.set(properties, at)
  const payloadStart = at + properties.length
  bytes.set(payload, payloadStart)
  return { bytes, packetIdAt, start: at, payloadStart }
}

/** The same message with another QoS, its packet identifier still 0 and without DUP. */
export const withQos = ({ bytes, packetIdAt, start, payloadStart }: PublishPacket, qos: Qos): PublishPacket => {
  const headerEnd = 1 + variableIntegerLength(bytes, 1, bytes.length)
  const topicEnd = headerEnd + 2 + bytes.readUInt16BE(headerEnd)
  const topic = bytes.subarray(headerEnd, topicEnd)
  const rest = bytes.subarray(packetIdAt === null ? topicEnd : packetIdAt + 2)
  const packetId = Buffer.alloc(qos === 0 ? 0 : 2)
  const remaining = topic.length + packetId.length + rest.length
  const header = Buffer.from([0x30 | (qos << 1) | ((bytes[0] ?? 0) & 1), ...encodeVariableInteger(remaining)])
  const made = Buffer.concat([header, topic, packetId, rest])
  const moved = made.length - bytes.length
  return {
    bytes: made,
    packetIdAt: qos === 0 ? null : header.length + topic.length,
    start: start + moved,
    payloadStart: payloadStart + moved,
  }
}

/** Most messages have none. */
const sectionOf = (properties: MadeMessage['properties']): Uint8Array => {
  for (const name in properties)
    if (Object.hasOwn(properties, name)) return encodePublishProperties(definedOf(properties))
  return noProperties
}

const definedOf = (properties: MadeMessage['properties']): PublishPropertySet =>
  Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined))

/** Bytes of a variable byte integer (§1.5.5). */
const sizeOfInteger = (value: number): number => (value < 2 ** 7 ? 1 : value < 2 ** 14 ? 2 : value < 2 ** 21 ? 3 : 4)

/** Answers where it ends. */
const writeInteger = (bytes: Buffer, at: number, value: number): number => {
  let end = at
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) {
      bytes[end] = rest
      return end + 1
    }
    bytes[end++] = (rest % 128) | 0x80
  }
}
