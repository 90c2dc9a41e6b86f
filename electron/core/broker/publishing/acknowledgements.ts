// Why it is so: build/docs/decisions/40-an-answer-of-the-wrong-kind-settles-a-message.md
import type { AppError } from '#shared/result'
import { brokerWordsIn } from '../packets/brokerWords'
import type { Acknowledgement } from '../packets/controlPacket'
import type { ServerAcknowledgement, OutgoingMessage } from './outgoingMessage'
import type { PacketIds } from '../transport/packetIds'
import type { SendLine } from './sendLine'
import { packetNameOf, unexpectedAcknowledgement, acknowledgementViolation } from './acknowledgementViolations'

export interface AcknowledgementsOptions {
  readonly line: SendLine
  readonly packetIds: PacketIds
  /** Called with a violation of the protocol that belongs to no message of ours. */
  readonly onViolation: (error: AppError) => void
}

/** What PUBACK, PUBREC and PUBCOMP do to the messages they answer, and those that answer none (MQTT 5 §4.3.2, §4.3.3). */
export const createAcknowledgements = ({ line, packetIds, onViolation }: AcknowledgementsOptions) => {
  const releases = createReleases(packetIds)

  const release = (packetId: number) => {
    releases.add(packetId)
    line.release(packetId)
  }
  const onStranger = (packet: Acknowledgement) => {
    const { sessionPresent, protocolVersion } = line.server()
    const isPubrec = packet.type === 'pubrec'
    // The session may hold handshakes of an earlier run of the application.
    const isExpected = isPubrec ? sessionPresent : packet.type === 'pubcomp' && releases.take(packet.packetId)
    if (!isExpected) onViolation(unexpectedAcknowledgement(packet, protocolVersion))
    // §4.3.3: an unknown one is released, too, so that the server can free its identifier.
    if (isPubrec && packet.reasonCode < 0x80) release(packet.packetId)
  }
  const onWrongAnswer = (message: OutgoingMessage, packet: Acknowledgement, violation: AppError) => {
    line.finish(message, () => message.violate(answerFrom(packet), violation))
    // The server keeps the identifier of a PUBREC until PUBREL (§4.3.3).
    if (packet.type === 'pubrec' && packet.reasonCode < 0x80) release(packet.packetId)
  }
  const onAnswer = (message: OutgoingMessage, packet: Acknowledgement) => {
    const answer = answerFrom(packet)
    // §3.7.2.1: in PUBCOMP, "Packet Identifier not found" is no error: the message was received.
    if (packet.type === 'pubcomp') {
      line.finish(message, () => message.succeed(answer))
      // Each PUBREL that a repeated PUBREC brought has a PUBCOMP of its own.
      releases.expect(packet.packetId, message.timesReleased - 1)
    } else if (packet.reasonCode >= 0x80) line.finish(message, () => message.refuse(answer))
    else if (packet.type === 'puback') line.finish(message, () => message.succeed(answer))
    else {
      message.received(answer)
      line.writeRelease(message)
    }
  }
  return {
    take: (packet: Acknowledgement): void => {
      const message = line.inFlight.find(packet.packetId)
      if (!message) {
        onStranger(packet)
        return
      }
      const violation = acknowledgementViolation(message, packet)
      if (violation) onWrongAnswer(message, packet, violation)
      else onAnswer(message, packet)
    },
    /** A connection begins. */
    clear: releases.clear,
  }
}

const answerFrom = (packet: Acknowledgement): ServerAcknowledgement => ({
  packet: packetNameOf(packet),
  reasonCode: packet.reasonCode,
  words: brokerWordsIn(packet.properties),
})

/** PUBRELs that belong to no message: their PUBCOMPs are expected, and their identifiers are not used meanwhile. */
const createReleases = (packetIds: PacketIds) => {
  const released = new Map<number, { readonly isOurs: boolean; readonly count: number }>()
  return {
    add: (packetId: number): void => {
      const known = released.get(packetId)
      const isOurs = known?.isOurs ?? packetIds.take(packetId)
      released.set(packetId, { isOurs, count: (known?.count ?? 0) + 1 })
    },
    /** So many more PUBCOMPs come for a message that is complete. */
    expect: (packetId: number, count: number): void => {
      if (count > 0) released.set(packetId, { isOurs: false, count })
    },
    /** Whether this PUBCOMP was expected; it is not any more. */
    take: (packetId: number): boolean => {
      const known = released.get(packetId)
      if (!known) return false
      if (known.count > 1) released.set(packetId, { ...known, count: known.count - 1 })
      else released.delete(packetId)
      if (known.count === 1 && known.isOurs) packetIds.free(packetId)
      return true
    },
    clear: () => released.clear(),
  }
}
