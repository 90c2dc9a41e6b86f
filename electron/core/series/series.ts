import type { PublishReceipt, PublishRequest } from '#shared/model/publish'
import type { SeriesCounts, SeriesEnd, SeriesStatus } from '#shared/model/series'
import { fail, type AppError, type Result } from '#shared/result'
import type { MessageSource } from './messageSource'
import { startSchedule, type SeriesClock } from './schedule'

export interface SeriesParts {
  readonly draftId: string
  readonly intervalMs: number
  readonly source: MessageSource
  /** Gives a message to its session at once; resolves when its delivery is known. */
  readonly publish: (request: PublishRequest) => Promise<Result<PublishReceipt>>
  readonly clock: SeriesClock
  /** Called after each change, of which there may be thousands a second. */
  readonly onChange: () => void
}

/** One message that is sent again and again. */
export interface Series {
  status(): SeriesStatus
  /** Sends no more. What is under way is still counted when its answer comes. */
  end(why: SeriesEnd): void
}

/** So many messages of a series may wait for their answer, as long as their payloads have room. */
const mostUnanswered = 100
const mostUnansweredBytes = 16 * 2 ** 20

const none: SeriesCounts = { sent: 0, done: 0, refused: 0, lost: 0, interrupted: 0, skipped: 0 }

/**
 * Starts a series. A refusal does not end it: a right or a quota may change while it runs, which may be what is being
 * tested; the first one is kept to be told. What cannot be sent at all ends it, since the next message is the same.
 */
export const startSeries = (parts: SeriesParts): Series => {
  const { draftId, intervalMs, source, publish, clock, onChange } = parts
  const { connectionId, topic, qos } = source
  let counts = none
  let unanswered = 0
  let unansweredBytes = 0
  let firstRefusal: AppError | null = null
  let ended: SeriesEnd | null = null
  let stop: () => void = () => undefined

  const count = (change: Partial<SeriesCounts>) => {
    counts = { ...counts, ...change }
    onChange()
  }
  const end = (why: SeriesEnd) => {
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
    if (result.ok) count({ done: counts.done + 1 })
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
    status: () => ({ connectionId, draftId, topic, qos, intervalMs, counts, firstRefusal, end: ended }),
    end,
  }
}
