import type { MadeMessage, PublishReceipt } from '#shared/model/publish'
import type { SenderEnd } from '#shared/model/sender'
import { fail, type AppError, type Result } from '#shared/result'
import type { OnlineSession } from '../../broker/session/onlineSession'

export type Answer = (result: Result<PublishReceipt>) => void

/** The way of the messages of a sender to the broker. */
export interface SenderRoute {
  /** Resolves when messages may be sent; with why not, where none can be. */
  open(): Promise<AppError | null>
  /** Whether a device has a connection now; they count from 0. */
  isOnline(device: number): boolean
  /** Answers at once why it cannot be sent; else `answer` is called once. */
  send(device: number, message: MadeMessage, answer: Answer): AppError | null
  /** Clients of their own that are online; null = it has none. */
  clientsOnline(): number | null
  /** How often the connection of such a client ended unasked. */
  clientsLost(): number
  /** No more is sent. */
  close(): void
}

/** What is also done with the messages of a sender, when what becomes of them is measured. */
export interface SenderMeasure {
  /** Its way, on which each message gets its stamp. */
  readonly routeOver: (route: SenderRoute) => SenderRoute
  /** All was given to the connection (null), or no more is, and why; answers may still come. Called once. */
  readonly onAllSent: (why: SenderEnd | null) => void
}

/** Over the connection of the profile, for all devices. */
export const sharedRoute = (online: () => Pick<OnlineSession, 'send'> | null): SenderRoute => ({
  open: () => Promise.resolve(null),
  isOnline: () => true,
  send: (_device, message, answer) => {
    const session = online()
    return session ? session.send(message, answer) : fail('notConnected', 'Connect before publishing.').error
  },
  clientsOnline: () => null,
  clientsLost: () => 0,
  close: () => undefined,
})
