import type { MadeMessage } from '#shared/model/publish'
import type { AppError, Result } from '#shared/result'
import type { HeardRequest } from '../../responder/answerTemplate'
import type { Answer } from '../../senders/clients/senderRoute'

/** A connection of one device. */
export interface DeviceLink {
  /** Answers why the broker refused it; null = it is subscribed. */
  subscribe(filter: string): Promise<AppError | null>
  /** Answers at once why it cannot be sent; else `answer` is called once. */
  send(message: MadeMessage, answer: Answer): AppError | null
  /** Ends it as a device does that is switched off: its will is not published. `onEnded` is not called. */
  close(): Promise<void>
  /** Ends it as a failure of the network does. `onEnded` is called. */
  cut(): void
}

export interface DeviceLinkParts {
  readonly clientId: string
  /** Null = none. */
  readonly will: MadeMessage | null
  /** Ends it, whatever it is doing. */
  readonly signal: AbortSignal
  /** A message under one of its filters; a copy. */
  readonly onMessage: (message: HeardRequest) => void
  /** Once, when it ended without being closed. */
  readonly onEnded: (reason: AppError) => void
}

/** Fails with why connecting did. */
export type OpenDeviceLink = (parts: DeviceLinkParts) => Promise<Result<DeviceLink>>
