import type { OutgoingMessage } from './outgoingMessage'
import type { PacketIds } from './packetIds'
import type { Transport } from '../transport'

/** Messages the server has not completed yet, oldest first; each holds on to its packet identifier. */
export const createInFlight = (packetIds: PacketIds) => {
  const messages = new Map<number, OutgoingMessage>()
  /** From an earlier connection and not sent again on this one yet, oldest first. */
  const owed = new Set<OutgoingMessage>()
  const remove = (message: OutgoingMessage) => {
    const { packetId } = message
    messages.delete(packetId)
    owed.delete(message)
    packetIds.deallocate(packetId)
  }
  const forget = () => {
    for (const message of messages.values()) remove(message)
  }
  return {
    /** How many were sent on this connection. */
    sentCount: () => messages.size - owed.size,
    all: () => [...messages.values()],
    find: (packetId: number) => messages.get(packetId),
    add: (message: OutgoingMessage) => messages.set(message.packetId, message),
    remove,
    forget,
    /** A connection begins: all are to be sent again where the session lives on; answers how many. */
    owe: (sessionPresent: boolean): number => {
      if (!sessionPresent) forget()
      for (const message of messages.values()) owed.add(message)
      return messages.size
    },
    /** Those that are to be sent again, while there is room; each counts as sent once it is taken. */
    *takeOwed(hasRoom: () => boolean): Generator<OutgoingMessage, void> {
      for (const message of owed) {
        if (!hasRoom()) return
        owed.delete(message)
        yield message
      }
    },
    /** Their identifiers stay theirs over the next connect (MQTT 5 §4.4). */
    keep: () => {
      for (const packetId of messages.keys()) packetIds.keep(packetId)
    },
  }
}

/** QoS 0: written once, and done when the socket has taken it. */
export const createWriting = () => {
  const messages = new Set<OutgoingMessage>()
  return {
    write: (transport: Transport | null, message: OutgoingMessage): void => {
      messages.add(message)
      transport?.write(message.packet.bytes, (error) => {
        if (!messages.delete(message)) return
        if (error) message.lose()
        else message.succeed(0)
      })
    },
    /** Those the socket has not taken; they are forgotten. */
    takeAll: (): OutgoingMessage[] => {
      const all = [...messages]
      messages.clear()
      return all
    },
  }
}
