// Why it is so: build/docs/decisions/12-too-large-messages-are-skipped.md
import { readTwoBytes, readVariableInteger, variableIntegerLength } from '#shared/mqtt/propertySection'
import { topicNameProblem } from '#shared/mqtt/topicFilter'
import { checkPublishProperties } from '#shared/mqtt/publishProperties'
import { decodeUtf8, isUtf8 } from '#shared/mqtt/utf8'
import { malformed, protocolReason } from './packetFailure'
import { soundAlias } from './publishReader'

/** Properties are checked in one go and sent to the window whole, so they have a limit of their own. */
export const largestProperties = 2 ** 20

/** What is known of a PUBLISH before the rest of it has come. */
export interface PublishHead {
  readonly first: number
  /** '' = its alias stands for it. */
  readonly topic: string
  /** MQTT 5 §3.3.2.3.4; 0 = none, or it was not read. */
  readonly topicAlias: number
  /** 0 = none. */
  readonly packetId: number
  /** Bytes; null = it was not read. */
  readonly propertiesLength: number | null
}

interface HeadWishes {
  readonly first: number
  readonly wantsProperties: boolean
  readonly wantsAlias: boolean
}

/** Where a packet's body lies; `end` may be beyond the bytes that have come. */
export interface Extent {
  readonly bodyStart: number
  readonly end: number
}

/**
 * Reads the beginning of a PUBLISH, with `wantsProperties` including the length of its properties and with `wantsAlias` its
 * topic alias, for which all properties have to be there. Answers a number where more bytes are needed: they have to reach up
 * to there. Throws PacketFailure.
 */
export const readPublishHead = (
  buffer: Buffer,
  { bodyStart, end }: Extent,
  { first, wantsProperties, wantsAlias }: HeadWishes,
): PublishHead | number => {
  const qos = (first >> 1) & 3
  if (qos === 3) throw malformed(first, 'both QoS bits are set')
  if (bodyStart + 2 > end) throw malformed(first, 'it is cut off')
  if (bodyStart + 2 > buffer.length) return bodyStart + 2
  const topicEnd = bodyStart + 2 + readTwoBytes(buffer, bodyStart)
  const start = qos === 0 ? topicEnd : topicEnd + 2
  if (start > end) throw malformed(first, 'it is cut off')
  if (start > buffer.length) return start
  const packetId = qos === 0 ? 0 : readTwoBytes(buffer, topicEnd)
  if (qos > 0 && packetId === 0) throw malformed(first, 'packet identifier 0', protocolReason.protocolError)
  const propertiesLength = wantsProperties ? propertiesLengthAt(buffer, start, end) : null
  if (wantsProperties && propertiesLength === null) return buffer.length + 1
  const alias = wantsAlias ? aliasIn(buffer, start, propertiesLength ?? 0) : { topicAlias: 0 }
  if (typeof alias === 'number') return alias
  const { topicAlias } = alias
  const topic = topicAlias > 0 && topicEnd === bodyStart + 2 ? '' : topicAt(buffer, bodyStart + 2, topicEnd)
  return { first, topic, topicAlias, packetId, propertiesLength }
}

/** Properties beyond the limit are not looked through. */
const aliasIn = (buffer: Buffer, start: number, length: number): { readonly topicAlias: number } | number => {
  const from = start + variableIntegerLength(buffer, start, buffer.length)
  if (length > largestProperties) return { topicAlias: 0 }
  if (from + length > buffer.length) return from + length
  const { topicAlias } = checkPublishProperties(buffer, { start: from, end: from + length })
  return { topicAlias: topicAlias === null ? 0 : soundAlias(topicAlias) }
}

const topicAt = (buffer: Buffer, start: number, end: number): string => {
  const bytes = buffer.subarray(start, end)
  if (!isUtf8(bytes)) throw malformed(0x30, 'the topic name is not well-formed UTF-8')
  const topic = decodeUtf8(bytes)
  const problem = topicNameProblem(topic)
  // §3.3.2.1: an empty one needs a topic alias.
  if (problem) throw malformed(0x30, `its topic name cannot be one (${problem.code})`, protocolReason.protocolError)
  return topic
}

/** The length of the properties at `start`; null = more bytes are needed to tell. */
const propertiesLengthAt = (buffer: Buffer, start: number, end: number): number | null => {
  const lengthBytes = variableIntegerLength(buffer, start, Math.min(end, buffer.length))
  if (lengthBytes > 0) return readVariableInteger(buffer, start)
  if (start + 4 <= buffer.length || end <= buffer.length) throw malformed(0x30, 'the properties are cut off')
  return null
}
