import { checkPublishProperties } from '#shared/mqtt/publishProperties'
import { readTwoBytes, readVariableInteger, variableIntegerLength } from '#shared/mqtt/propertySection'
import { malformed, protocolReason } from './packetFailure'

export type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }

/** Where the parts of a PUBLISH lie in `source`; nothing is copied or decoded. */
export interface PublishFields {
  readonly source: Buffer
  /** UTF-8, not checked. */
  readonly topicStart: number
  readonly topicEnd: number
  /** MQTT 5 §3.3.2.3.4; 0 = none. */
  readonly topicAlias: number
  /** 0 = none. */
  readonly packetId: number
  /** QoS, RETAIN and DUP as `flags` of frame.ts has them. */
  readonly flags: number
  /** Where the properties begin, without their length, and where the payload does. */
  readonly start: number
  readonly payloadStart: number
  readonly end: number
}

export const noBytes = Buffer.alloc(0)

export const emptyPublish = (): Mutable<PublishFields> => ({
  source: noBytes,
  topicStart: 0,
  topicEnd: 0,
  topicAlias: 0,
  packetId: 0,
  flags: 0,
  start: 0,
  payloadStart: 0,
  end: 0,
})

/** QoS, RETAIN and DUP of a PUBLISH, which stand in its first byte (MQTT 5 §3.3.1), as the bits of a frame's flags. */
export const publishFlags = (firstByte: number): number =>
  ((firstByte >> 1) & 3) | ((firstByte & 1) << 2) | (firstByte & 8)

/**
 * Reads the PUBLISH in `publish.source` whose body lies from `start` to `end` (MQTT 5 §3.3) into `publish`; `first` is its
 * first byte. Throws PacketFailure `malformedPacket`.
 */
export const readPublish = (publish: Mutable<PublishFields>, first: number, isVersion5: boolean): void => {
  const { source, start: bodyStart, end } = publish
  const qos = (first >> 1) & 3
  if (qos === 3) throw malformed(first, 'both QoS bits are set')
  const topicEnd = bodyStart + 2 + readTwoBytes(source, bodyStart)
  const start = qos === 0 ? topicEnd : topicEnd + 2
  if (start > end) throw malformed(first, 'it is cut off')
  publish.topicAlias = 0
  if (isVersion5) readProperties(publish, start)
  else publish.start = publish.payloadStart = start
  publish.packetId = qos === 0 ? 0 : readTwoBytes(source, topicEnd)
  if (qos > 0 && publish.packetId === 0) throw malformed(first, 'packet identifier 0', protocolReason.protocolError)
  publish.topicStart = bodyStart + 2
  publish.topicEnd = topicEnd
  publish.flags = publishFlags(first)
}

/** Sets where the properties lie and where the payload begins. */
const readProperties = (publish: Mutable<PublishFields>, start: number): void => {
  const { source, end: packetEnd } = publish
  const lengthBytes = variableIntegerLength(source, start, packetEnd)
  const end = start + lengthBytes + readVariableInteger(source, start)
  if (lengthBytes === 0 || end > packetEnd) throw malformed(0x30, 'the properties are cut off')
  publish.start = start + lengthBytes
  publish.payloadStart = end
  if (end === publish.start) return
  const { problem, topicAlias } = checkPublishProperties(source, { start: publish.start, end })
  if (problem) throw malformed(0x30, problem.text, problem.answer)
  if (topicAlias !== null) publish.topicAlias = soundAlias(topicAlias)
}

/** §3.3.2.3.4: 0 is not allowed. */
export const soundAlias = (alias: number): number => {
  if (alias === 0) throw malformed(0x30, 'topic alias 0', protocolReason.topicAliasInvalid)
  return alias
}
