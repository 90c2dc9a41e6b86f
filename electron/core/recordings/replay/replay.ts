// Why it is so: build/docs/decisions/19-a-replay-keeps-its-times.md
import type { ReplayPlan, ReplayStatus } from '#shared/model/recordings'
import type { RecordedMessage } from '#shared/recording/recordedMessage'
import type { AppError } from '#shared/result'
import type { SenderRoute } from '../../senders/clients/senderRoute'
import { createSenderTally } from '../../senders/counts/senderTally'
import type { SenderClock } from '../../senders/schedule/senderClock'
import type { MessageSource } from '../messageSource'
import { millisecondsOf } from '../recordedWire'
import { createDrift } from './drift'
import { createReadAhead, type ReadAhead } from './readAhead'
import { createReplayedMessages, type Replayed } from './replayedMessage'

export interface ReplayParts {
  readonly plan: ReplayPlan
  readonly sourceName: string
  readonly source: MessageSource
  readonly route: SenderRoute
  /** Whether the connection is one of MQTT 5. */
  readonly takesProperties: boolean
  readonly clock: SenderClock
  readonly onChange: (status: ReplayStatus) => void
}

/** Sends what was recorded once more. */
export interface Replay {
  status(): ReplayStatus
  pause(): void
  resume(): void
  /** One message, which pauses it. */
  step(): void
  end(phase: 'stopped' | 'connectionEnded'): void
}

/** Messages that may wait for their answers: those of about a second, as senders have it. */
const mostUnanswered = 1_000
const mostUnansweredBytes = 16 * 2 ** 20
const resumesAt = 0.75
/** So many are sent before other work has its turn. */
const mostInTurn = 200
const tellEveryMs = 250

export const createReplay = (parts: ReplayParts): Replay => {
  const { plan, source, route, clock, onChange } = parts
  const tally = createSenderTally()
  const drift = createDrift()
  const madeOf = createReplayedMessages(plan, parts)
  const counts = { read: 0, leftOut: 0, echoes: 0, unsendable: 0 }
  const reading = new AbortController()
  let firstProblem: AppError | null = null
  let error: AppError | null = null
  let phase: ReplayStatus['phase'] = plan.pace.kind === 'step' ? 'paused' : 'running'
  /** What of the recording stands at what time of the clock; null = with the next message. */
  let anchor: { readonly recorded: number; readonly at: number } | null = null
  let latest = 0
  let cancel: () => void = () => undefined
  /** More is sent when messages are answered. */
  let isBlocked = false
  let stepsLeft = plan.pace.kind === 'step' ? 1 : 0
  let toldAt = -Infinity

  const status = (): ReplayStatus => {
    const { sent, acknowledged, refused, lost, interrupted } = tally.counts()
    return {
      connectionId: plan.connectionId,
      sourceId: plan.sourceId,
      sourceName: parts.sourceName,
      pace: plan.pace,
      total: source.summary.messages,
      ...counts,
      sent,
      acknowledged,
      refused,
      lost: lost + interrupted,
      firstProblem: tally.firstRefusal() ?? firstProblem,
      driftMs: drift.told(),
      phase,
      error,
    }
  }
  const tell = () => {
    toldAt = clock.now()
    onChange(status())
  }
  const isOver = () => phase !== 'running' && phase !== 'paused'
  const finish = (next: ReplayStatus['phase'], why: AppError | null = null) => {
    if (isOver()) return
    phase = next
    error = why
    cancel()
    reading.abort()
    void source.close()
    tell()
  }
  const finishIfDone = () => {
    if (ahead.isDone() && tally.unanswered() === 0) finish('finished')
  }
  const hasRoom = () => tally.unanswered() < mostUnanswered && tally.unansweredBytes() < mostUnansweredBytes
  const wakeSoon = (milliseconds: number) => {
    cancel()
    cancel = clock.after(milliseconds, wake)
  }
  const settle = (bytes: number, why: AppError | null) => {
    tally.noteAnswer(bytes, why)
    finishIfDone()
    if (isBlocked && !isOver() && tally.unanswered() <= mostUnanswered * resumesAt) {
      isBlocked = false
      wakeSoon(0)
    }
    if (isOver() && tally.unanswered() === 0) tell()
  }

  /** By how much it is due later; 0 = it is due. */
  const waitFor = (message: RecordedMessage): number => {
    if (plan.pace.kind !== 'recorded') return 0
    // Times that go back are sent at once, and a message without a time with the one before it.
    latest = message.time === null ? latest : Math.max(latest, millisecondsOf(message.time))
    anchor ??= { recorded: latest, at: clock.now() }
    const due = anchor.at + (latest - anchor.recorded) / plan.pace.factor
    const wait = due - clock.now()
    if (wait <= 0) drift.note(-wait)
    return Math.max(0, wait)
  }
  const noteLeft = (replayed: Exclude<Replayed, { kind: 'message' }>) => {
    if (replayed.kind === 'unsendable') noteUnsendable(replayed.error)
    else if (replayed.kind === 'echo') counts.echoes += 1
    else counts.leftOut += 1
  }
  const noteUnsendable = (why: AppError) => {
    counts.unsendable += 1
    firstProblem ??= why
  }
  const send = ({ message }: Extract<Replayed, { kind: 'message' }>) => {
    const bytes = message.payload.length
    const problem = route.send(0, message, (result) => settle(bytes, result.ok ? null : result.error))
    if (!problem) tally.noteSent(bytes)
    else if (problem.code === 'notConnected') finish('connectionEnded', problem)
    else noteUnsendable(problem)
  }
  /** Sends the next one where it is due; answers for how long nothing is: null = until something else happens. */
  const sendNext = (): number | null => {
    if (!hasRoom()) {
      isBlocked = true
      return null
    }
    const next = ahead.peek()
    if (!next) return null
    const wait = stepsLeft > 0 || next.replayed.kind !== 'message' ? 0 : waitFor(next.recorded)
    if (wait > 0) return wait
    ahead.take()
    counts.read += 1
    if (next.replayed.kind !== 'message') {
      noteLeft(next.replayed)
      return 0
    }
    send(next.replayed)
    if (stepsLeft > 0) {
      stepsLeft -= 1
      anchor = null
    }
    return 0
  }
  const wake = () => {
    let wait: number | null = 0
    for (let turn = 0; turn < mostInTurn && wait === 0 && !isOver(); turn++)
      wait = phase === 'running' || stepsLeft > 0 ? sendNext() : null
    finishIfDone()
    if (isOver()) return
    if (wait !== null) wakeSoon(wait)
    if (clock.now() - toldAt >= tellEveryMs || phase === 'paused') tell()
  }
  const ahead: ReadAhead = createReadAhead({
    messages: source.read({
      ...(plan.from === null ? {} : { from: plan.from }),
      ...(plan.to === null ? {} : { to: plan.to }),
      signal: reading.signal,
    }),
    madeOf,
    onMore: () => wakeSoon(0),
    onEnd: finishIfDone,
    onFailure: (why) => finish('failed', why),
  })
  tell()

  return {
    status,
    pause: () => {
      if (phase !== 'running') return
      phase = 'paused'
      cancel()
      tell()
    },
    resume: () => {
      if (phase !== 'paused' || plan.pace.kind === 'step') return
      phase = 'running'
      anchor = null
      isBlocked = false
      wakeSoon(0)
      tell()
    },
    step: () => {
      if (isOver()) return
      phase = 'paused'
      stepsLeft += 1
      wakeSoon(0)
    },
    end: (next) => finish(next),
  }
}
