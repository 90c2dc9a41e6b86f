import type { ProtocolVersion } from '#shared/model/qos'
import { readTwoBytes, readVariableInteger, variableIntegerLength } from '#shared/mqtt/propertySection'
import { isUtf8 } from '#shared/mqtt/utf8'

/**
 * Whether a whole packet is a PUBLISH without properties, or an acknowledgement without reason, against which there is nothing:
 * `decodePacket` would say so too, at a hundred times the price. False = that is to be asked.
 */
export const isPlainlySound = (bytes: Uint8Array, version: ProtocolVersion): boolean => {
  const first = bytes[0] ?? 0
  const lengthBytes = variableIntegerLength(bytes, 1, bytes.length)
  const bodyAt = 1 + lengthBytes
  const remaining = readVariableInteger(bytes, 1)
  if (
    lengthBytes === 0 ||
    bodyAt + remaining !== bytes.length ||
    (lengthBytes > 1 && remaining < 128 ** (lengthBytes - 1))
  )
    return false
  if (plainAcknowledgements.has(first)) return remaining === 2 && readTwoBytes(bytes, bodyAt) > 0
  const qos = (first >> 1) & 3
  if (first >> 4 !== 3 || qos === 3 || (qos === 0 && (first & 8) !== 0)) return false
  const topicAt = bodyAt + 2
  const topicEnd = topicAt + readTwoBytes(bytes, bodyAt)
  const restAt = topicEnd + (qos > 0 ? 2 : 0)
  if (remaining < 2 || topicEnd === topicAt || restAt > bytes.length) return false
  if (qos > 0 && readTwoBytes(bytes, topicEnd) === 0) return false
  if (version === '5' && bytes[restAt] !== 0) return false
  for (let at = topicAt; at < topicEnd; at++) if (isOddInTopic(bytes[at] ?? 0)) return false
  return isUtf8(bytes, topicAt, topicEnd)
}

const plainAcknowledgements: ReadonlySet<number> = new Set([0x40, 0x50, 0x62, 0x70])

/** U+0000, # and +. */
const isOddInTopic = (byte: number): boolean => byte === 0 || byte === 0x23 || byte === 0x2b
