import type { MadeMessage } from '#shared/model/publish'
import type { Qos } from '#shared/model/qos'
import { variableIntegerLength } from '#shared/mqtt/propertySection'
import { encodePublishProperties, encodeVariableInteger, type PublishPropertySet } from '#shared/mqtt/publishProperties'
import { encodeUtf8 } from '#shared/mqtt/utf8'

/** A PUBLISH ready to be sent, its packet identifier still 0. */
export interface PublishPacket {
  readonly bytes: Buffer
  /** Where the packet identifier goes; null with QoS 0. */
  readonly packetIdAt: number | null
  /** Where the properties begin and where the payload does, up to the end. */
  readonly start: number
  readonly payloadStart: number
}

const definedOf = (properties: MadeMessage['properties']): PublishPropertySet =>
  Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined))

/** MQTT 5 §3.3, and 3.1.1 §3.3 without the properties. The request must have been checked. */
export const encodePublish = (request: MadeMessage, isVersion5: boolean): PublishPacket => {
  const { topic, payload, qos, retain } = request
  const topicBytes = encodeUtf8(topic)
  const properties = isVersion5 ? encodePublishProperties(definedOf(request.properties)) : new Uint8Array()
  const propertyLength = isVersion5 ? encodeVariableInteger(properties.length) : []
  const packetId = qos === 0 ? [] : [0, 0]
  const remaining = 2 + topicBytes.length + packetId.length + propertyLength.length + properties.length + payload.length
  const fixedHeader = [0x30 | (qos << 1) | (retain ? 1 : 0), ...encodeVariableInteger(remaining)]
  const topicEnd = fixedHeader.length + 2 + topicBytes.length
  const topicLength = [topicBytes.length >> 8, topicBytes.length & 0xff]
  const parts = [fixedHeader, topicLength, topicBytes, packetId, propertyLength, properties, payload]
  const bytes = Buffer.concat(parts.map((part) => (part instanceof Uint8Array ? part : Uint8Array.from(part))))
  const payloadStart = bytes.length - payload.length
  return { bytes, packetIdAt: qos === 0 ? null : topicEnd, start: payloadStart - properties.length, payloadStart }
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
