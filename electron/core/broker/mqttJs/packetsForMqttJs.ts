import mqttPacket from 'mqtt-packet'
import { flags } from '#shared/model/frame'
import { messageOf } from '#shared/text/messageOf'
import type { ControlPacket } from '../packets/controlPacket'
import { withFixedFlags } from '../packets/dialect'

/** Whether mqtt.js gets it: not PUBACK, PUBREC and PUBCOMP, which answer our publishing, nor DISCONNECT. */
export const isForMqttJs = ({ type }: ControlPacket): boolean =>
  type === 'connack' || type === 'suback' || type === 'unsuback' || type === 'pingresp' || type === 'pubrel'

/** A small PUBLISH with the same packet identifier, QoS and DUP: mqtt.js acknowledges it in place of the real one. */
export const standInFor = (
  publish: { readonly packetId: number; readonly flags: number },
  isVersion5: boolean,
): Buffer => {
  const { packetId, flags: bits } = publish
  const id = [packetId >> 8, packetId & 0xff]
  const header = 0x30 | (bits & flags.dup) | ((bits & flags.qosMask) << 1)
  return Buffer.from(isVersion5 ? [header, 6, 0, 1, 0x2e, ...id, 0] : [header, 5, 0, 1, 0x2e, ...id])
}

/**
 * The packet as mqtt.js takes it: bits that older versions leave unused are set as it wants them, and reason codes are
 * 0x80 for a refusal and 0 for a success, because it ends the connection over others.
 */
export const rewrittenFor = (bytes: Buffer, bodyStart: number, packet: ControlPacket): Buffer => {
  const copy = Buffer.from(bytes)
  copy[0] = withFixedFlags(copy[0] ?? 0)
  if (packet.type === 'connack') copy[bodyStart] = packet.sessionPresent ? 1 : 0
  const hasCode = packet.type === 'suback' || (packet.type === 'unsuback' && copy.length > bodyStart + 2)
  if (hasCode) copy[copy.length - 1] = plainCode(packet)
  return copy
}

const plainCode = ({ type, reasonCode }: Extract<ControlPacket, { type: 'suback' | 'unsuback' }>): number =>
  reasonCode >= 0x80 ? 0x80 : type === 'suback' ? reasonCode : 0

/**
 * Checks a packet with the parser of mqtt.js, after our own decoder. Answers why the parser refuses it, or null. What
 * the parser throws is caught here; thrown inside mqtt.js it would be an uncaught exception.
 */
export const createParserCheck = (protocolVersion: number): ((packet: Buffer) => string | null) => {
  const problems: string[] = []
  const parser = mqttPacket.parser({ protocolVersion })
  parser.on('error', (error: Error) => void problems.push(error.message))
  return (packet) => {
    problems.length = 0
    try {
      const left = parser.parse(packet)
      return problems[0] ?? (left > 0 ? 'it has bytes left over' : null)
    } catch (error) {
      return messageOf(error)
    }
  }
}
