import { readTwoBytes, variableIntegerLength } from '#shared/mqtt/propertySection'

const publish = 3
/** CONNECT, CONNACK, PINGREQ, PINGRESP, DISCONNECT and AUTH have no Packet Identifier (MQTT 5 §2.2.1). */
const withoutId: ReadonlySet<number> = new Set([0, 1, 2, 12, 13, 14, 15])

/** The Packet Identifier of a packet; 0 = it has none, or it is cut off. */
export const packetIdIn = (bytes: Buffer): number => {
  const first = bytes[0] ?? 0
  const type = first >> 4
  if (withoutId.has(type) || (type === publish && (first & 6) === 0)) return 0
  const bodyAt = 1 + variableIntegerLength(bytes, 1, bytes.length)
  const at = type === publish ? bodyAt + 2 + readTwoBytes(bytes, bodyAt) : bodyAt
  return at + 2 <= bytes.length ? readTwoBytes(bytes, at) : 0
}
