/** MQTT 5 §2.4. */
export const reasonCodes = {
  protocolError: 0x82,
  badUserNameOrPassword: 0x86,
  receiveMaximumExceeded: 0x93,
  quotaExceeded: 0x97,
} as const

/** MQTT 3.1.1 §3.2.2.3: it knows no quota. */
const serverUnavailable = 0x03
/** MQTT 3.1.1 §3.9.3. */
const subscriptionFailed = 0x80

/** CONNACK that refuses: the quota is used up. */
export const refusingConnack = (version: number): Buffer =>
  version === 5 ? packet(0x20, [0, reasonCodes.quotaExceeded, 0]) : packet(0x20, [0, serverUnavailable])

/** The acknowledgement of a PUBLISH that was not taken: PUBACK or, for QoS 2, PUBREC. MQTT 5 only. */
export const refusingAck = (qos: 1 | 2, messageId: number): Buffer =>
  packet(qos === 1 ? 0x40 : 0x50, [...idBytes(messageId), reasonCodes.quotaExceeded])

/** SUBACK that refuses every one of `count` filters. */
export const refusingSuback = (version: number, messageId: number, count: number): Buffer => {
  const code = version === 5 ? reasonCodes.quotaExceeded : subscriptionFailed
  const codes = Array.from({ length: count }, () => code)
  return packet(0x90, [...idBytes(messageId), ...(version === 5 ? [0] : []), ...codes])
}

/** DISCONNECT with its reason. MQTT 5 only. */
export const disconnectPacket = (reasonCode: number): Buffer => packet(0xe0, [reasonCode])

const lengthBytes = (length: number): readonly number[] =>
  length < 128 ? [length] : [(length % 128) | 128, ...lengthBytes(Math.floor(length / 128))]

const packet = (header: number, body: readonly number[]) => Buffer.from([header, ...lengthBytes(body.length), ...body])

const idBytes = (id: number): readonly number[] => [id >> 8, id & 0xff]
