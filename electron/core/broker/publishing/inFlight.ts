import type { OutgoingMessage } from './outgoingMessage'
import type { PacketIds } from '../transport/packetIds'
import type { Transport } from '../transport/transport'

/** Messages the server has not completed yet, oldest first; each holds on to its packet identifier. */
export interface InFlight {
  /** How many were sent on this connection. */
  sentCount(): number
  all(): OutgoingMessage[]
  /** Those sent on this connection, oldest first. */
  sent(): OutgoingMessage[]
  find(packetId: number): OutgoingMessage | undefined
  add(message: OutgoingMessage): Map<number, OutgoingMessage>
  remove(message: OutgoingMessage): void
  /** Takes it out, but its identifier stays in use: the server may still know it. */
  setAside(message: OutgoingMessage): void
  forget(): void
  /** A connection begins: all are to be sent again; answers how many. */
  owe(): number
  /** Those that are to be sent again, while there is room; each counts as sent once it is taken. */
  takeOwed(hasRoom: () => boolean): Generator<OutgoingMessage, void>
  /** Their identifiers stay in use over the next connect (MQTT 5 §4.4). */
  keep(): void
}

export const createInFlight = (packetIds: PacketIds): InFlight => {
  const messages = new Map<number, OutgoingMessage>()
  /** From an earlier connection and not sent again on this one yet, oldest first. */
  const owed = new Set<OutgoingMessage>()
  const remove = (message: OutgoingMessage) => {
    const { packetId } = message
    messages.delete(packetId)
    owed.delete(message)
    packetIds.free(packetId)
  }
  const forget = () => {
    for (const message of messages.values()) remove(message)
  }
  return {
    sentCount: () => messages.size - owed.size,
    all: () => [...messages.values()],
    sent: () => [...messages.values()].filter((message) => !owed.has(message)),
    find: (packetId) => messages.get(packetId),
    add: (message) => messages.set(message.packetId, message),
    remove,
    setAside: (message) => {
      messages.delete(message.packetId)
      owed.delete(message)
    },
    forget,
    owe: () => {
      for (const message of messages.values()) owed.add(message)
      return messages.size
    },
    *takeOwed(hasRoom: () => boolean): Generator<OutgoingMessage, void> {
      for (const message of owed) {
        if (!hasRoom()) return
        owed.delete(message)
        yield message
      }
    },
    keep: () => {
      for (const packetId of messages.keys()) packetIds.keep(packetId)
    },
  }
}

/** The latest packet that was written and will have no answer. */
export interface UnansweredWrite {
  readonly message: OutgoingMessage
  readonly size: number
  /** How many were written since the server last said anything, this one included. */
  readonly count: number
}

/** QoS 0: written once, and done when the socket has taken it. */
export const createWriting = () => {
  const messages = new Set<OutgoingMessage>()
  let latest: UnansweredWrite | null = null
  return {
    write: (transport: Transport | null, message: OutgoingMessage): void => {
      messages.add(message)
      message.writtenAt = performance.now()
      // Without the packet: a large one would be held for as long as nothing else is sent.
      latest = { message, size: message.packet.bytes.length, count: (latest?.count ?? 0) + 1 }
      transport?.write(message.packet.bytes, (error) => {
        if (!messages.delete(message)) return
        if (error) message.lose()
        else message.succeed(null)
      })
    },
    latest: () => latest,
    /** The server sent something, so it did not close on what was written before. */
    noteRead: (): void => void (latest = null),
    /** Those the socket has not taken; they are forgotten. */
    takeAll: (): OutgoingMessage[] => {
      const all = [...messages]
      messages.clear()
      latest = null
      return all
    },
  }
}
