import { readTwoBytes, readVariableInteger, variableIntegerLength } from '#shared/mqtt/propertySection'
import { encodeVariableInteger } from '#shared/mqtt/publishProperties'

/** Stands for no client id until the packet is written: mqtt.js writes an empty one only with a clean start. */
export const placeholderId = '-'

/**
 * The CONNECT with an empty client id instead of the placeholder. MQTT 5 §3.1.3.1 allows that whatever Clean Start says:
 * the server assigns one. Before MQTT 5 it must refuse, and that is the server's word to say.
 */
export const withoutClientId = (connect: Buffer): Buffer => {
  const bodyStart = 1 + variableIntegerLength(connect, 1, connect.length)
  // Protocol name, level, flags and keepalive (MQTT 5 §3.1.2).
  const levelAt = bodyStart + 2 + readTwoBytes(connect, bodyStart)
  const variableEnd = levelAt + 4
  const isVersion5 = connect[levelAt] === 5
  const lengthBytes = isVersion5 ? variableIntegerLength(connect, variableEnd, connect.length) : 0
  const idAt = isVersion5 ? variableEnd + lengthBytes + readVariableInteger(connect, variableEnd) : variableEnd
  const idEnd = idAt + 2 + readTwoBytes(connect, idAt)
  const body = Buffer.concat([connect.subarray(bodyStart, idAt), Buffer.from([0, 0]), connect.subarray(idEnd)])
  return Buffer.concat([connect.subarray(0, 1), Buffer.from(encodeVariableInteger(body.length)), body])
}
