import type { Acknowledgement } from '../packets/controlPacket'
import { createInFlight, createWriting } from './inFlight'
import type { OutgoingMessage } from './outgoingMessage'
import type { PacketIds } from './packetIds'
import type { Transport } from '../transport'

const pubrel = (id: number) => Buffer.from([0x62, 2, id >> 8, id & 0xff])

/** Writes `bytes` and does not ask what became of it: a broken connection is told elsewhere. */
const write = (transport: Transport | null, bytes: Buffer) => transport?.write(bytes, () => undefined)

/** §3.3.1.1: DUP tells that it may have been sent before. */
const markRepeated = ({ packet }: OutgoingMessage) => {
  packet.bytes[0] = (packet.bytes[0] ?? 0) | 8
}

/** What of a server's answer to CONNECT bears on what is sent. */
export interface ServerStanding {
  readonly receiveMaximum: number
  readonly sessionPresent: boolean
}

/**
 * Our half of the QoS 1 and 2 handshakes (MQTT 5 §4.3), the server's Receive Maximum (§4.9) and what becomes of a
 * message when the connection ends. Whoever waits is told `publishInterrupted` then; where the session lives on, the
 * message is sent again under its old identifier (§4.4) and its delivery tells what came of it in the end.
 */
export const createOutgoingMessages = (packetIds: PacketIds) => {
  const inFlight = createInFlight(packetIds)
  const writing = createWriting()
  /** Beyond the Receive Maximum, oldest first. */
  const queue = new Set<OutgoingMessage>()
  let transport: Transport | null = null
  let receiveMaximum = 65_535

  const writeNumbered = (message: OutgoingMessage) => {
    message.packet.bytes.writeUInt16BE(message.packetId, message.packet.packetIdAt ?? 0)
    inFlight.add(message)
    write(transport, message.packet.bytes)
    message.sent()
  }

  const sendAgain = (message: OutgoingMessage) => {
    markRepeated(message)
    if (message.isReceived) write(transport, pubrel(message.packetId))
    else writeNumbered(message)
  }

  const hasRoom = () => inFlight.sentCount() < receiveMaximum

  /** What is owed goes first; while some of it still waits there is no room for more. */
  const sendQueued = () => {
    for (const message of inFlight.takeOwed(hasRoom)) sendAgain(message)
    for (const message of queue) {
      const packetId = hasRoom() ? packetIds.allocate() : null
      if (packetId === null) return
      queue.delete(message)
      message.packetId = packetId
      writeNumbered(message)
    }
  }

  const finish = (message: OutgoingMessage, conclude: () => void) => {
    inFlight.remove(message)
    conclude()
    sendQueued()
  }

  const onPubrec = ({ packetId, reasonCode }: Acknowledgement) => {
    const message = inFlight.find(packetId)
    if (message && !message.isExactlyOnce) return
    if (reasonCode >= 0x80) {
      if (message) finish(message, () => message.refuse(reasonCode))
      return
    }
    if (message) message.isReceived = true
    // §4.3.3: one we do not know is released all the same, so that the server can let go of it.
    write(transport, pubrel(packetId))
  }

  const onCompletion = ({ type, packetId, reasonCode }: Acknowledgement) => {
    const message = inFlight.find(packetId)
    // An acknowledgement of the other QoS answers nothing we sent.
    if (!message || message.isExactlyOnce !== (type === 'pubcomp')) return
    // §3.7.2.1: in PUBCOMP, "Packet Identifier not found" is no error: the message was received.
    const isRefusal = type === 'puback' && reasonCode >= 0x80
    finish(message, () => (isRefusal ? message.refuse(reasonCode) : message.succeed(reasonCode)))
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
      if (packet.type === 'pubrec') onPubrec(packet)
      else onCompletion(packet)
    },
    /** A connection begins: what is owed is sent again in its old order, as the server takes it; answers how many. */
    begin: (opened: Transport, server: ServerStanding): number => {
      transport = opened
      receiveMaximum = server.receiveMaximum
      const owed = inFlight.owe(server.sessionPresent)
      sendQueued()
      return owed
    },
    /** The connection ended; `keeps` = the session may be taken up again. */
    end: (keeps: boolean): void => {
      transport = null
      for (const message of [...writing.takeAll(), ...inFlight.all(), ...queue])
        if (!message.isAnswered()) message.lose()
      queue.clear()
      if (keeps) inFlight.keep()
      else inFlight.forget()
    },
  }
}
export type OutgoingMessages = ReturnType<typeof createOutgoingMessages>
