// Why it is so: build/docs/decisions/40-an-answer-of-the-wrong-kind-settles-a-message.md
import type { ProtocolVersion } from '#shared/model/qos'
import { clauseOf } from '#shared/mqtt/clauses'
import type { AppError } from '#shared/result'
import type { Acknowledgement } from '../packets/controlPacket'
import type { OutgoingMessage } from './outgoingMessage'

export const packetNameOf = ({ type }: Acknowledgement) => type.toUpperCase() as 'PUBACK' | 'PUBREC' | 'PUBCOMP'

/** What a server may answer a message with now (MQTT 5 §4.3.2 and §4.3.3). */
const expectedFor = ({ qos, isReceived }: OutgoingMessage): 'PUBACK' | 'PUBREC' | 'PUBCOMP' => {
  if (qos === 1) return 'PUBACK'
  return isReceived ? 'PUBCOMP' : 'PUBREC'
}

/**
 * What is wrong with an acknowledgement as the answer to a message; null = nothing. PUBREC may come twice: an MQTT 3.1
 * server repeats it until PUBREL arrives.
 */
export const acknowledgementViolation = (message: OutgoingMessage, packet: Acknowledgement): AppError | null => {
  const name = packetNameOf(packet)
  const expected = expectedFor(message)
  if (name === expected || (name === 'PUBREC' && message.isReceived)) return null
  const clause = clauseOf(message.qos === 1 ? 'qos1' : 'qos2', message.protocolVersion)
  return {
    code: 'deliveryViolated',
    message: `The server answered a QoS ${message.qos} message with ${name} where ${expected} was due (${clause}).`,
    values: { packet: name, expected, qos: message.qos, clause },
  }
}

/** An acknowledgement of a message that nobody sent, or that is settled. */
export const unexpectedAcknowledgement = (packet: Acknowledgement, version: ProtocolVersion): AppError => {
  const name = packetNameOf(packet)
  const clause = clauseOf(name === 'PUBACK' ? 'qos1' : 'qos2', version)
  return {
    code: 'answerUnasked',
    message: `${name} for packet ${packet.packetId}, which no message has (${clause}).`,
    values: { packet: name, packetId: packet.packetId, clause },
  }
}
