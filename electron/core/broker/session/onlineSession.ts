import type { MadeMessage, PublishReceipt } from '#shared/model/publish'
import type { Qos } from '#shared/model/qos'
import type { Result } from '#shared/result'
import {
  createMessagePublisher,
  type MessagePublisher,
  type MessagePublisherParts,
} from '../publishing/messagePublisher'
import type { ChosenSettings } from './chosenSettings'

/** What needs a connection. Whoever holds one of these has checked that there is one and need not check again. */
export interface OnlineSession {
  /** How the connection was made. */
  readonly settings: ChosenSettings
  /** Resolves when it has been written (QoS 0) or the server has completed it, or with why not. */
  publish(message: MadeMessage): Promise<Result<PublishReceipt>>
  /** As `publish`, for thousands a second: answers at once why it cannot be sent, and else calls `answer` once. */
  send: MessagePublisher['send']
  /** Sends a message that is held as another one with another QoS; false where there is none, or that is not possible. */
  releaseAs(sequence: number, qos: Qos): boolean
  /** Proves again who we are (MQTT 5 §4.12.1); resolves when the server has accepted, or with why not. */
  reauthenticate(): Promise<Result<null>>
  /** Sends a filter that is held back, until the connection ends. */
  sendHeldBack(subscriptionId: string): void
}

export interface OnlineSessionParts extends MessagePublisherParts {
  readonly settings: ChosenSettings
  readonly sendHeldBack: (subscriptionId: string) => void
  readonly reauthenticate: () => Promise<Result<null>>
}

export const createOnlineSession = (parts: OnlineSessionParts): OnlineSession => {
  const { settings, outgoing, server, sendHeldBack, reauthenticate } = parts
  const publisher = createMessagePublisher(parts)
  return {
    settings,
    publish: (message) =>
      new Promise((resolve) => {
        const problem = publisher.send(message, resolve)
        if (problem) resolve({ ok: false, error: problem })
      }),
    send: publisher.send,
    releaseAs: (sequence, qos) =>
      qos <= server.limits.maximumQos && outgoing.release(sequence, qos, publisher.sendWithQos),
    reauthenticate,
    sendHeldBack,
  }
}
