import type { ReplayPlan } from '#shared/model/recordings'
import type { RecordedMessage } from '#shared/recording/recordedMessage'
import type { SenderClock } from '../../senders/schedule/senderClock'
import { millisecondsOf } from '../recordedWire'

/** When messages of a recording are due, and by how much they were later than that. */
export interface ReplayPace {
  /** By how much it is due later; 0 = it is due, and how late it is counts. */
  waitFor(message: RecordedMessage): number
  /** Time that passed is no time of the recording: the next message is due when it is asked for. */
  beginAnew(): void
  /** One more message is due at once, whatever its time is. */
  step(): void
  isStepping(): boolean
  noteSent(): void
  driftMs(): { readonly mean: number; readonly most: number }
}

/** Each time is counted from the first message, so that no delay adds up. */
export const createReplayPace = (pace: ReplayPlan['pace'], clock: Pick<SenderClock, 'now'>): ReplayPace => {
  /** What of the recording stands at what time of the clock; null = the next message. */
  let anchor: { readonly recorded: number; readonly at: number } | null = null
  let latest = 0
  let steps = pace.kind === 'step' ? 1 : 0
  let sum = 0
  let count = 0
  let most = 0
  const noteLate = (lateMs: number) => {
    sum += lateMs
    count += 1
    most = Math.max(most, lateMs)
  }
  return {
    waitFor: (message) => {
      if (pace.kind !== 'recorded' || steps > 0) return 0
      // Times that go back are sent at once, and a message without a time with the one before it.
      latest = message.time === null ? latest : Math.max(latest, millisecondsOf(message.time))
      anchor ??= { recorded: latest, at: clock.now() }
      const wait = anchor.at + (latest - anchor.recorded) / pace.factor - clock.now()
      if (wait <= 0) noteLate(-wait)
      return Math.max(0, wait)
    },
    beginAnew: () => (anchor = null),
    step: () => void (steps += 1),
    isStepping: () => steps > 0,
    noteSent: () => {
      if (steps === 0) return
      steps -= 1
      anchor = null
    },
    driftMs: () => ({ mean: count === 0 ? 0 : sum / count, most }),
  }
}
