import type { HeldMessage } from '#shared/model/delivery'
import { brief } from '../brief'
import type { OutgoingMessage } from './outgoingMessage'

/** Messages that wait until a person sends them or gives them up, oldest first. */
export const createHeldMessages = () => {
  const messages = new Map<number, OutgoingMessage>()
  let told: readonly HeldMessage[] = []
  const changed = () => {
    told = [...messages.values()].map(({ sequence, topic, qos, packet, isReceived }) => ({
      ...{ sequence, qos, topic: brief(topic) },
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
    add: (message: OutgoingMessage): void => {
      messages.set(message.sequence, message)
      changed()
    },
    find: (sequence: number) => messages.get(sequence),
    take,
    each: () => messages.values(),
    /** The same array until a message is added or taken. */
    all: () => told,
  }
}
