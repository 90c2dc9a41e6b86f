import { topicNameProblem } from '#shared/mqtt/topicFilter'
import { readTwoBytes, readVariableInteger, variableIntegerLength } from '#shared/mqtt/propertySection'
import { decodePublishProperties } from '#shared/mqtt/publishProperties'
import { decodeUtf8, isUtf8 } from '#shared/mqtt/utf8'
import { readConnect } from './mqttBytes'

const publish = 3

/**
 * Whether packets of MQTT begin with these bytes, one behind the other to their end, of which the last may be cut off. It is asked
 * where nothing else says it: at the beginning of a TCP segment, behind bytes that were not captured.
 */
export const beginsPacket = (bytes: Uint8Array): boolean => {
  let at = 0
  while (at < bytes.length) {
    const end = packetEnd(bytes, at)
    if (end === null) return false
    at = end
  }
  return bytes.length > 0
}

/** The same of bytes that nothing says are MQTT at all: whole packets, with a message among them. */
export const isSurelyMqtt = (bytes: Uint8Array): boolean => {
  let hasMessage = false
  let at = 0
  while (at < bytes.length) {
    const end = packetEnd(bytes, at)
    if (end === null || end > bytes.length) return false
    hasMessage ||= (bytes[at] ?? 0) >> 4 === publish
    at = end
  }
  return hasMessage
}

/** Where the packet ends that begins at `at`, maybe behind the bytes; null = none can begin there. */
const packetEnd = (bytes: Uint8Array, at: number): number | null => {
  const first = bytes[at] ?? 0
  const lengthBytes = variableIntegerLength(bytes, at + 1, bytes.length)
  if (lengthBytes === 0) return bytes.length - at < 5 && hasFlags(first) ? bytes.length : null
  const length = readVariableInteger(bytes, at + 1)
  const start = at + 1 + lengthBytes
  const end = start + length
  if (!hasFlags(first) || length < (leastLengths[first >> 4] ?? 0)) return null
  const body = bytes.subarray(start, Math.min(end, bytes.length))
  if (first >> 4 === publish) return isPublish(first, { body, length }) ? end : null
  if (first >> 4 === 1) return end > bytes.length || readConnect(bytes.subarray(at, end)) ? end : null
  const isPing = first >> 4 === 12 || first >> 4 === 13
  return isPing && length > 0 ? null : end
}

/** By the type of the packet (MQTT 5 §2.1.3 and chapter 3); DISCONNECT of MQTT 3.1.1 has no more than its header. */
const leastLengths: readonly number[] = [0, 10, 2, 2, 2, 2, 2, 2, 5, 3, 4, 2, 0, 0, 0, 0]

const hasFlags = (first: number): boolean => {
  const type = first >> 4
  const flags = first & 15
  if (type === publish) return (flags & 6) !== 6 && !((flags & 8) !== 0 && (flags & 6) === 0)
  return type !== 0 && flags === (type === 6 || type === 8 || type === 10 ? 2 : 0)
}

/** Without a topic it takes an alias, which only MQTT 5 has (§3.3.2.1). */
const isAliased = (bytes: Uint8Array): boolean => {
  const lengthBytes = variableIntegerLength(bytes, 0, bytes.length)
  if (lengthBytes === 0) return false
  const end = lengthBytes + readVariableInteger(bytes, 0)
  return end <= bytes.length && decodePublishProperties(bytes.slice(lengthBytes, end))?.topicAlias !== undefined
}

const isPublish = (
  first: number,
  { body, length }: { readonly body: Uint8Array; readonly length: number },
): boolean => {
  if (body.length < 2) return true
  const topicLength = readTwoBytes(body, 0)
  const idLength = (first & 6) === 0 ? 0 : 2
  if (2 + topicLength + idLength > length) return false
  if (topicLength === 0) return isAliased(body.subarray(2 + idLength))
  const topic = body.subarray(2, 2 + topicLength)
  // One that is cut off may end within a character.
  return topic.length < topicLength || (isUtf8(topic) && topicNameProblem(decodeUtf8(topic)) === null)
}
