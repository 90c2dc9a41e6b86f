import type { ProfileId } from '#shared/model/profile'
import type { SenderKey, SenderRequest, SenderStatus } from '#shared/model/sender'
import type { SessionStatus } from '#shared/model/session'
import { fail, ok, type Result } from '#shared/result'
import type { FollowedPayloads } from '../broker/inbox/latestPayloads'
import type { OnlineSession } from '../broker/session/onlineSession'
import type { PayloadFiles } from '../payloads/payloadFiles'
import { clientIdsOf, openOwnClients } from './clients/ownClients'
import { sharedRoute, type SenderMeasure } from './clients/senderRoute'
import { computerClock, type SenderClock } from './schedule/senderClock'
import { createSender, type Sender } from './sender'
import type { TemplateEnvironment } from '../templates/templateEnvironment'
import { invalidPlan } from './invalidPlan'
import { openSource, type SenderSourceParts } from './source/openSource'
import { createSenderNews } from './senderNews'

/** What senders need of the sessions. */
export interface SenderSessions {
  readonly get: (id: ProfileId) => SenderSession | undefined
}

interface SenderSession {
  online(): Pick<OnlineSession, 'send' | 'settings'> | null
  followLatest(): FollowedPayloads
}

export interface SenderRegistryParts {
  readonly sessions: SenderSessions
  readonly payloadFiles: Pick<PayloadFiles, 'read' | 'openPieces'>
  /** The variables that templates of a connection have; a sender keeps those of its start. */
  readonly environmentOf: (id: ProfileId) => TemplateEnvironment
  /** Called with what became of a sender at its start and its end, and between them with that of all some times a second. */
  readonly onChange: (statuses: readonly SenderStatus[]) => void
  readonly onRemoved: (key: SenderKey) => void
  readonly scriptNamed: SenderSourceParts['scriptNamed']
  readonly nameOf: SenderSourceParts['nameOf']
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly maximumPacketBytes: () => number
  /** Gets a line for every control packet of clients of their own; null = that was not asked for. */
  readonly debug?: ((line: string) => void) | null
  /** Default: the computer's steady clock. */
  readonly clock?: SenderClock
}

/** The senders of all connections, at most one for each plan on each of them. */
export interface SenderRegistry {
  /**
   * Starts one in the place of an earlier one. Fails with `notConnected`, as reading its files and rendering its templates do, and
   * with `rowUnreadable`; then the earlier one goes on. Fails with `cancelled` where it was stopped, or started again, meanwhile.
   */
  start(request: SenderRequest, measure?: SenderMeasure): Promise<Result<null>>
  /** Fails with `notFound` where none runs or starts. */
  stop(key: SenderKey): Result<null>
  /** Stops all that run. */
  stopAll(): void
  /** Ends it and forgets what became of it. Fails with `notFound`. */
  remove(key: SenderKey): Result<null>
  /**
   * A sender ends with its connection, and does not begin again with the next one; one with clients of its own goes on while the
   * connection is made again, as they are.
   */
  sessionChanged(status: SessionStatus): void
  sessionRemoved(id: ProfileId): void
  statuses(): SenderStatus[]
  /** Ends all and tells nothing more. */
  close(): void
}

interface Running {
  readonly key: SenderKey
  readonly sender: Sender
}

export const createSenderRegistry = (parts: SenderRegistryParts): SenderRegistry => {
  const { onChange, onRemoved } = parts
  const all = new Map<string, Running>()
  const news = createSenderNews(onChange)
  /** Those whose files are being read, each by an object of its own. */
  const starting = new Map<string, object>()

  const forget = ({ key, sender }: Running) => {
    news.forget(sender)
    sender.close()
    all.delete(keyText(key))
  }

  return {
    start: async (request, measure) => {
      const key = { connectionId: request.connectionId, senderId: request.plan.id }
      const start = {}
      starting.set(keyText(key), start)
      const opened = await openSender(request, parts, { onTurn: news.now, measure })
      const isWanted = starting.get(keyText(key)) === start
      if (isWanted) starting.delete(keyText(key))
      if (!opened.ok) return opened
      const { value: sender } = opened
      if (!isWanted) {
        sender.close()
        return fail('cancelled', 'It was stopped before it began.')
      }
      const earlier = all.get(keyText(key))
      if (earlier) forget(earlier)
      all.set(keyText(key), { key, sender })
      news.follow(sender)
      sender.begin()
      return ok(null)
    },
    stop: (key) => {
      const wasStarting = starting.delete(keyText(key))
      const sender = all.get(keyText(key))?.sender
      if (!sender || sender.status().end)
        return wasStarting ? ok(null) : fail('notFound', 'Nothing is sent by this plan.')
      sender.end({ kind: 'stopped' })
      return ok(null)
    },
    stopAll: () => {
      starting.clear()
      for (const { sender } of all.values()) sender.end({ kind: 'stopped' })
    },
    remove: (key) => {
      const wasStarting = starting.delete(keyText(key))
      const running = all.get(keyText(key))
      if (!running && wasStarting) return ok(null)
      if (!running) return fail('notFound', 'Nothing is sent by this plan.')
      forget(running)
      onRemoved(running.key)
      return ok(null)
    },
    sessionChanged: ({ connectionId, state }) => {
      if (state.phase === 'online') return
      const error = 'reason' in state ? state.reason : null
      const comesBack = state.phase === 'waiting' || state.phase === 'connecting'
      for (const { key, sender } of all.values())
        if (key.connectionId === connectionId && !(comesBack && sender.hasOwnClients))
          sender.end({ kind: 'connectionEnded', error })
    },
    sessionRemoved: (id) => {
      for (const running of all.values()) if (running.key.connectionId === id) forget(running)
    },
    statuses: () => [...all.values()].map(({ sender }) => sender.status()),
    close: () => {
      starting.clear()
      for (const running of all.values()) forget(running)
    },
  }
}

const keyText = ({ connectionId, senderId }: SenderKey): string => `${connectionId} ${senderId}`

/** A sender that is ready to begin. */
const openSender = async (
  request: SenderRequest,
  parts: SenderRegistryParts,
  { onTurn, measure }: { readonly onTurn: (sender: Sender) => void; readonly measure: SenderMeasure | undefined },
): Promise<Result<Sender>> => {
  const { connectionId, plan } = request
  const { sessions, payloadFiles, now, clock = computerClock } = parts
  const invalid = invalidPlan(plan)
  if (invalid) return invalid
  const environment = parts.environmentOf(connectionId)
  const ownIds = () => clientIdsOf(plan.devices, { startedAt: now(), environment })
  const clientIds = plan.devices.clients === 'own' ? await ownIds() : ok(null)
  if (!clientIds.ok) return clientIds
  const source = await openSource(request, {
    payloadFiles,
    environment,
    now,
    scriptNamed: parts.scriptNamed,
    nameOf: parts.nameOf,
    followLatest: (id) => sessions.get(id)?.followLatest(),
    onRead: () => sender.resume(),
  })
  if (!source.ok) return source
  const online = () => sessions.get(connectionId)?.online() ?? null
  const madeWith = online()?.settings
  if (!madeWith) {
    source.value.close()
    return fail('notConnected', 'Connect before publishing.')
  }
  const ownClients = (ids: readonly string[]) =>
    openOwnClients({
      madeWith,
      clientIds: ids,
      maximumPacketSize: parts.maximumPacketBytes(),
      now,
      debug: parts.debug ?? null,
      clock,
      onFailure: (reason) => sender.noteFailure(reason),
      onAllLost: (error) => sender.end({ kind: 'connectionEnded', error }),
    })
  const route = clientIds.value ? ownClients(clientIds.value) : sharedRoute(online)
  const sender = createSender({
    request,
    source: source.value,
    route: measure ? measure.routeOver(route) : route,
    ...(measure && { onAllSent: measure.onAllSent }),
    clock,
    startedAt: now(),
    seed: Math.floor(Math.random() * 2 ** 31),
    onTurn: () => onTurn(sender),
  })
  return ok(sender)
}
