import type { SenderEnd, SenderPlan, SenderRequest, SenderStatus } from '#shared/model/sender'
import type { SenderRoute } from './clients/senderRoute'
import type { SenderTally } from './counts/senderTally'
import type { PlannedTimes } from './schedule/plannedTimes'
import type { Sending } from './sending'
import type { SenderSource } from './source/senderSource'

interface StatusParts {
  readonly request: SenderRequest
  readonly source: Pick<SenderSource, 'topic' | 'qos' | 'total' | 'leftOut'>
  readonly route: Pick<SenderRoute, 'clientsOnline' | 'clientsLost'>
  /** Milliseconds since 1970. */
  readonly startedAt: number
  readonly tally: SenderTally
  readonly sending: Sending
  readonly ended: SenderEnd | null
  /** By the clock of the schedule: the time, or that of its end. */
  readonly now: number
}

/** What is told of a sender. */
export const statusOf = (parts: StatusParts): SenderStatus => {
  const { request, source, route, tally, sending, ended, now } = parts
  const { plan } = request
  const { times } = sending
  const schedule = sending.schedule()
  const sendTimes = sending.sendTimes()
  const elapsed = schedule ? Math.max(0, now - schedule.startedAt) : 0
  const total = source.total()
  return {
    connectionId: request.connectionId,
    senderId: plan.id,
    name: plan.name,
    topic: source.topic,
    qos: source.qos,
    pace: plan.pace,
    devices: plan.devices.count,
    startedAt: parts.startedAt,
    counts: tally.counts(),
    unanswered: tally.unanswered(),
    late: plan.whenSlow === 'wait' && schedule ? schedule.late() : 0,
    planned: plannedOf(plan, times, total),
    progress: ended?.kind === 'finished' ? 1 : progressOf(plan, { tally, total, elapsed }),
    rate: sendTimes.rate(now),
    wantedRate: times.rateAt(elapsed),
    driftMs: sending.driftMs(),
    intervals: sendTimes.intervals(),
    recent: sendTimes.recent(now),
    clientsOnline: route.clientsOnline(),
    clientsLost: route.clientsLost(),
    firstRefusal: tally.firstRefusal(),
    ...(source.leftOut && { leftOut: source.leftOut }),
    end: ended,
  }
}

const plannedOf = ({ end }: SenderPlan, times: PlannedTimes, total: number | null): number | null => {
  const byTime = end.afterMs === null ? null : times.countWithin(end.afterMs)
  const known = [end.count, byTime, total].filter((count) => count !== null)
  return known.length === 0 ? null : Math.min(...known)
}

interface Progress {
  readonly tally: SenderTally
  readonly total: number | null
  /** Milliseconds since its first message. */
  readonly elapsed: number
}

const progressOf = ({ end }: SenderPlan, { tally, total, elapsed }: Progress): number | null => {
  const done = tally.counts()
  const parts = [
    end.count === null ? null : done.sent / end.count,
    total === null ? null : (done.sent + done.skipped) / total,
    end.afterMs === null ? null : elapsed / end.afterMs,
  ].filter((part) => part !== null)
  return parts.length === 0 ? null : Math.min(1, Math.max(...parts))
}
