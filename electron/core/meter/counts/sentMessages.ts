import { createSequenceSet } from './sequenceSet'

/** What was sent and is not accounted for: it has neither arrived nor was it refused. */
export interface SentMessages {
  /** One more was sent; numbers begin with 0. */
  noteSent(): void
  /** This one has arrived or was refused. */
  account(sequence: number): void
  /** Those with numbers below this one were sent longer ago than a message may take; it never goes down. */
  overdue(below: number): void
  sent(): number
  lost(): number
  waiting(): number
}

export const createSentMessages = (pages: number): SentMessages => {
  const accounted = createSequenceSet(pages)
  let sent = 0
  let overdueBelow = 0
  let accountedBelow = 0
  return {
    noteSent: () => void (sent += 1),
    account: (sequence) => {
      if (accounted.add(sequence) === 'added' && sequence < overdueBelow) accountedBelow += 1
    },
    overdue: (below) => {
      const until = Math.min(below, sent)
      if (until <= overdueBelow) return
      accountedBelow += accounted.countBetween(overdueBelow, until)
      overdueBelow = until
    },
    sent: () => sent,
    lost: () => overdueBelow - accountedBelow,
    waiting: () => sent - overdueBelow - (accounted.size() - accountedBelow),
  }
}
