// Why it is so: build/docs/decisions/42-a-sender-keeps-its-times.md
import type { PlannedTimes } from './plannedTimes'
import type { SenderClock } from './senderClock'

/**
 * What became of a message that was due: it was sent; it is left out; it cannot be taken now; it is being read; or there is none, so
 * that this one and all after it are not due any more.
 */
export type SendOutcome = 'sent' | 'leftOut' | 'noRoom' | 'notRead' | 'none'

export interface ScheduleParts {
  readonly clock: SenderClock
  readonly times: PlannedTimes
  /** The number that is not due any more; null = there is none. */
  readonly until: number | null
  /** True = what cannot be taken waits, and goes out later in its order; false = it is skipped. */
  readonly waits: boolean
  /** After a pause, such as a computer asleep, no more than so many are sent together where they do not wait. */
  readonly mostAtOnce: number
  /** `lateMs` = by how much it is later than its time. */
  readonly send: (number: number, lateMs: number) => SendOutcome
  readonly skip: (count: number) => void
  /** Once: nothing more is due. */
  readonly onDone: () => void
}

/** Sends what is due at its time, until it is stopped. */
export interface Schedule {
  /** There is room again, or something was read: tries at once whether something waits for that. */
  resume(): void
  stop(): void
  /** How many are due and wait. */
  late(): number
  /** By the clock. */
  readonly startedAt: number
}

/** So many are sent before other work has its turn. */
const mostInTurn = 200

/**
 * Each time is counted from the start, so no delay adds up to a drift, whatever the sending itself takes. A timer that comes
 * late finds several due, and they are sent together. The first goes out at once.
 */
export const startSchedule = (parts: ScheduleParts): Schedule => {
  const { clock, times, until, waits, mostAtOnce, send, skip, onDone } = parts
  const startedAt = clock.now()
  let next = 0
  let isOver = false
  /** Nothing is tried until `resume`. */
  let isBlocked = false
  let cancel: () => void = () => undefined

  const elapsed = () => clock.now() - startedAt
  const finish = () => {
    isOver = true
    cancel()
  }
  const isDone = () => until !== null && next >= until
  /** Leaves out what is too late to be sent together with the rest. */
  const leaveOut = (now: number) => {
    if (waits || times.dueAt(next + mostAtOnce) > now) return
    const due = Math.min(times.countWithin(now), until ?? Infinity)
    if (due - next <= mostAtOnce) return
    skip(due - mostAtOnce - next)
    next = due - mostAtOnce
  }
  /** False = it waits. */
  const sendNext = (lateMs: number): boolean => {
    const outcome = send(next, lateMs)
    if (isOver) return false
    if (outcome === 'none') {
      finish()
      onDone()
      return false
    }
    if (outcome === 'notRead' || (outcome === 'noRoom' && waits)) {
      isBlocked = true
      return false
    }
    if (outcome !== 'sent') skip(1)
    next += 1
    return true
  }
  const wake = () => {
    const now = elapsed()
    leaveOut(now)
    for (let turn = 0; turn < mostInTurn && !isDone(); turn++) {
      const due = times.dueAt(next)
      if (due > now) break
      if (!sendNext(now - due)) return
    }
    if (isDone()) {
      finish()
      onDone()
    } else cancel = clock.after(Math.max(0, startedAt + times.dueAt(next) - clock.now()), wake)
  }
  wake()
  return {
    resume: () => {
      if (!isBlocked || isOver) return
      isBlocked = false
      cancel()
      cancel = clock.after(0, wake)
    },
    stop: finish,
    late: () => (isOver ? 0 : Math.max(0, Math.min(times.countWithin(elapsed()), until ?? Infinity) - next)),
    startedAt,
  }
}
