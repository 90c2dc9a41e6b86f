import { readTwoBytes, readVariableInteger, variableIntegerLength } from '#shared/mqtt/propertySection'
import { encodeVariableInteger } from '#shared/mqtt/publishProperties'

const usernameFlag = 0x80

/** A placeholder for an empty client id, which mqtt.js writes only with a clean start. */
export const placeholderId = '-'

/**
 * The CONNECT with an empty client id instead of the placeholder. MQTT 5 §3.1.3.1 allows that whatever Clean Start
 * says: the server assigns one. Before MQTT 5 the server has to refuse it.
 */
export const withoutClientId = (connect: Buffer): Buffer => {
  const bodyStart = bodyStartOf(connect)
  // Protocol name, level, flags and keepalive (MQTT 5 §3.1.2).
  const levelAt = bodyStart + 2 + readTwoBytes(connect, bodyStart)
  const variableEnd = levelAt + 4
  const isVersion5 = connect[levelAt] === 5
  const lengthBytes = isVersion5 ? variableIntegerLength(connect, variableEnd, connect.length) : 0
  const idAt = isVersion5 ? variableEnd + lengthBytes + readVariableInteger(connect, variableEnd) : variableEnd
  const idEnd = idAt + 2 + readTwoBytes(connect, idAt)
  return packetOf(connect, [connect.subarray(bodyStart, idAt), Buffer.from([0, 0]), connect.subarray(idEnd)])
}

/**
 * A CONNECT of MQTT 5 with an empty user name, without one: mqtt.js sends no password by itself, though MQTT 5 §3.1.2.9
 * allows it. The user name stands right before the password, which stands last (§3.1.3).
 */
export const withoutUsername = (connect: Buffer, passwordBytes: number): Buffer => {
  const usernameAt = connect.length - passwordBytes - 4
  const body = Buffer.concat([connect.subarray(bodyStartOf(connect), usernameAt), connect.subarray(usernameAt + 2)])
  // Behind the protocol's name and its version (§3.1.2).
  const flagsAt = 2 + body.readUInt16BE(0) + 1
  body[flagsAt] = (body[flagsAt] ?? 0) & ~usernameFlag
  return packetOf(connect, [body])
}

const bodyStartOf = (packet: Buffer): number => 1 + variableIntegerLength(packet, 1, packet.length)

/** A packet of the same kind with another body. */
const packetOf = (packet: Buffer, parts: readonly Buffer[]): Buffer => {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  return Buffer.concat([packet.subarray(0, 1), Buffer.from(encodeVariableInteger(length)), ...parts])
}
