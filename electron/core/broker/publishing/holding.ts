import type { HeldMessage } from '#shared/model/delivery'
import type { Qos } from '#shared/model/qos'
import type { PacketIds } from '../transport/packetIds'
import { createHeldMessages } from './heldMessages'
import type { OutgoingMessage } from './outgoingMessage'
import type { SendLine } from './sendLine'

export interface HoldingOptions {
  readonly line: SendLine
  readonly packetIds: PacketIds
  /** Called when other messages are held. */
  readonly onHeld: () => void
}

/** Messages on which the server closed twice: they wait until a person sends them or gives them up. */
export interface Holding {
  /** The server closed on it again: it waits, and the others go on. */
  hold(message: OutgoingMessage): void
  all(): readonly HeldMessage[]
  /** Gives up a message that is held, or one that is to be sent again; false where there is no such message. */
  drop(sequence: number): boolean
  /** Sends a message that is held, now or on the next connection; false where there is none. */
  releaseAsIs(sequence: number): boolean
  /**
   * Sends a message that is held with this QoS: with another one than it has it is another message, made by `remake`.
   * False where there is none, or where the server has received it already.
   */
  release(sequence: number, qos: Qos, remake: (message: OutgoingMessage, qos: Qos) => void): boolean
  /** The server knows nothing of what it was sent: what is held would be new to it. */
  forgetHandshakes(): void
}

export const createHolding = ({ line, packetIds, onHeld }: HoldingOptions): Holding => {
  const held = createHeldMessages()

  const giveUp = (message: OutgoingMessage) => {
    // With QoS 2 the server may still know the identifier, and would take another message with it for this one.
    if (message.qos === 1) packetIds.free(message.packetId)
    message.drop()
  }
  const take = (sequence: number): OutgoingMessage | undefined => {
    const message = held.take(sequence)
    if (message) onHeld()
    return message
  }
  const releaseAsIs = (sequence: number): boolean => {
    const message = take(sequence)
    if (message) line.startAgain(message)
    return message !== undefined
  }
  return {
    hold: (message) => {
      line.inFlight.setAside(message)
      packetIds.keep(message.packetId)
      line.suspects.delete(message)
      held.add(message)
      message.hold()
      onHeld()
    },
    all: () => held.all(),
    drop: (sequence) => {
      const isOwed = (one: OutgoingMessage) => one.sequence === sequence
      const message = held.take(sequence) ?? (line.transport() ? undefined : line.inFlight.all().find(isOwed))
      if (!message) return false
      line.inFlight.setAside(message)
      line.suspects.delete(message)
      giveUp(message)
      onHeld()
      return true
    },
    releaseAsIs,
    release: (sequence, qos, remake) => {
      const message = held.find(sequence)
      if (!message || message.isReceived) return false
      if (qos === message.qos) return releaseAsIs(sequence)
      take(sequence)
      giveUp(message)
      remake(message, qos)
      return true
    },
    forgetHandshakes: () => {
      for (const message of held.each()) {
        packetIds.free(message.packetId)
        message.packetId = 0
        message.isReceived = false
      }
    },
  }
}
