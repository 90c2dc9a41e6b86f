import type { ProtocolVersion } from '#shared/model/qos'
import type { Transport } from '../transport/transport'
import { createInFlight } from './inFlight'
import type { OutgoingMessage } from './outgoingMessage'
import type { PacketIds } from '../transport/packetIds'

/** The facts of CONNACK that decide what is sent and when. */
export interface OutgoingServer {
  readonly receiveMaximum: number
  readonly sessionPresent: boolean
  readonly protocolVersion: ProtocolVersion
}

const noServer: OutgoingServer = { receiveMaximum: 65_535, sessionPresent: false, protocolVersion: '5' }

/**
 * The order in which messages with a packet identifier are sent: unacknowledged ones of earlier connections first, then the
 * queue, at most Receive Maximum of them at a time (MQTT 5 §4.9). While there are suspects, messages are sent one at a
 * time: when the server closes again, the last one was the cause.
 */
export interface SendLine {
  readonly inFlight: {
    sentCount: () => number
    all: () => OutgoingMessage[]
    sent: () => OutgoingMessage[]
    find: (packetId: number) => OutgoingMessage | undefined
    add: (message: OutgoingMessage) => Map<number, OutgoingMessage>
    remove: (message: OutgoingMessage) => void
    setAside: (message: OutgoingMessage) => void
    forget: () => void
    owe: () => number
    takeOwed(hasRoom: () => boolean): Generator<OutgoingMessage, void>
    keep: () => void
  }
  readonly queue: Set<OutgoingMessage>
  readonly suspects: Set<OutgoingMessage>
  readonly writeRelease: (message: OutgoingMessage) => void
  transport(): Transport | null
  server(): OutgoingServer
  /** PUBREL that belongs to no message. */
  release(packetId: number): void
  add(message: OutgoingMessage): void
  /** Sends a message that was held. It is a suspect: if the server closes on it once more, it is held again. */
  startAgain(message: OutgoingMessage): void
  /** The delivery is complete or refused. */
  finish(message: OutgoingMessage, conclude: () => void): void
  /** Answers how many messages of earlier connections are sent again. */
  open(opened: Transport, found: OutgoingServer): number
  /** All filters were answered: now messages may be sent. */
  proceed(on: Transport): void
  close(): void
}

export const createSendLine = (packetIds: PacketIds): SendLine => {
  const inFlight = createInFlight(packetIds)
  /** Beyond the Receive Maximum, oldest first. */
  const queue = new Set<OutgoingMessage>()
  const suspects = new Set<OutgoingMessage>()
  let transport: Transport | null = null
  let server = noServer
  /** Nothing is sent until `proceed` is called. */
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
  const hasRoom = () =>
    transport !== null && !isPaused && inFlight.sentCount() < (suspects.size > 0 ? 1 : server.receiveMaximum)

  /** Messages of earlier connections come before the queue. */
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
  return {
    inFlight,
    queue,
    suspects,
    writeRelease,
    transport: () => transport,
    server: () => server,
    release: (packetId) => {
      write(transport, pubrel(packetId))
    },
    add: (message) => {
      queue.add(message)
      sendQueued()
    },
    startAgain: (message) => {
      suspects.add(message)
      if (!transport) message.interrupt()
      if (message.packetId === 0) queue.add(message)
      else {
        inFlight.add(message)
        if (transport) sendAgain(message)
      }
      sendQueued()
    },
    finish: (message, conclude) => {
      inFlight.remove(message)
      suspects.delete(message)
      conclude()
      sendQueued()
    },
    open: (opened, found) => {
      transport = opened
      server = found
      isPaused = suspects.size > 0
      const owed = inFlight.owe()
      sendQueued()
      return owed
    },
    proceed: (on) => {
      if (transport !== on) return
      isPaused = false
      sendQueued()
    },
    close: () => void (transport = null),
  }
}

const pubrel = (id: number) => Buffer.from([0x62, 2, id >> 8, id & 0xff])

/** Writes `bytes`. A failure is ignored, because the transport tells of its end itself. */
const write = (transport: Transport | null, bytes: Buffer) => transport?.write(bytes, () => undefined)

/** Sets or clears DUP, which says that the packet may have been sent before (§3.3.1.1). */
const markRepeated = (bytes: Buffer, dup: boolean) => {
  bytes[0] = ((bytes[0] ?? 0) & ~8) | (dup ? 8 : 0)
}
