import type { ProfileId } from '#shared/model/profile'
import type { ReplayPlan, ReplayStatus } from '#shared/model/recordings'
import type { SessionStatus } from '#shared/model/session'
import { topicFilterProblem } from '#shared/mqtt/topicFilter'
import { fail, ok, type Result } from '#shared/result'
import type { OnlineSession } from '../../broker/session/onlineSession'
import { sharedRoute } from '../../senders/clients/senderRoute'
import { computerClock, type SenderClock } from '../../senders/schedule/senderClock'
import type { MessageSource } from '../messageSource'
import { createReplay, type Replay } from './replay'

export interface ReplaysParts {
  readonly sessions: {
    get(id: ProfileId): { online(): Pick<OnlineSession, 'send' | 'settings'> | null } | undefined
  }
  /** Null = there is no such recording. */
  readonly sourceOf: (id: ProfileId) => MessageSource | null
  readonly nameOf: (id: ProfileId) => string
  readonly onChange: (status: ReplayStatus) => void
  /** Default: the computer's steady clock. */
  readonly clock?: SenderClock
}

/** Recordings that are being sent again, at most one on each connection. */
export interface Replays {
  /** Fails with `notFound`, `notConnected`, `replayRuns` and `topicFilterInvalid`. */
  start(plan: ReplayPlan): Result<null>
  /** Fails with `notFound` where none is. */
  control(id: ProfileId, act: 'pause' | 'resume' | 'step' | 'stop' | 'dismiss'): Result<null>
  sessionChanged(status: SessionStatus): void
  sessionRemoved(id: ProfileId): void
  statuses(): ReplayStatus[]
  close(): void
}

export const createReplays = (parts: ReplaysParts): Replays => {
  const { sessions, onChange, clock = computerClock } = parts
  const all = new Map<ProfileId, Replay>()
  const isRunning = (replay: Replay | undefined) => {
    const phase = replay?.status().phase
    return phase === 'running' || phase === 'paused'
  }
  return {
    start: (plan) => {
      const { connectionId: id } = plan
      const filters = [...plan.include, ...plan.exclude, ...plan.rewrites.map(({ filter }) => filter)]
      const wrong = filters.find((filter) => topicFilterProblem(filter) !== null)
      if (wrong !== undefined)
        return fail('topicFilterInvalid', `"${wrong}" is no filter.`, { values: { filter: wrong } })
      const online = () => sessions.get(id)?.online() ?? null
      const settings = online()?.settings
      if (!settings) return fail('notConnected', 'Connect before publishing.')
      if (isRunning(all.get(id))) return fail('replayRuns', 'A replay runs on this connection.')
      const source = parts.sourceOf(plan.sourceId)
      if (!source) return fail('notFound', 'This recording is not open.')
      all.set(
        id,
        createReplay({
          plan,
          sourceName: parts.nameOf(plan.sourceId),
          source,
          route: sharedRoute(online),
          takesProperties: settings.profile.protocolVersion === '5',
          clock,
          onChange,
        }),
      )
      return ok(null)
    },
    control: (id, act) => {
      const replay = all.get(id)
      if (!replay) return fail('notFound', 'Nothing is replayed on this connection.')
      if (act === 'stop' || act === 'dismiss') replay.end('stopped')
      else replay[act]()
      if (act === 'dismiss') all.delete(id)
      return ok(null)
    },
    sessionChanged: ({ connectionId, state }) => {
      if (state.phase !== 'online') all.get(connectionId)?.end('connectionEnded')
    },
    sessionRemoved: (id) => {
      all.get(id)?.end('stopped')
      all.delete(id)
    },
    statuses: () => [...all.values()].map((replay) => replay.status()),
    close: () => {
      for (const replay of all.values()) replay.end('stopped')
      all.clear()
    },
  }
}
