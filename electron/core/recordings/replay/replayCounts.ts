import type { ReplayStatus } from '#shared/model/recordings'
import type { AppError } from '#shared/result'
import type { SenderTally } from '../../senders/counts/senderTally'
import type { Replayed } from './replayedMessage'

type ToldCounts = Pick<
  ReplayStatus,
  'read' | 'sent' | 'acknowledged' | 'refused' | 'lost' | 'leftOut' | 'echoes' | 'unsendable' | 'firstProblem'
>

/** What became of the messages of a recording. */
export interface ReplayCounts {
  noteRead(): void
  noteLeft(replayed: Exclude<Replayed, { kind: 'message' }>): void
  noteUnsendable(why: AppError): void
  told(): ToldCounts
}

export const createReplayCounts = (tally: SenderTally): ReplayCounts => {
  const counts = { read: 0, leftOut: 0, echoes: 0, unsendable: 0 }
  let firstProblem: AppError | null = null
  const noteUnsendable = (why: AppError) => {
    counts.unsendable += 1
    firstProblem ??= why
  }
  return {
    noteRead: () => void (counts.read += 1),
    noteLeft: (replayed) => {
      if (replayed.kind === 'unsendable') noteUnsendable(replayed.error)
      else if (replayed.kind === 'echo') counts.echoes += 1
      else counts.leftOut += 1
    },
    noteUnsendable,
    told: () => {
      const { sent, acknowledged, refused, lost, interrupted } = tally.counts()
      return {
        ...counts,
        sent,
        acknowledged,
        refused,
        lost: lost + interrupted,
        firstProblem: tally.firstRefusal() ?? firstProblem,
      }
    },
  }
}
