import type { HeldMessage } from '#shared/model/delivery'
import type { ProtocolVersion, Qos } from '#shared/model/qos'
import type { AppError } from '#shared/result'
import { brokerWordsIn } from '../packets/brokerWords'
import type { Acknowledgement } from '../packets/controlPacket'
import { createHeldMessages } from './heldMessages'
import { createInFlight, createWriting } from './inFlight'
import type { BrokerAnswer, OutgoingMessage } from './outgoingMessage'
import type { PacketIds } from './packetIds'
import type { Transport } from '../transport'
import { packetNameOf, unaskedAnswer, wrongAnswerOf } from './wrongAnswers'

export interface OutgoingServer {
  readonly receiveMaximum: number
  readonly sessionPresent: boolean
  readonly protocolVersion: ProtocolVersion
}

export interface OutgoingMessagesOptions {
  readonly packetIds: PacketIds
  /** The server did something against the protocol that no message of ours can tell of. */
  readonly onViolation: (error: AppError) => void
  /** The messages that are held are other ones. */
  readonly onHeld: () => void
}

const pubrel = (id: number) => Buffer.from([0x62, 2, id >> 8, id & 0xff])

/** Writes `bytes` and does not ask what became of it: a broken connection is told elsewhere. */
const write = (transport: Transport | null, bytes: Buffer) => transport?.write(bytes, () => undefined)

/** §3.3.1.1: DUP tells that it may have been sent before. */
const markRepeated = (bytes: Buffer, dup: boolean) => {
  bytes[0] = ((bytes[0] ?? 0) & ~8) | (dup ? 8 : 0)
}

const answerFrom = (packet: Acknowledgement): BrokerAnswer => ({
  packet: packetNameOf(packet),
  reasonCode: packet.reasonCode,
  words: brokerWordsIn(packet.properties),
})

/**
 * Our half of the QoS 1 and 2 handshakes (MQTT 5 §4.3), the server's Receive Maximum (§4.9) and what becomes of a
 * message when the connection ends. Whoever waits is told `publishInterrupted` then; where the session lives on, the
 * message is sent again under its old identifier (§4.4) and its delivery tells what came of it in the end.
 *
 * What the server may have closed the connection on (`suspects`) is sent again alone, so that a second close names it.
 */
export const createOutgoingMessages = ({ packetIds, onViolation, onHeld }: OutgoingMessagesOptions) => {
  const inFlight = createInFlight(packetIds)
  const writing = createWriting()
  /** Beyond the Receive Maximum, oldest first. */
  const queue = new Set<OutgoingMessage>()
  const suspects = new Set<OutgoingMessage>()
  const held = createHeldMessages()
  /** Identifiers of PUBRELs that belong to no message: their PUBCOMP is no surprise. */
  const released = new Map<number, { readonly isOurs: boolean; readonly count: number }>()
  let transport: Transport | null = null
  let server: OutgoingServer = { receiveMaximum: 65_535, sessionPresent: false, protocolVersion: '5' }
  /** Nothing is sent with an identifier before `proceed`. */
  let isPaused = false

  const writeNumbered = (message: OutgoingMessage, dup: boolean) => {
    markRepeated(message.packet.bytes, dup)
    message.packet.bytes.writeUInt16BE(message.packetId, message.packet.packetIdAt ?? 0)
    inFlight.add(message)
    message.sent(dup)
    write(transport, message.packet.bytes)
  }

  const writeRelease = (message: OutgoingMessage) => {
    message.released()
    write(transport, pubrel(message.packetId))
  }

  const sendAgain = (message: OutgoingMessage) => {
    if (message.isReceived) writeRelease(message)
    else writeNumbered(message, true)
  }

  const hasRoom = () => !isPaused && inFlight.sentCount() < (suspects.size > 0 ? 1 : server.receiveMaximum)

  /** What is owed goes first; while some of it still waits there is no room for more. */
  const sendQueued = () => {
    for (const message of inFlight.takeOwed(hasRoom)) sendAgain(message)
    for (const message of queue) {
      const packetId = hasRoom() ? packetIds.allocate() : null
      if (packetId === null) return
      queue.delete(message)
      message.packetId = packetId
      writeNumbered(message, false)
    }
  }

  const finish = (message: OutgoingMessage, conclude: () => void) => {
    inFlight.remove(message)
    suspects.delete(message)
    conclude()
    sendQueued()
  }

  /** PUBREL that belongs to no message; nothing else is sent with the identifier meanwhile. */
  const release = (packetId: number) => {
    const known = released.get(packetId)
    const isOurs = known?.isOurs ?? packetIds.register(packetId)
    released.set(packetId, { isOurs, count: (known?.count ?? 0) + 1 })
    write(transport, pubrel(packetId))
  }

  /** §4.3.3: one we do not know is released all the same, so that the server can let go of it. */
  const releaseStranger = (packet: Acknowledgement) => {
    // A server may still owe us what an earlier run of ours left in its session.
    if (!server.sessionPresent) onViolation(unaskedAnswer(packet, server.protocolVersion))
    if (packet.reasonCode >= 0x80) return
    release(packet.packetId)
  }

  const onStranger = (packet: Acknowledgement) => {
    const known = packet.type === 'pubcomp' ? released.get(packet.packetId) : undefined
    if (packet.type === 'pubrec') releaseStranger(packet)
    else if (!known) onViolation(unaskedAnswer(packet, server.protocolVersion))
    else {
      if (known.count > 1) released.set(packet.packetId, { ...known, count: known.count - 1 })
      else released.delete(packet.packetId)
      if (known.count === 1 && known.isOurs) packetIds.deallocate(packet.packetId)
    }
  }

  const onWrongAnswer = (message: OutgoingMessage, packet: Acknowledgement, violation: AppError) => {
    finish(message, () => message.violate(answerFrom(packet), violation))
    // The server keeps the identifier of a PUBREC until PUBREL (§4.3.3).
    if (packet.type === 'pubrec' && packet.reasonCode < 0x80) release(packet.packetId)
  }

  const onAnswer = (message: OutgoingMessage, packet: Acknowledgement) => {
    const answer = answerFrom(packet)
    // §3.7.2.1: in PUBCOMP, "Packet Identifier not found" is no error: the message was received.
    if (packet.type === 'pubcomp') {
      finish(message, () => message.succeed(answer))
      // Each PUBREL that a repeated PUBREC brought has a PUBCOMP of its own.
      const count = message.timesReleased - 1
      if (count > 0) released.set(packet.packetId, { isOurs: false, count })
    } else if (packet.reasonCode >= 0x80) finish(message, () => message.refuse(answer))
    else if (packet.type === 'puback') finish(message, () => message.succeed(answer))
    else {
      message.received(answer)
      writeRelease(message)
    }
  }

  /** One close more, and it is held again. */
  const startAgain = (message: OutgoingMessage) => {
    suspects.add(message)
    if (!transport) message.interrupt()
    if (message.packetId === 0) queue.add(message)
    else {
      inFlight.add(message)
      if (transport) sendAgain(message)
    }
    sendQueued()
  }

  /** The server knows nothing of what it was sent: what is held would be new to it. */
  const forgetHandshakes = () => {
    suspects.clear()
    for (const message of held.each()) {
      packetIds.deallocate(message.packetId)
      message.packetId = 0
      message.isReceived = false
    }
  }

  return {
    /** Sends it, or queues it where the server takes no more at a time; there must be a connection. */
    send: (message: OutgoingMessage): void => {
      if (message.packet.packetIdAt === null) {
        writing.write(transport, message)
        return
      }
      queue.add(message)
      sendQueued()
      if (message.packetId === 0) message.queued()
    },
    onAcknowledgement: (packet: Acknowledgement): void => {
      const message = inFlight.find(packet.packetId)
      if (!message) {
        onStranger(packet)
        return
      }
      const violation = wrongAnswerOf(message, packet)
      if (violation) onWrongAnswer(message, packet, violation)
      else onAnswer(message, packet)
    },
    noteRead: writing.noteRead,
    /** What was sent on this connection and has no answer, oldest first; and what was last sent that gets none. */
    unanswered: () => ({ numbered: inFlight.sent(), last: writing.latest() }),
    /** The server may have closed on these: they are sent again one at a time. */
    suspect: (messages: readonly OutgoingMessage[]): void => {
      for (const message of messages) suspects.add(message)
    },
    isSuspect: (message: OutgoingMessage): boolean => suspects.has(message),
    hasSuspects: (): boolean => suspects.size > 0,
    /** The server closed on it again: it waits for a person, and the others go on. */
    hold: (message: OutgoingMessage): void => {
      inFlight.setAside(message)
      packetIds.keep(message.packetId)
      suspects.delete(message)
      held.add(message)
      message.hold()
      onHeld()
    },
    heldMessages: (): readonly HeldMessage[] => held.all(),
    /** Gives up a message that is held, or one that is to be sent again; false where there is no such message. */
    drop: (sequence: number): boolean => {
      const message =
        held.take(sequence) ?? (transport ? undefined : inFlight.all().find((one) => one.sequence === sequence))
      if (!message) return false
      inFlight.setAside(message)
      suspects.delete(message)
      // With QoS 2 the server may still know the identifier, and would take another message with it for this one.
      if (message.qos === 1) packetIds.deallocate(message.packetId)
      message.drop()
      onHeld()
      return true
    },
    /** Sends a message that is held; with another QoS it is another message, made by `remake`. */
    release: (sequence: number, qos: Qos | null, remake: (message: OutgoingMessage, qos: Qos) => void): boolean => {
      const message = held.find(sequence)
      if (!message || (qos !== null && message.isReceived)) return false
      held.take(sequence)
      onHeld()
      if (qos === null || qos === message.qos) startAgain(message)
      else {
        if (message.qos === 1) packetIds.deallocate(message.packetId)
        message.drop()
        remake(message, qos)
      }
      return true
    },
    /** A connection begins: what the session still owes is sent again in its old order, as the server takes it. */
    begin: (opened: Transport, found: OutgoingServer): void => {
      transport = opened
      server = found
      isPaused = suspects.size > 0
      released.clear()
      if (!found.sessionPresent) {
        for (const message of inFlight.all()) message.lose()
        inFlight.forget()
        forgetHandshakes()
      }
      inFlight.owe()
      if (suspects.size === 0) isPaused = false
      sendQueued()
    },
    /** What else was to be sent is: the suspects may follow. */
    proceed: (on: Transport): void => {
      if (transport !== on) return
      isPaused = false
      sendQueued()
    },
    /** The connection ended; `keeps` = the session may be taken up again. */
    end: (keeps: boolean): void => {
      transport = null
      for (const message of writing.takeAll()) if (!message.isAnswered()) message.lose()
      const waiting = [...inFlight.all(), ...queue]
      if (keeps) {
        for (const message of waiting) message.interrupt()
        inFlight.keep()
        return
      }
      for (const message of waiting) message.lose()
      queue.clear()
      inFlight.forget()
      forgetHandshakes()
    },
  }
}
export type OutgoingMessages = ReturnType<typeof createOutgoingMessages>
