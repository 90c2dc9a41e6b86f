import type { SenderEnd, SenderPlan } from '#shared/model/sender'
import type { AppError } from '#shared/result'
import type { SenderRoute } from './clients/senderRoute'
import type { SenderTally } from './counts/senderTally'
import { createSendTimes, type SendTimes } from './counts/sendTimes'
import { planTimes, type PlannedTimes } from './schedule/plannedTimes'
import { startSchedule, type Schedule, type SendOutcome } from './schedule/schedule'
import type { SenderClock } from './schedule/senderClock'
import type { SenderSource } from './source/senderSource'

export interface SendingParts {
  readonly plan: SenderPlan
  readonly source: SenderSource
  readonly route: SenderRoute
  readonly clock: SenderClock
  /** Chooses what is random of its times. */
  readonly seed: number
  readonly tally: SenderTally
  /** No message is to be sent any more, or none can be. */
  readonly onEnd: (why: SenderEnd) => void
  /** The last message was given to the connection; answers may still come. */
  readonly onAllSent: () => void
  /** Called with each answer, when it is counted. */
  readonly onAnswered: () => void
}

/** The messages of a plan on their way out, one after the other. */
export interface Sending {
  readonly times: PlannedTimes
  /** Sends the first at once. */
  start(): void
  /** There is more after a message was not read yet. */
  resume(): void
  stop(): void
  sendTimes(): SendTimes
  /** Null = it has not begun. */
  schedule(): Schedule | null
  /** Milliseconds by which the latest message was later than its time. */
  driftMs(): number
}

export const createSending = (parts: SendingParts): Sending => {
  const { plan, source, route, clock, tally, onEnd, onAnswered } = parts
  const { devices, end } = plan
  const times = planTimes({ ...plan, recorded: source.recorded }, parts.seed)
  const room = roomOf(plan, times)
  const laneOf = plan.pace.kind === 'interval' ? (number: number) => number % devices.count : () => 0
  let sendTimes = createSendTimes(clock.now(), devices.count)
  let schedule: Schedule | null = null
  let isAllSent = false
  let isStopped = false
  let driftMs = 0

  const stop = () => {
    isStopped = true
    schedule?.stop()
  }
  const finishIfAnswered = () => {
    if (isAllSent && tally.unanswered() === 0) onEnd({ kind: 'finished' })
  }
  const settle = (bytes: number, error: AppError | null) => {
    tally.noteAnswer(bytes, error)
    finishIfAnswered()
    onAnswered()
    // Not with each answer: what goes out together is written, read and answered together.
    if (tally.unanswered() <= room * resumesAt && tally.unansweredBytes() <= mostUnansweredBytes * resumesAt)
      schedule?.resume()
  }
  const endWith = (why: SenderEnd): SendOutcome => {
    onEnd(why)
    return 'none'
  }
  const send = (number: number, lateMs: number): SendOutcome => {
    if (end.count !== null && tally.sent() >= end.count) return 'none'
    if (tally.unanswered() >= room || tally.unansweredBytes() >= mostUnansweredBytes) return 'noRoom'
    const device = number % devices.count
    if (!route.isOnline(device)) return 'leftOut'
    const made = source.next(number)
    if (made === 'notRead' || made === 'none') return made
    if (!made.ok) return endWith({ kind: 'impossible', error: made.error })
    const bytes = made.value.payload.length
    const problem = route.send(device, made.value, (result) => settle(bytes, result.ok ? null : result.error))
    if (problem) return endWith(endFor(problem))
    tally.noteSent(bytes)
    sendTimes.note(clock.now(), laneOf(number))
    driftMs = lateMs
    return 'sent'
  }

  return {
    times,
    start: () => {
      sendTimes = createSendTimes(clock.now(), devices.count)
      schedule = startSchedule({
        clock,
        times,
        until: untilOf(parts, times),
        waits: plan.whenSlow === 'wait',
        mostAtOnce: room,
        send,
        skip: tally.noteSkipped,
        onDone: () => {
          isAllSent = true
          parts.onAllSent()
          finishIfAnswered()
        },
      })
      // The first message goes out before there is anything to stop: where it could not be made, no other is.
      if (isStopped) schedule.stop()
    },
    resume: () => schedule?.resume(),
    stop,
    sendTimes: () => sendTimes,
    schedule: () => schedule,
    driftMs: () => driftMs,
  }
}

/** A recording is over with its last message, and not when the next one would come. */
const untilOf = ({ plan: { end }, source }: SendingParts, times: PlannedTimes): number | null => {
  const ends = [end.afterMs === null ? null : times.countWithin(end.afterMs), source.recorded && source.total()]
  const known = ends.filter((one) => one !== null)
  return known.length === 0 ? null : Math.min(...known)
}

const endFor = (error: AppError): SenderEnd =>
  error.code === 'notConnected' ? { kind: 'connectionEnded', error: null } : { kind: 'impossible', error }

/** What of the payloads may wait for answers. */
const mostUnansweredBytes = 16 * 2 ** 20
/** More is sent when so much of the room is taken. */
const resumesAt = 0.75

/** Messages that may wait for their answers. */
const mostUnanswered = { least: 100, skip: 5_000, wait: 1_000 } as const

/**
 * So many may: those of about a second, so that a broker or a computer that is busy for a moment keeps nothing from being sent, and
 * all that are due together. Where nothing is lost by it, fewer: a broker looks for each answer among all that it has not completed.
 */
const roomOf = ({ whenSlow, pace, shape, devices }: SenderPlan, times: PlannedTimes): number => {
  const most = mostUnanswered[whenSlow]
  const together = shape.burst * (pace.kind === 'pauses' ? devices.count : 1)
  // How many of a recording come together is not known.
  const wanted = pace.kind === 'recorded' ? most : Math.ceil(times.rateAt(Infinity) ?? 0)
  const inSecond = Math.min(most, Math.max(mostUnanswered.least, wanted))
  return whenSlow === 'skip' ? Math.max(inSecond, together) : inSecond
}
