// Why it is so: build/docs/decisions/19-a-replay-keeps-its-times.md
import type { ReplayPlan, ReplayStatus } from '#shared/model/recordings'
import type { AppError } from '#shared/result'
import type { SenderRoute } from '../../senders/clients/senderRoute'
import { createSenderTally, type SenderTally } from '../../senders/counts/senderTally'
import type { SenderClock } from '../../senders/schedule/senderClock'
import type { MessageSource } from '../messageSource'
import { createReadAhead } from './readAhead'
import { createReplayCounts } from './replayCounts'
import { createReplayPace, type ReplayPace } from './replayPace'
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
  const counts = createReplayCounts(tally)
  const pace = createReplayPace(plan.pace, clock)
  const reading = new AbortController()
  let error: AppError | null = null
  let phase: ReplayStatus['phase'] = plan.pace.kind === 'step' ? 'paused' : 'running'
  let cancel: () => void = () => undefined
  /** More is sent when messages are answered. */
  let isBlocked = false
  let toldAt = -Infinity

  const status = (): ReplayStatus => ({
    ...identityOf(parts),
    total: source.summary.messages,
    ...counts.told(),
    driftMs: pace.driftMs(),
    phase,
    error,
  })
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
  const wakeSoon = (milliseconds: number) => {
    cancel()
    cancel = clock.after(milliseconds, wake)
  }
  const settle = (why: AppError | null, bytes: number) => {
    tally.noteAnswer(bytes, why)
    finishIfDone()
    if (isBlocked && !isOver() && tally.unanswered() <= mostUnanswered * resumesAt) wakeSoon(0)
    if (isOver() && tally.unanswered() === 0) tell()
  }
  const send = ({ message }: Extract<Replayed, { kind: 'message' }>) => {
    const bytes = message.payload.length
    const problem = route.send(0, message, (result) => settle(result.ok ? null : result.error, bytes))
    if (!problem) tally.noteSent(bytes)
    else if (problem.code === 'notConnected') finish('connectionEnded', problem)
    else counts.noteUnsendable(problem)
    pace.noteSent()
  }
  /** Sends the next one where it is due; answers for how long nothing is: null = until something else happens. */
  const sendNext = (): number | null => {
    const next = ahead.peek()
    isBlocked = next !== null && !hasRoom(tally)
    if (!next || isBlocked) return null
    const wait = next.replayed.kind === 'message' ? pace.waitFor(next.recorded) : 0
    if (wait > 0) return wait
    ahead.take()
    counts.noteRead()
    if (next.replayed.kind === 'message') send(next.replayed)
    else counts.noteLeft(next.replayed)
    return 0
  }
  const wake = () => {
    let wait: number | null = 0
    for (let turn = 0; turn < mostInTurn && wait === 0 && !isOver(); turn++)
      wait = phase === 'running' || pace.isStepping() ? sendNext() : null
    finishIfDone()
    if (wait !== null && !isOver()) wakeSoon(wait)
    // Before a long rest all is told, as nothing follows that would tell it.
    const rests = wait !== null && wait > tellEveryMs
    if (rests || clock.now() - toldAt >= tellEveryMs || phase === 'paused') tell()
  }
  const ahead = createReadAhead({
    messages: source.read(rangeOf(plan, reading.signal)),
    madeOf: createReplayedMessages(plan, parts),
    onMore: () => wakeSoon(0),
    onEnd: finishIfDone,
    onFailure: (why) => finish('failed', why),
  })
  const turnTo = (next: 'running' | 'paused') => {
    phase = next
    pace.beginAnew()
    wakeSoon(0)
    tell()
  }
  tell()

  return {
    status,
    ...createTurns({
      plan,
      phase: () => phase,
      turnTo,
      pace,
    }),
    end: (next) => finish(next),
  }
}

interface TurnsParts {
  readonly plan: ReplayPlan
  readonly phase: () => ReplayStatus['phase']
  readonly turnTo: (next: 'running' | 'paused') => void
  readonly pace: Pick<ReplayPace, 'step'>
}

/** What a person does with one that is not over. */
const createTurns = ({ plan, phase, turnTo, pace }: TurnsParts): Pick<Replay, 'pause' | 'resume' | 'step'> => ({
  pause: () => {
    if (phase() === 'running') turnTo('paused')
  },
  resume: () => {
    if (phase() === 'paused' && plan.pace.kind !== 'step') turnTo('running')
  },
  step: () => {
    if (phase() !== 'running' && phase() !== 'paused') return
    pace.step()
    turnTo('paused')
  },
})

/** What it is, whatever becomes of it. */
const identityOf = ({ plan: { connectionId, sourceId, pace }, sourceName }: ReplayParts) => ({
  connectionId,
  sourceId,
  sourceName,
  pace,
})

const hasRoom = (tally: SenderTally): boolean =>
  tally.unanswered() < mostUnanswered && tally.unansweredBytes() < mostUnansweredBytes

const rangeOf = ({ from, to }: ReplayPlan, signal: AbortSignal) => ({
  ...(from === null ? {} : { from }),
  ...(to === null ? {} : { to }),
  signal,
})
