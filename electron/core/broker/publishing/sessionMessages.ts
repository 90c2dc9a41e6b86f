import type { Qos } from '#shared/model/qos'
import { createMessagePublisher, type MessagePublisherParts } from './messagePublisher'

/** What a person does with messages of a session: publishes them, looks at one, and decides about those that are held. */
export const createSessionMessages = (parts: MessagePublisherParts) => {
  const { outgoing, records, online } = parts
  const publisher = createMessagePublisher(parts)
  return {
    publish: publisher.publish,
    /** The packets of a message of ours; null = it had none, or they are kept no longer. */
    deliveryOf: records.find,
    /** Gives up a message that is held or to be sent again; false where there is none. */
    dropMessage: outgoing.drop,
    /** Sends a message that is held, perhaps with another QoS; false where there is none, or that is not possible. */
    releaseMessage: (sequence: number, qos: Qos | null): boolean => {
      const state = online()
      if (qos !== null && (!state || qos > state.limits.maximumQos)) return false
      return outgoing.release(sequence, qos, publisher.sendWithQos)
    },
  }
}
