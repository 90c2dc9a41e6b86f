import { randomBytes } from 'node:crypto'
import { isMeasuring, meterLimits, type MeterKey, type MeterRequest, type MeterStatus } from '#shared/model/meter'
import type { ProfileId } from '#shared/model/profile'
import type { SessionStatus } from '#shared/model/session'
import { fail, ok, type Result } from '#shared/result'
import { computerClock, type SenderClock } from '../senders/schedule/senderClock'
import type { SenderRegistry } from '../senders/senderRegistry'
import { createMeterRun, type MeterRun, type MeterSession } from './meterRun'

export interface MeterRegistryParts {
  readonly sessions: {
    readonly get: (id: ProfileId) => (MeterSession & { status(): SessionStatus }) | undefined
  }
  readonly senders: Pick<SenderRegistry, 'start' | 'stop' | 'remove' | 'statuses'>
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Called with what a meter counts, some times a second. */
  readonly onChange: (status: MeterStatus) => void
  readonly onRemoved: (key: MeterKey) => void
  /** Default: the computer's steady clock. */
  readonly clock?: SenderClock
}

/** The meters of all connections. */
export interface MeterRegistry {
  /**
   * Subscribes, and sends when that is granted. Fails with `notConnected`, with `propertiesNeedMqtt5` where stamps are properties
   * and cannot arrive, with `tooManyMeters`, and with `nameTaken` where there is one with this id.
   */
  start(request: MeterRequest): Result<null>
  /** Sends no more, and waits for what is on its way; once more: it is over. Fails with `notFound`. */
  stop(key: MeterKey): Result<null>
  /** Ends it and forgets what it counted. Fails with `notFound`. */
  remove(key: MeterKey): Result<null>
  statuses(): MeterStatus[]
  sessionChanged(status: SessionStatus): void
  sessionRemoved(id: ProfileId): void
  close(): void
}

/** Run names of this application that are remembered, so that what comes late of one is not taken for that of somebody else. */
const mostRunNames = 1_000

export const createMeterRegistry = (parts: MeterRegistryParts): MeterRegistry => {
  const { sessions, senders, now, onChange, onRemoved, clock = computerClock } = parts
  const meters = new Map<string, { readonly request: MeterRequest; readonly run: MeterRun }>()
  const ownRuns = new Set<string>()

  const nameRun = (): string => {
    const name = randomBytes(4).toString('hex')
    ownRuns.add(name)
    const [oldest] = ownRuns
    if (ownRuns.size > mostRunNames && oldest !== undefined) ownRuns.delete(oldest)
    return name
  }
  const forget = (meterId: string) => {
    meters.get(meterId)?.run.close()
    meters.delete(meterId)
    onRemoved({ meterId })
  }
  /** Makes room for one more; false = all of them are running. */
  const makeRoom = (): boolean => {
    if (meters.size < meterLimits.meters) return true
    const over = [...meters].find(([, { run }]) => !isMeasuring(run.status()))
    if (over) forget(over[0])
    return over !== undefined
  }
  const create = (request: MeterRequest, session: MeterSession): MeterRun => {
    const { send, meterId } = request
    const key = { connectionId: send?.connectionId ?? '', senderId: send?.plan.id ?? '' }
    const sender = () =>
      senders.statuses().find((one) => one.connectionId === key.connectionId && one.senderId === key.senderId)
    let planned = send?.plan.end.count ?? null
    const run = createMeterRun({
      request,
      run: nameRun(),
      session,
      clock,
      clockOrigin: performance.timeOrigin,
      now,
      isOwn: (name) => ownRuns.has(name),
      startSender: async (measure) => {
        const started = send ? await senders.start(send, measure) : ok(null)
        // It was stopped while the files of the sender were read.
        if (send && !isMeasuring(run.status())) senders.remove(key)
        return started
      },
      stopSender: () => void senders.stop(key),
      planned: () => (planned = sender()?.planned ?? planned),
      onChange: () => {
        if (!meters.has(meterId)) return
        const status = run.status()
        // What it counted stands with the meter from now on.
        if (!isMeasuring(status)) senders.remove(key)
        onChange(status)
      },
    })
    return run
  }

  return {
    start: (request) => {
      const { meterId, receive, send, stamp } = request
      const session = sessions.get(receive.connectionId)
      const state = session?.status().state
      const sendsFrom = send && sessions.get(send.connectionId)?.status().state
      if (!session || state?.phase !== 'online' || (sendsFrom !== null && sendsFrom?.phase !== 'online'))
        return fail('notConnected', 'Connect before measuring.')
      if (stamp.carrier === 'userProperty' && state.protocolVersion !== '5')
        return fail('propertiesNeedMqtt5', `Properties need MQTT 5; this is ${state.protocolVersion}.`)
      if (meters.has(meterId)) return fail('nameTaken', 'There is such a meter.')
      if (!makeRoom()) return fail('tooManyMeters', 'Stop one first.', { values: { limit: meterLimits.meters } })
      const run = create(request, session)
      meters.set(meterId, { request, run })
      run.begin()
      return ok(null)
    },
    stop: ({ meterId }) => {
      const one = meters.get(meterId)
      if (!one || !isMeasuring(one.run.status())) return fail('notFound', 'This meter is over.')
      one.run.stop()
      return ok(null)
    },
    remove: ({ meterId }) => {
      if (!meters.has(meterId)) return fail('notFound', 'There is no such meter.')
      forget(meterId)
      return ok(null)
    },
    statuses: () => [...meters.values()].map(({ run }) => run.status()),
    sessionChanged: ({ connectionId, state }) => {
      for (const { request, run } of meters.values())
        if (request.receive.connectionId === connectionId) run.receiverChanged(receiverState(state))
    },
    sessionRemoved: (id) => {
      for (const { request, run } of meters.values())
        if (request.receive.connectionId === id || request.send?.connectionId === id) {
          run.receiverChanged('ended')
          forget(request.meterId)
        }
    },
    close: () => {
      for (const { run } of meters.values()) run.close()
      meters.clear()
    },
  }
}

const receiverState = ({ phase }: SessionStatus['state']): 'online' | 'away' | 'ended' => {
  if (phase === 'online') return 'online'
  return phase === 'offline' || phase === 'failed' ? 'ended' : 'away'
}
