import { flags, noTotals, type SessionTotals } from '#shared/model/frame'
import type { MessageMarks, WireMessage } from '../message/wireMessage'

/** The exact totals of a connection, also of messages that were dropped. */
export interface MessageCounts {
  totals(): SessionTotals
  /** Counts a message by what it was judged to be. */
  count(message: WireMessage, marks: MessageMarks): void
  /** A QoS 2 message that was received before and came again. */
  redelivered(): void
  skipped(): void
  dropped(): void
  bytes(bytesIn: number, bytesOut: number): void
}

export const createMessageCounts = (): MessageCounts => {
  const totals: { -readonly [Name in keyof SessionTotals]: number } = { ...noTotals }

  const countReceived = (message: WireMessage, marks: MessageMarks) => {
    totals.received += 1
    if ((message.flags & flags.dup) !== 0) totals.redeliveries += 1
    if ((marks.flags & flags.stored) !== 0) totals.stored += 1
    if ((marks.flags & flags.repeat) !== 0) totals.repeats += 1
  }
  return {
    totals: () => ({ ...totals }),
    count: (message, marks) => {
      if (marks.kind === 'own') countReceived(message, marks)
      else if (marks.kind === 'copy') totals.copies += 1
      else if (marks.kind === 'sent') totals.sent += 1
      else totals.redeliveries += 1
    },
    redelivered: () => void (totals.redeliveries += 1),
    skipped: () => void (totals.skipped += 1),
    dropped: () => void (totals.dropped += 1),
    bytes: (bytesIn, bytesOut) => {
      totals.bytesIn += bytesIn
      totals.bytesOut += bytesOut
    },
  }
}
