import { flags, type SessionTotals } from '#shared/model/frame'
import type { InboxMessage, MessageMarks } from './frameWriter'
import { createRepeats } from '../delivery/repeats'
import type { createSubscriptionTotals } from '../matching/subscriptionTotals'

/** The exact numbers of a connection, whatever becomes of its messages; and what each message is marked with. */
export const createMessageCounts = (subscriptions: ReturnType<typeof createSubscriptionTotals>) => {
  const repeats = createRepeats()
  const totals = {
    ...{ received: 0, sent: 0, dropped: 0, skipped: 0, copies: 0, redelivered: 0, repeated: 0, stored: 0 },
    ...{ bytesIn: 0, bytesOut: 0 },
  } satisfies SessionTotals

  return {
    totals: (): SessionTotals => ({ ...totals }),
    received: (message: InboxMessage, stored: number): MessageMarks => {
      totals.received += 1
      if (stored !== 0) totals.stored += 1
      if ((message.flags & flags.dup) !== 0) totals.redelivered += 1
      const isRepeat = repeats.isRepeat(message)
      if (isRepeat) totals.repeated += 1
      const matchSetId = subscriptions.count(message, stored !== 0)
      return { matchSetId, flags: (isRepeat ? flags.repeat : 0) | stored }
    },
    sent: (): MessageMarks => {
      totals.sent += 1
      return { matchSetId: 0, flags: 0 }
    },
    /** A further copy of a message that was received before. */
    copy: (message: InboxMessage): MessageMarks => {
      totals.copies += 1
      return { matchSetId: subscriptions.countCopy(message), flags: flags.copy }
    },
    /** A message that was received before and came again. */
    repetition: (): void => void (totals.redelivered += 1),
    skipped: (): void => void (totals.skipped += 1),
    dropped: (): void => void (totals.dropped += 1),
    bytes: (bytesIn: number, bytesOut: number): void => {
      totals.bytesIn += bytesIn
      totals.bytesOut += bytesOut
    },
  }
}
