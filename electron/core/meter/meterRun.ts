import { flags } from '#shared/model/frame'
import type { MeterNote, MeterRequest, MeterStatus } from '#shared/model/meter'
import type { Qos } from '#shared/model/qos'
import type { Stamp } from '#shared/model/stamp'
import { readSubscriptionIdentifiers } from '#shared/mqtt/publishProperties'
import { isSharedFilter } from '#shared/mqtt/topicFilter'
import type { Result } from '#shared/result'
import type { WireMessage } from '../broker/message/wireMessage'
import type { BrokerSession } from '../broker/session/brokerSession'
import type { HeardArrival } from '../broker/session/heardMessages'
import type { HeldFilter } from '../broker/subscriptions/ownFilters'
import type { SenderMeasure } from '../senders/clients/senderRoute'
import type { SenderClock } from '../senders/schedule/senderClock'
import type { Arrival } from './counts/arrivals'
import { createForeignRuns } from './foreignRuns'
import { createMeterCourse, type MeterCourse } from './meterCourse'
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
export interface MeterRun extends Pick<MeterCourse, 'stop' | 'receiverChanged' | 'close'> {
  status(): MeterStatus
  begin(): void
}

/** The subscription comes first: nothing is sent before the broker has granted it. */
export const createMeterRun = (parts: MeterRunParts): MeterRun => {
  const { request, run, session, clock, clockOrigin, now, onChange } = parts
  const { send, receive, stamp, lateAfterMs } = request
  const own = createOwnRun(lateAfterMs)
  const foreign = createForeignRuns()
  const startedAt = now()
  let endedAt: number | null = null
  let held: HeldFilter | null = null
  let stopListening: (() => void) | null = null
  let granted: Qos | null = null

  const course = createMeterCourse({
    clock,
    lateAfterMs,
    sends: send !== null,
    stopSender: parts.stopSender,
    onTick: () => own.passed(clock.now(), false),
    onOver: () => {
      stopListening?.()
      held?.release()
      own.passed(clock.now(), true)
      endedAt = now()
      parts.stopSender()
    },
    onChange,
  })
  const measure: SenderMeasure = {
    routeOver: (route) =>
      stampedRoute(route, {
        run,
        place: stamp,
        now: () => clockOrigin + clock.now(),
        onSent: (_sequence, qos) => own.noteSent(qos),
        onAnswer: own.noteAnswer,
      }),
    onAllSent: course.allSent,
  }
  const hear = createHearing(parts, (found, arrival) => {
    course.arrived()
    if (found.run === run) own.noteArrival(arrival)
    else if (!parts.isOwn(found.run)) foreign.note(found.run, arrival)
  })
  const startSending = async () => {
    course.granted()
    if (!send) return
    const started = await parts.startSender(measure)
    if (!started.ok) course.fail(started.error)
  }

  return {
    begin: () => {
      stopListening = session.listenToAll(hear)
      const holding = session.holdFilter(receive.filter)
      held = holding
      void holding.granted.then((error) => {
        if (course.isOver()) return
        const state = holding.state()
        if (state.phase === 'granted') granted = state.qos
        if (error) course.fail(error)
        else void startSending()
      })
      onChange()
    },
    stop: course.stop,
    receiverChanged: course.receiverChanged,
    close: course.close,
    status: () => ({
      ...factsOf(request),
      run,
      phase: course.phase(),
      startedAt,
      endedAt,
      planned: parts.planned(),
      grantedQos: granted,
      counts: own.counts(),
      latencies: own.latencies(),
      byQos: own.byQos(),
      firstRefusal: own.firstRefusal(),
      foreign: foreign.all(),
      notes: notesOf(request, { wasAway: course.wasAway(), hasMore: foreign.hasMore() }),
    }),
  }
}

/** What of a meter never changes. */
const factsOf = ({ meterId, send, receive, stamp, lateAfterMs }: MeterRequest) => ({
  meterId,
  sendOn: send?.connectionId ?? null,
  topic: send ? topicOf(send.plan.source) : '',
  receiveOn: receive.connectionId,
  filter: receive.filter,
  stamp,
  lateAfterMs,
})

/** Of a script or a recording no topic is known before it sends. */
const topicOf = (source: NonNullable<MeterRequest['send']>['plan']['source']): string => {
  if (source.kind === 'script' || source.kind === 'recording') return ''
  return (source.kind === 'list' ? source.steps[0]?.message : source.message)?.topic ?? ''
}

const notesOf = (
  { receive, stamp }: MeterRequest,
  { wasAway, hasMore }: { readonly wasAway: boolean; readonly hasMore: boolean },
): MeterNote[] => [
  ...(isSharedFilter(receive.filter) ? (['sharedSubscription'] as const) : []),
  ...(stamp.carrier === 'topicLevel' ? (['topicsHaveNoOrder'] as const) : []),
  ...(wasAway ? (['receiverWasAway'] as const) : []),
  ...(hasMore ? (['moreForeignRuns'] as const) : []),
]

/** Reads the stamps of what arrives. */
const createHearing = (
  { request, clock, clockOrigin }: Pick<MeterRunParts, 'request' | 'clock' | 'clockOrigin'>,
  take: (stamp: Stamp, arrival: Omit<Arrival, 'wasResent'>) => void,
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
    })
  }
}

const namesItsSubscription = ({ source, start, payloadStart }: WireMessage): boolean =>
  payloadStart > start && readSubscriptionIdentifiers(source, { start, end: payloadStart }).length > 0
