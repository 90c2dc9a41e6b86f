import { brokerWordsIn } from '../packets/brokerWords'
import type { Connack, ControlPacket, SubscriptionAcknowledgement } from '../packets/controlPacket'
import type { FilterReasonCode } from '../transport/transport'

export interface ServerAnswers {
  /** A control packet came. */
  note(packet: ControlPacket): void
  connack(): Connack | null
  /** What SUBACK or UNSUBACK said of the request with this packet identifier; null = none came. It is told once. */
  take(packetId: number): FilterReasonCode
  /** A PINGREQ goes out. */
  pingSent(): void
}

/**
 * The server's answers as they came, because mqtt.js does not tell of them whole: it sees every refusal as 0x80, and
 * groups user properties. `onPing` gets the round trip of a PINGREQ in milliseconds.
 */
export const createServerAnswers = (onPing: (milliseconds: number) => void): ServerAnswers => {
  const answers = new Map<number, SubscriptionAcknowledgement>()
  let connack: Connack | null = null
  let pingSentAt: number | null = null
  return {
    note: (packet) => {
      if (packet.type === 'connack') connack = packet
      if (packet.type === 'suback' || packet.type === 'unsuback') answers.set(packet.packetId, packet)
      if (packet.type !== 'pingresp' || pingSentAt === null) return
      onPing(performance.now() - pingSentAt)
      pingSentAt = null
    },
    connack: () => connack,
    take: (packetId) => {
      const answer = answers.get(packetId)
      answers.delete(packetId)
      return answer ? { reasonCode: answer.reasonCode, words: brokerWordsIn(answer.properties) } : null
    },
    // Answers come in order, so a pending PINGREQ keeps its time.
    pingSent: () => {
      pingSentAt ??= performance.now()
    },
  }
}
