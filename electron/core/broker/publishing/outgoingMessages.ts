import type { AppError } from '#shared/result'
import type { Transport } from '../transport/transport'
import { createAcknowledgements } from './acknowledgements'
import { createHolding } from './holding'
import { createWriting } from './inFlight'
import type { OutgoingMessage } from './outgoingMessage'
import type { PacketIds } from '../transport/packetIds'
import { createSendLine, type OutgoingServer } from './sendLine'

export interface OutgoingMessagesOptions {
  readonly packetIds: PacketIds
  /** The server did something against the protocol that no message of ours can tell of. */
  readonly onViolation: (error: AppError) => void
  /** The messages that are held are other ones. */
  readonly onHeld: () => void
}

/**
 * Our half of the QoS 1 and 2 handshakes (MQTT 5 §4.3), the server's Receive Maximum (§4.9) and what becomes of a
 * message when the connection ends. Whoever waits is told `publishInterrupted` then; where the session lives on, the
 * message is sent again under its old identifier (§4.4) and its delivery tells what came of it in the end.
 */
export const createOutgoingMessages = ({ packetIds, onViolation, onHeld }: OutgoingMessagesOptions) => {
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
    /** Sends it, or queues it where the server takes no more at a time; there must be a connection. */
    send: (message: OutgoingMessage): void => {
      if (message.packet.packetIdAt === null) {
        writing.write(line.transport(), message)
        return
      }
      line.add(message)
      if (message.packetId === 0) message.queued()
    },
    onAcknowledgement: acknowledgements.take,
    noteRead: writing.noteRead,
    /** What was sent on this connection and has no answer, oldest first; and what was last sent that gets none. */
    unanswered: () => ({ numbered: inFlight.sent(), last: writing.latest() }),
    /** The server may have closed on these: they are sent again one at a time. */
    suspect: (messages: readonly OutgoingMessage[]): void => {
      for (const message of messages) suspects.add(message)
    },
    isSuspect: (message: OutgoingMessage): boolean => suspects.has(message),
    hasSuspects: (): boolean => suspects.size > 0,
    hold: holding.hold,
    heldMessages: holding.all,
    drop: holding.drop,
    releaseAsIs: holding.releaseAsIs,
    release: holding.release,
    /** A connection begins: what the session still owes is sent again in its old order, as the server takes it; answers how many. */
    begin: (opened: Transport, server: OutgoingServer): number => {
      acknowledgements.clear()
      if (!server.sessionPresent) loseInFlight()
      return line.open(opened, server)
    },
    proceed: line.proceed,
    /** The connection ended; `keeps` = the session may be taken up again. */
    end: (keeps: boolean): void => {
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
export type OutgoingMessages = ReturnType<typeof createOutgoingMessages>
