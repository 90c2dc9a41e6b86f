import type { Acknowledgement } from '../packets/controlPacket'
import { packetIdIn } from '../packets/packetIdentifier'
import { packetType, qosOf, typeOf } from './faultedPacket'

type Answer = Acknowledgement['type']

/**
 * Answers to packets that the fault kit sent and no message of the session waits for. To take them for the server's slip
 * would blame it for what we did.
 */
export interface ExpectedAnswers {
  /** The packet goes out beside the session. */
  noteSent(packet: Buffer): void
  /** Whether this answers such a packet; it is not expected any more. */
  take(packet: Acknowledgement): boolean
  clear(): void
}

export const createExpectedAnswers = (): ExpectedAnswers => {
  const counts = new Map<string, number>()
  const keyOf = (type: Answer, packetId: number) => `${type} ${packetId}`
  const expect = (type: Answer, packetId: number) => {
    const key = keyOf(type, packetId)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return {
    noteSent: (packet) => {
      const type = typeOf(packet)
      const packetId = packetIdIn(packet)
      if (type === packetType.publish && qosOf(packet) === 1) expect('puback', packetId)
      if (type === packetType.publish && qosOf(packet) === 2) expect('pubrec', packetId)
      if (type === packetType.pubrel) expect('pubcomp', packetId)
    },
    take: ({ type, packetId }) => {
      const key = keyOf(type, packetId)
      const count = counts.get(key) ?? 0
      if (count === 0) return false
      if (count === 1) counts.delete(key)
      else counts.set(key, count - 1)
      return true
    },
    clear: () => counts.clear(),
  }
}
