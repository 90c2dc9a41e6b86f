// Why it is so: build/docs/decisions/42-a-sender-keeps-its-times.md
import type { SenderEnd, SenderRequest, SenderStatus } from '#shared/model/sender'
import type { AppError } from '#shared/result'
import type { SenderRoute } from './clients/senderRoute'
import { createSenderTally } from './counts/senderTally'
import type { SenderClock } from './schedule/senderClock'
import { statusOf } from './senderStatus'
import { createSending } from './sending'
import type { SenderSource } from './source/senderSource'

export interface SenderParts {
  readonly request: SenderRequest
  readonly source: SenderSource
  readonly route: SenderRoute
  readonly clock: SenderClock
  /** Milliseconds since 1970. */
  readonly startedAt: number
  /** Chooses what is random of its times. */
  readonly seed: number
  /** All was given to the connection (null), or no more is, and why. Called once. */
  readonly onAllSent?: (why: SenderEnd | null) => void
  /** It began or is over. */
  readonly onTurn: () => void
}

/** Carries out one plan on one connection. */
export interface Sender {
  status(): SenderStatus
  /** Opens its clients, if it has some of its own, and sends. */
  begin(): void
  /** There is more to send after a message was not read yet. */
  resume(): void
  /** Not all that was to be done with every client could be. */
  noteFailure(error: AppError): void
  /** Sends no more. What is under way is still counted when its answer comes. */
  end(why: SenderEnd): void
  readonly hasOwnClients: boolean
  /** It is over, and every message is answered. */
  isSettled(): boolean
  /** Ends it and its clients at once. */
  close(): void
}

/**
 * A refusal does not end a sender: a right or a quota may change while it runs, which may be what is being tested; the first one is
 * kept to be told. What cannot be sent at all ends it, since the next message is the same.
 */
export const createSender = (parts: SenderParts): Sender => {
  const { request, source, route, clock, onTurn } = parts
  const tally = createSenderTally()
  let ended: SenderEnd | null = null
  let endedAt = 0
  let isAllSent = false

  const tellAllSent = (why: SenderEnd | null) => {
    if (!isAllSent) parts.onAllSent?.(why)
    isAllSent = true
  }
  const end = (why: SenderEnd) => {
    if (ended) return
    ended = why
    endedAt = clock.now()
    sending.stop()
    source.close()
    tellAllSent(why)
    if (why.kind === 'connectionEnded') route.close()
    else closeWhenAnswered()
    onTurn()
  }
  const closeWhenAnswered = () => {
    if (ended && tally.unanswered() === 0) route.close()
  }
  const { plan } = request
  const sending = createSending({
    ...parts,
    plan,
    tally,
    onEnd: end,
    onAllSent: () => tellAllSent(null),
    onAnswered: closeWhenAnswered,
  })

  const hasOwnClients = plan.devices.clients === 'own'
  return {
    hasOwnClients,
    begin: () => {
      if (!hasOwnClients) sending.start()
      else
        void route.open().then((error) => {
          if (ended) return
          if (error) end({ kind: 'connectionEnded', error })
          else sending.start()
        })
      onTurn()
    },
    resume: sending.resume,
    noteFailure: tally.noteFailure,
    end,
    isSettled: () => ended !== null && tally.unanswered() === 0,
    close: () => {
      end({ kind: 'stopped' })
      route.close()
    },
    status: () => statusOf({ ...parts, tally, sending, ended, now: ended ? endedAt : clock.now() }),
  }
}
