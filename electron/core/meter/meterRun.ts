import { flags } from '#shared/model/frame'
import type { MeterNote, MeterPhase, MeterRequest, MeterStatus } from '#shared/model/meter'
import type { Qos } from '#shared/model/qos'
import type { Stamp } from '#shared/model/stamp'
import { readSubscriptionIdentifiers } from '#shared/mqtt/publishProperties'
import { isSharedFilter } from '#shared/mqtt/topicFilter'
import type { SenderEnd } from '#shared/model/sender'
import type { AppError, Result } from '#shared/result'
import type { WireMessage } from '../broker/message/wireMessage'
import type { BrokerSession } from '../broker/session/brokerSession'
import type { HeardArrival } from '../broker/session/heardMessages'
import type { HeldFilter } from '../broker/subscriptions/ownFilters'
import type { SenderMeasure } from '../senders/clients/senderRoute'
import type { SenderClock } from '../senders/schedule/senderClock'
import type { Arrival } from './counts/arrivals'
import { createForeignRuns } from './foreignRuns'
import { createOwnRun } from './ownRun'
import { stampedRoute } from './stampedRoute'
import { createStampReader, topicWithoutStamp } from './stamping'

/** What a meter needs of the session on which messages arrive. */
export type MeterSession = Pick<BrokerSession, 'listenToAll' | 'holdFilter'>

export interface MeterRunParts {
  readonly request: MeterRequest
  /** In the stamps. */
  readonly run: string
  readonly session: MeterSession
  readonly clock: SenderClock
  /** Milliseconds since 1970 at which the clock showed 0. */
  readonly clockOrigin: number
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Whether it is a run of this application, now or before. */
  readonly isOwn: (run: string) => boolean
  /** Starts the sender; fails as that does. */
  readonly startSender: (measure: SenderMeasure) => Promise<Result<null>>
  readonly stopSender: () => void
  /** Of the sender; null = it has no end, or is not known. */
  readonly planned: () => number | null
  readonly onChange: () => void
}

/** One meter, from its subscription to its last message. */
export interface MeterRun {
  status(): MeterStatus
  begin(): void
  /** Sends no more, and waits for what is on its way; once more, or where others send: it is over. */
  stop(): void
  /** What became of the connection on which messages arrive. `ended` = it does not come back by itself. */
  receiverChanged(state: 'online' | 'away' | 'ended'): void
  /** Ends it at once and tells nothing more. */
  close(): void
}

/** What changed is told, and what is late is looked for, so often. */
const everyMs = 250

type FinishReason = Extract<MeterPhase, { kind: 'finished' }>['why']

/**
 * The subscription comes first: what is sent is not sent before the broker has granted it. When all is sent, the meter is over as
 * soon as nothing has come for as long as a message may take; not while the receiver is away, because a Session may bring what
 * was sent meanwhile.
 */
export const createMeterRun = (parts: MeterRunParts): MeterRun => {
  const { request, run, session, clock, clockOrigin, now, onChange } = parts
  const { send, receive, stamp, lateAfterMs } = request
  const own = createOwnRun(lateAfterMs)
  const foreign = createForeignRuns()
  const startedAt = now()
  let phase: MeterPhase = { kind: 'subscribing' }
  let endedAt: number | null = null
  let held: HeldFilter | null = null
  let stopListening: (() => void) | null = null
  let cancelTick: (() => void) | null = null
  let lastEventAt = 0
  let isAway = false
  let wasAway = false
  let finishesAs: FinishReason = 'complete'
  let granted: Qos | null = null

  const steadyNow = () => clockOrigin + clock.now()
  const isOver = () => phase.kind === 'finished' || phase.kind === 'failed'
  const enter = (next: MeterPhase) => {
    phase = next
    onChange()
  }
  const letGo = () => {
    cancelTick?.()
    stopListening?.()
    held?.release()
    own.passed(clock.now(), true)
    endedAt = now()
  }
  const end = (next: Extract<MeterPhase, { kind: 'finished' | 'failed' }>) => {
    if (isOver()) return
    letGo()
    enter(next)
    parts.stopSender()
  }
  const finish = (why: FinishReason) => end({ kind: 'finished', why })
  const fail = (error: AppError) => end({ kind: 'failed', error })

  const tick = () => {
    own.passed(clock.now(), false)
    const isQuiet = !isAway && clock.now() - lastEventAt > lateAfterMs
    if (phase.kind === 'settling' && isQuiet) {
      finish(finishesAs)
      return
    }
    cancelTick = clock.after(everyMs, tick)
    onChange()
  }
  const settle = (why: SenderEnd | null) => {
    if (phase.kind !== 'running') return
    if (why?.kind === 'impossible') {
      fail(why.error)
      return
    }
    if (why && why.kind !== 'finished') finishesAs = why.kind
    lastEventAt = clock.now()
    enter({ kind: 'settling' })
  }
  const measure: SenderMeasure = {
    routeOver: (route) =>
      stampedRoute(route, {
        run,
        place: stamp,
        now: steadyNow,
        onSent: (_sequence, qos) => own.noteSent(qos),
        onAnswer: own.noteAnswer,
      }),
    onAllSent: settle,
  }

  const hear = createHearing(parts, (found, arrival) => {
    lastEventAt = clock.now()
    if (found.run === run) {
      // A number that was not sent is not ours, whatever it says.
      if (found.sequence < own.counts().sent) own.noteArrival(arrival)
    } else if (!parts.isOwn(found.run)) foreign.note(found.run, arrival)
  })
  const startSending = async () => {
    enter({ kind: 'running' })
    cancelTick = clock.after(everyMs, tick)
    if (!send) return
    const started = await parts.startSender(measure)
    if (!started.ok) fail(started.error)
  }
  const notes = (): MeterNote[] => [
    ...(isSharedFilter(receive.filter) ? (['sharedSubscription'] as const) : []),
    ...(stamp.carrier === 'topicLevel' ? (['topicsHaveNoOrder'] as const) : []),
    ...(wasAway ? (['receiverWasAway'] as const) : []),
    ...(foreign.hasMore() ? (['moreForeignRuns'] as const) : []),
  ]

  return {
    begin: () => {
      stopListening = session.listenToAll(hear)
      held = session.holdFilter(receive.filter)
      const holding = held
      void holding.granted.then((error) => {
        if (isOver()) return
        const state = holding.state()
        if (state.phase === 'granted') granted = state.qos
        if (error) fail(error)
        else void startSending()
      })
      onChange()
    },
    stop: () => {
      const isAskedAgain = phase.kind === 'settling'
      if (phase.kind === 'running' && send) parts.stopSender()
      // Where nothing was sent yet, there is nothing to wait for.
      if (phase.kind !== 'settling' || isAskedAgain) finish('stopped')
    },
    receiverChanged: (state) => {
      if (state === 'ended') finish('connectionEnded')
      else if (state === 'away') isAway = wasAway = true
      else if (isAway) {
        isAway = false
        lastEventAt = clock.now()
      }
    },
    close: () => {
      if (isOver()) return
      letGo()
      phase = { kind: 'finished', why: 'stopped' }
    },
    status: () => ({
      meterId: request.meterId,
      run,
      sendOn: send?.connectionId ?? null,
      topic: send ? topicOf(send.plan.source) : '',
      receiveOn: receive.connectionId,
      filter: receive.filter,
      stamp,
      lateAfterMs,
      phase,
      startedAt,
      endedAt,
      planned: parts.planned(),
      grantedQos: granted,
      counts: own.counts(),
      latencies: own.latencies(),
      byQos: own.byQos(),
      firstRefusal: own.firstRefusal(),
      foreign: foreign.all(),
      notes: notes(),
    }),
  }
}

const topicOf = (source: NonNullable<MeterRequest['send']>['plan']['source']): string =>
  (source.kind === 'list' ? source.steps[0]?.message : source.message)?.topic ?? ''

/** Reads the stamps of what arrives. */
const createHearing = (
  { request, clock, clockOrigin }: Pick<MeterRunParts, 'request' | 'clock' | 'clockOrigin'>,
  take: (stamp: Stamp, arrival: Omit<Arrival, 'wasResent'> & { readonly wasResent: false }) => void,
) => {
  const readStamp = createStampReader(request.stamp)
  return (message: WireMessage, { kind, flags: bits, filters }: HeardArrival): void => {
    const stamp = kind === 'sent' ? null : readStamp(message)
    if (!stamp || kind === 'sent') return
    take(stamp, {
      sequence: stamp.sequence,
      topic: topicWithoutStamp(message.topic.text, request.stamp),
      sentQos: stamp.qos,
      qos: bits & flags.qosMask,
      latencyMs: clockOrigin + clock.now() - stamp.sentAt,
      kind,
      isDup: (bits & flags.dup) !== 0,
      isStored: (bits & flags.stored) !== 0,
      unmarkedCopies: filters.length > 1 && !namesItsSubscription(message) ? filters.length - 1 : 0,
      wasResent: false,
    })
  }
}

const namesItsSubscription = ({ source, start, payloadStart }: WireMessage): boolean =>
  payloadStart > start && readSubscriptionIdentifiers(source, { start, end: payloadStart }).length > 0
