import type { HeldMessage } from '#shared/model/delivery'
import type { Qos } from '#shared/model/qos'
import type { AppError } from '#shared/result'
import type { Acknowledgement } from '../packets/controlPacket'
import type { Transport } from '../transport/transport'
import { createAcknowledgements } from './acknowledgements'
import { createHolding } from './holding'
import { createWriting, type UnansweredWrite } from './inFlight'
import type { OutgoingMessage } from './outgoingMessage'
import type { PacketIds } from '../transport/packetIds'
import { createSendLine, type OutgoingServer } from './sendLine'

export interface OutgoingMessagesOptions {
  readonly packetIds: PacketIds
  /** Called with a violation of the protocol that belongs to no message of ours. */
  readonly onViolation: (error: AppError) => void
  /** Called when other messages are held. */
  readonly onHeld: () => void
}

/**
 * The sender's side of the QoS 1 and 2 handshakes (MQTT 5 §4.3), within the server's Receive Maximum (§4.9). When the
 * connection ends, whoever waits for an acknowledgement is answered `publishInterrupted`. Where the session is resumed,
 * the message is sent again with its packet identifier (§4.4), and the window is told the outcome.
 */
export interface OutgoingMessages {
  /** Sends it, or queues it where the server takes no more at a time; there must be a connection. */
  send(message: OutgoingMessage): void
  onAcknowledgement(packet: Acknowledgement): void
  /** Whether a message with this Packet Identifier waits for an answer. */
  awaits(packetId: number): boolean
  noteRead(): void
  /** What was sent on this connection and has no answer, oldest first; and what was last sent that gets none. */
  unanswered(): { numbered: OutgoingMessage[]; last: UnansweredWrite | null }
  /** The server may have closed because of these: they are sent again one at a time. */
  suspect(messages: readonly OutgoingMessage[]): void
  isSuspect(message: OutgoingMessage): boolean
  hasSuspects(): boolean
  hold(message: OutgoingMessage): void
  heldMessages(): readonly HeldMessage[]
  drop(sequence: number): boolean
  releaseAsIs(sequence: number): boolean
  release(sequence: number, qos: Qos, remake: (message: OutgoingMessage, qos: Qos) => void): boolean
  /** A connection begins: unacknowledged messages are sent again in their order; answers how many there are. */
  begin(opened: Transport, server: OutgoingServer): number
  proceed(on: Transport): void
  /** The connection ended; `keeps` = the session may be resumed. */
  end(keeps: boolean): void
}

export const createOutgoingMessages = ({
  packetIds,
  onViolation,
  onHeld,
}: OutgoingMessagesOptions): OutgoingMessages => {
  const line = createSendLine(packetIds)
  const { inFlight, queue, suspects } = line
  const writing = createWriting()
  const acknowledgements = createAcknowledgements({ line, packetIds, onViolation })
  const holding = createHolding({ line, packetIds, onHeld })

  const loseInFlight = () => {
    for (const message of inFlight.all()) message.lose()
    inFlight.forget()
    suspects.clear()
    holding.forgetHandshakes()
  }

  return {
    send: (message) => {
      if (message.packet.packetIdAt === null) {
        writing.write(line.transport(), message)
        return
      }
      line.add(message)
      if (message.packetId === 0) message.queued()
    },
    onAcknowledgement: acknowledgements.take,
    awaits: (packetId) => inFlight.find(packetId) !== undefined,
    noteRead: writing.noteRead,
    unanswered: () => ({ numbered: inFlight.sent(), last: writing.latest() }),
    suspect: (messages) => {
      for (const message of messages) suspects.add(message)
    },
    isSuspect: (message) => suspects.has(message),
    hasSuspects: () => suspects.size > 0,
    hold: holding.hold,
    heldMessages: holding.all,
    drop: holding.drop,
    releaseAsIs: holding.releaseAsIs,
    release: holding.release,
    begin: (opened, server) => {
      acknowledgements.clear()
      if (!server.sessionPresent) loseInFlight()
      return line.open(opened, server)
    },
    proceed: line.proceed,
    end: (keeps) => {
      line.close()
      for (const message of writing.takeAll()) if (!message.isAnswered()) message.lose()
      if (keeps) {
        for (const message of [...inFlight.all(), ...queue]) message.interrupt()
        inFlight.keep()
        return
      }
      for (const message of queue) message.lose()
      queue.clear()
      loseInFlight()
    },
  }
}
