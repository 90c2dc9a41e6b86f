const usernameFlag = 0x80

/** Base 128, seven bits a byte (MQTT 5 §1.5.5). */
const variableInteger = (value: number): number[] =>
  value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...variableInteger(value >> 7)]

const headerLength = (packet: Buffer): number => {
  let at = 1
  while (((packet[at] ?? 0) & 0x80) !== 0) at += 1
  return at + 1
}

/**
 * A CONNECT of MQTT 5 with an empty user name, without one: mqtt.js sends no password by itself, though MQTT 5 §3.1.2.9
 * allows it. The user name stands right before the password, which stands last (§3.1.3).
 */
export const withoutUsername = (connect: Buffer, passwordBytes: number): Buffer => {
  const bodyStart = headerLength(connect)
  const usernameAt = connect.length - passwordBytes - 4
  const body = Buffer.concat([connect.subarray(bodyStart, usernameAt), connect.subarray(usernameAt + 2)])
  // Behind the protocol's name and its version (§3.1.2).
  const flagsAt = 2 + body.readUInt16BE(0) + 1
  body[flagsAt] = (body[flagsAt] ?? 0) & ~usernameFlag
  return Buffer.concat([Buffer.from([connect[0] ?? 0, ...variableInteger(body.length)]), body])
}
