import type { HeldMessage } from '#shared/model/delivery'
import { brief } from '../brief'
import type { OutgoingMessage } from './outgoingMessage'

/** Messages that wait until a person sends them or gives them up, oldest first. */
export interface HeldMessages {
  add(message: OutgoingMessage): void
  find(sequence: number): OutgoingMessage | undefined
  take(sequence: number): OutgoingMessage | undefined
  each(): MapIterator<OutgoingMessage>
  /** The same array until a message is added or taken. */
  all(): readonly HeldMessage[]
}

export const createHeldMessages = (): HeldMessages => {
  const messages = new Map<number, OutgoingMessage>()
  let told: readonly HeldMessage[] = []
  const changed = () => {
    told = [...messages.values()].map(({ sequence, topic, qos, packet, isReceived }) => ({
      sequence,
      qos,
      topic: brief(topic),
      size: packet.bytes.length,
      packet: isReceived ? 'PUBREL' : 'PUBLISH',
    }))
  }
  const take = (sequence: number): OutgoingMessage | undefined => {
    const message = messages.get(sequence)
    messages.delete(sequence)
    changed()
    return message
  }
  return {
    add: (message) => {
      messages.set(message.sequence, message)
      changed()
    },
    find: (sequence) => messages.get(sequence),
    take,
    each: () => messages.values(),
    all: () => told,
  }
}
