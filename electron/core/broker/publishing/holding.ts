import type { HeldMessage } from '#shared/model/delivery'
import type { Qos } from '#shared/model/qos'
import { createHeldMessages } from './heldMessages'
import type { OutgoingMessage } from './outgoingMessage'
import type { PacketIds } from '../transport/packetIds'
import type { SendLine } from './sendLine'

export interface HoldingOptions {
  readonly line: SendLine
  readonly packetIds: PacketIds
  /** The messages that are held are other ones. */
  readonly onHeld: () => void
}

/** Messages the server closes on wait here for a person's word. */
export const createHolding = ({ line, packetIds, onHeld }: HoldingOptions) => {
  const held = createHeldMessages()

  const giveUp = (message: OutgoingMessage) => {
    // With QoS 2 the server may still know the identifier, and would take another message with it for this one.
    if (message.qos === 1) packetIds.deallocate(message.packetId)
    message.drop()
  }
  return {
    /** The server closed on it again: it waits, and the others go on. */
    hold: (message: OutgoingMessage): void => {
      line.inFlight.setAside(message)
      packetIds.keep(message.packetId)
      line.suspects.delete(message)
      held.add(message)
      message.hold()
      onHeld()
    },
    all: (): readonly HeldMessage[] => held.all(),
    /** Gives up a message that is held, or one that is to be sent again; false where there is no such message. */
    drop: (sequence: number): boolean => {
      const isOwed = (one: OutgoingMessage) => one.sequence === sequence
      const message = held.take(sequence) ?? (line.transport() ? undefined : line.inFlight.all().find(isOwed))
      if (!message) return false
      line.inFlight.setAside(message)
      line.suspects.delete(message)
      giveUp(message)
      onHeld()
      return true
    },
    /** Sends a message that is held; with another QoS it is another message, made by `remake`. */
    release: (sequence: number, qos: Qos | null, remake: (message: OutgoingMessage, qos: Qos) => void): boolean => {
      const message = held.find(sequence)
      if (!message || (qos !== null && message.isReceived)) return false
      held.take(sequence)
      onHeld()
      if (qos === null || qos === message.qos) line.startAgain(message)
      else {
        giveUp(message)
        remake(message, qos)
      }
      return true
    },
    /** The server knows nothing of what it was sent: what is held would be new to it. */
    forgetHandshakes: (): void => {
      for (const message of held.each()) {
        packetIds.deallocate(message.packetId)
        message.packetId = 0
        message.isReceived = false
      }
    },
  }
}
