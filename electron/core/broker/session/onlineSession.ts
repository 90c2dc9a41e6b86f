import type { PublishReceipt, PublishRequest } from '#shared/model/publish'
import type { Qos } from '#shared/model/qos'
import type { Result } from '#shared/result'
import { createMessagePublisher, type MessagePublisherParts } from '../publishing/messagePublisher'
import type { ChosenSettings } from './chosenSettings'

/** What needs a connection. Whoever holds one of these has checked that there is one and need not check again. */
export interface OnlineSession {
  /** How the connection was made. */
  readonly settings: ChosenSettings
  /** Resolves when it has been written (QoS 0) or the server has completed it, or with why not. */
  publish(request: PublishRequest): Promise<Result<PublishReceipt>>
  /** Sends a message that is held as another one with another QoS; false where there is none, or that is not possible. */
  releaseAs(sequence: number, qos: Qos): boolean
  /** Sends a filter that is held back, until the connection ends. */
  sendHeldBack(subscriptionId: string): void
}

export interface OnlineSessionParts extends MessagePublisherParts {
  readonly settings: ChosenSettings
  readonly sendHeldBack: (subscriptionId: string) => void
}

export const createOnlineSession = (parts: OnlineSessionParts): OnlineSession => {
  const { settings, outgoing, server, sendHeldBack } = parts
  const publisher = createMessagePublisher(parts)
  return {
    settings,
    publish: publisher.publish,
    releaseAs: (sequence, qos) =>
      qos <= server.limits.maximumQos && outgoing.release(sequence, qos, publisher.sendWithQos),
    sendHeldBack,
  }
}
