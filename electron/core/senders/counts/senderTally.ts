import type { AppError } from '#shared/result'
import type { SenderCounts } from '#shared/model/sender'

/** What became of the messages of a sender. Thousands a second are counted, so nothing is made for each. */
export interface SenderTally {
  /** Given to the connection and not answered; `bytes` of payload. */
  noteSent(bytes: number): void
  /** An answer came; null = the message is where it was to go. */
  noteAnswer(bytes: number, error: AppError | null): void
  noteSkipped(count: number): void
  /** The first reason for which something was not done; one that came before it stays. */
  noteFailure(error: AppError): void
  counts(): SenderCounts
  sent(): number
  unanswered(): number
  unansweredBytes(): number
  firstRefusal(): AppError | null
}

export const createSenderTally = (): SenderTally => {
  const counts = { sent: 0, acknowledged: 0, refused: 0, lost: 0, interrupted: 0, skipped: 0 }
  let unanswered = 0
  let unansweredBytes = 0
  let firstRefusal: AppError | null = null

  const noteFailure = (error: AppError) => void (firstRefusal ??= error)
  const noteError = (error: AppError) => {
    if (error.code !== 'publishInterrupted') {
      counts.refused += 1
      noteFailure(error)
    } else if (error.values?.['again'] === 'yes') counts.interrupted += 1
    else counts.lost += 1
  }
  return {
    noteSent: (bytes) => {
      counts.sent += 1
      unanswered += 1
      unansweredBytes += bytes
    },
    noteAnswer: (bytes, error) => {
      unanswered -= 1
      unansweredBytes -= bytes
      if (error) noteError(error)
      else counts.acknowledged += 1
    },
    noteSkipped: (count) => void (counts.skipped += count),
    noteFailure,
    counts: () => ({ ...counts }),
    sent: () => counts.sent,
    unanswered: () => unanswered,
    unansweredBytes: () => unansweredBytes,
    firstRefusal: () => firstRefusal,
  }
}
