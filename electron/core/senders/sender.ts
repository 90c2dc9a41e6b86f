import type { PublishReceipt, PublishRequest } from '#shared/model/publish'
import type { SenderCounts, SenderEnd, SenderRequest, SenderStatus } from '#shared/model/sender'
import { fail, type AppError, type Result } from '#shared/result'
import type { MessageSource } from './messageSource'
import { startSchedule, type SenderClock } from './schedule'

export interface SenderParts {
  readonly request: SenderRequest
  /** Milliseconds since 1970. */
  readonly startedAt: number
  readonly source: MessageSource
  /** Gives a message to its session at once; resolves when its delivery is known. */
  readonly publish: (request: PublishRequest) => Promise<Result<PublishReceipt>>
  readonly clock: SenderClock
  /** Called after each change, of which there may be thousands a second. */
  readonly onChange: () => void
}

/** One message that is sent again and again. */
export interface Sender {
  status(): SenderStatus
  /** Sends no more. What is under way is still counted when its answer comes. */
  end(why: SenderEnd): void
}

/** So many messages of a sender may wait for their answer, as long as their payloads have room. */
const mostUnanswered = 100
const mostUnansweredBytes = 16 * 2 ** 20

const none: SenderCounts = { sent: 0, acknowledged: 0, refused: 0, lost: 0, interrupted: 0, skipped: 0 }

/**
 * Starts a sender. A refusal does not end it: a right or a quota may change while it runs, which may be what is being
 * tested; the first one is kept to be told. What cannot be sent at all ends it, since the next message is the same.
 */
export const startSender = (parts: SenderParts): Sender => {
  const { request, source, publish, clock, onChange } = parts
  const { connectionId, plan } = request
  const { topic, qos } = source
  const intervalMs = plan.pace.kind === 'interval' ? plan.pace.everyMs : 1_000
  let counts = none
  let unanswered = 0
  let unansweredBytes = 0
  let firstRefusal: AppError | null = null
  let ended: SenderEnd | null = null
  let stop: () => void = () => undefined

  const count = (change: Partial<SenderCounts>) => {
    counts = { ...counts, ...change }
    onChange()
  }
  const end = (why: SenderEnd) => {
    if (ended) return
    ended = why
    stop()
    source.close()
    onChange()
  }
  const refuse = (error: AppError) => {
    firstRefusal ??= error
    count({ refused: counts.refused + 1 })
  }
  const fell = (error: AppError) => {
    const { code, values } = error
    if (code === 'publishInterrupted')
      count(values?.['again'] === 'yes' ? { interrupted: counts.interrupted + 1 } : { lost: counts.lost + 1 })
    else if (values?.['sequence'] !== undefined) refuse(error)
    else {
      // It has no number, so it never went out.
      count({ sent: counts.sent - 1 })
      end(code === 'notConnected' ? { kind: 'connectionEnded', error: null } : { kind: 'impossible', error })
    }
  }
  const settle = (bytes: number, result: Result<PublishReceipt>) => {
    unanswered -= 1
    unansweredBytes -= bytes
    if (result.ok) count({ acknowledged: counts.acknowledged + 1 })
    else fell(result.error)
  }
  const send = (): boolean => {
    if (unanswered >= mostUnanswered || unansweredBytes >= mostUnansweredBytes) return false
    const next = source.next()
    if (!next.ok) {
      end({ kind: 'impossible', error: next.error })
      return true
    }
    const bytes = next.value.payload.length
    unanswered += 1
    unansweredBytes += bytes
    count({ sent: counts.sent + 1 })
    publish(next.value).then(
      (result) => settle(bytes, result),
      (error: unknown) => settle(bytes, fail('internal', String(error))),
    )
    return true
  }

  const isOver = () => ended !== null
  stop = startSchedule({ clock, intervalMs, send, skip: (skipped) => count({ skipped: counts.skipped + skipped }) })
  // The first message goes out before there is anything to stop: where it could not be made, no other is.
  if (isOver()) stop()
  return {
    status: () => ({
      connectionId,
      senderId: plan.id,
      name: plan.name,
      topic,
      qos,
      pace: plan.pace,
      devices: 1,
      startedAt: parts.startedAt,
      counts,
      unanswered,
      late: 0,
      planned: null,
      progress: null,
      rate: 0,
      wantedRate: 1_000 / intervalMs,
      driftMs: 0,
      intervals: null,
      recent: [],
      clientsOnline: null,
      firstRefusal,
      end: ended,
    }),
    end,
  }
}
