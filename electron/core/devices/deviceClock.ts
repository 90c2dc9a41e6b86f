import { emptyMessage } from '#shared/model/publish'
import { planTimes } from '../senders/schedule/plannedTimes'
import { startSchedule, type Schedule, type SendOutcome } from '../senders/schedule/schedule'
import type { SenderClock } from '../senders/schedule/senderClock'

export interface RepeatedParts {
  readonly clock: SenderClock
  readonly everyMs: number
  /** Milliseconds until the first. */
  readonly afterMs: number
  readonly jitter: number
  /** Chooses what is random of its times. */
  readonly seed: number
  readonly act: () => Extract<SendOutcome, 'sent' | 'leftOut'>
  readonly skip: (count: number) => void
}

/** After a pause, such as a computer asleep, no more than so many are done together. */
const mostAtOnce = 100

/** Acts at an interval, as a sender of one message does, until the answered function is called. */
export const startRepeating = ({ clock, everyMs, afterMs, jitter, seed, act, skip }: RepeatedParts): (() => void) => {
  const times = planTimes(
    { ...repeated, pace: { kind: 'interval', everyMs }, shape: { ...repeated.shape, jitter } },
    seed,
  )
  let isStopped = false
  let schedule: Schedule | null = null
  const cancel = clock.after(afterMs, () => {
    schedule = startSchedule({
      clock,
      times,
      until: null,
      waits: false,
      mostAtOnce,
      // The first is due before there is a schedule to stop.
      send: () => (isStopped ? 'none' : act()),
      skip,
      onDone: () => undefined,
    })
  })
  return () => {
    isStopped = true
    cancel()
    schedule?.stop()
  }
}

/** What of a plan says nothing of the times of one message at an interval. */
const repeated = {
  source: { kind: 'message', message: emptyMessage },
  shape: { rampMs: 0, burst: 1, jitter: 0 },
  devices: { count: 1 },
} as const
