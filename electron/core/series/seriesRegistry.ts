import type { ProfileId } from '#shared/model/profile'
import type { PublishReceipt, PublishRequest } from '#shared/model/publish'
import type { SeriesEnd, SeriesRequest, SeriesStatus } from '#shared/model/series'
import type { SessionStatus } from '#shared/model/session'
import { fail, ok, type Result } from '#shared/result'
import type { FollowedPayloads } from '../broker/inbox/latestPayloads'
import type { PayloadFiles } from '../payloads/payloadFiles'
import type { SeriesClock } from './schedule'
import { openMessageSource } from './messageSource'
import { startSeries, type Series } from './series'

/** What series need of the sessions. */
export interface SeriesSessions {
  /** Gives a message to its session at once; resolves when its delivery is known. */
  readonly publish: (request: PublishRequest) => Promise<Result<PublishReceipt>>
  readonly get: (id: ProfileId) => { online(): unknown; followLatest(): FollowedPayloads } | undefined
}

export interface SeriesRegistryParts {
  readonly sessions: SeriesSessions
  readonly payloadFiles: Pick<PayloadFiles, 'read'>
  /** Called with what became of a series: at its start and its end, and between them at most some times a second. */
  readonly onChange: (status: SeriesStatus) => void
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Default: the computer's steady clock. */
  readonly clock?: SeriesClock
}

/** By connection and draft. */
interface SeriesKey {
  readonly connectionId: ProfileId
  readonly draftId: string
}

/** The series of all connections, at most one for each draft on each of them. */
export interface SeriesRegistry {
  /**
   * Starts one in the place of an earlier one. Fails with `notConnected`, and as reading its file or rendering its template does;
   * then the earlier one goes on.
   */
  start(request: SeriesRequest): Promise<Result<null>>
  /** Fails with `notFound` where none runs. */
  stop(key: SeriesKey): Result<null>
  /** A series ends with its connection, and does not begin again with the next one. */
  sessionChanged(status: SessionStatus): void
  sessionRemoved(id: ProfileId): void
  statuses(): SeriesStatus[]
  stopAll(): void
}

const tellEveryMs = 250

export const createSeriesRegistry = (parts: SeriesRegistryParts): SeriesRegistry => {
  const { sessions, payloadFiles, now, onChange, clock = computerClock } = parts
  const all = new Map<string, Told>()

  const sourceParts = { payloadFiles, now, followLatest: (id: ProfileId) => sessions.get(id)?.followLatest() }
  const endThoseOf = (id: ProfileId, why: SeriesEnd) => {
    for (const { series } of all.values()) if (series.status().connectionId === id) series.end(why)
  }

  return {
    start: async (wanted) => {
      const { draftId, intervalMs } = wanted
      const source = await openMessageSource(wanted, sourceParts)
      if (!source.ok) return source
      const { connectionId } = source.value
      if (!sessions.get(connectionId)?.online()) {
        source.value.close()
        return fail('notConnected', 'Connect before publishing.')
      }
      const key = keyOf({ connectionId, draftId })
      all.get(key)?.forget()
      all.set(
        key,
        toldSometimes(onChange, (tell) =>
          startSeries({
            draftId,
            intervalMs,
            source: source.value,
            publish: sessions.publish,
            clock,
            onChange: tell,
          }),
        ),
      )
      return ok(null)
    },
    stop: (key) => {
      const series = all.get(keyOf(key))?.series
      if (!series || series.status().end) return fail('notFound', 'No message is repeated here.')
      series.end({ kind: 'stopped' })
      return ok(null)
    },
    sessionChanged: ({ connectionId, state }) => {
      if (state.phase === 'online') return
      const error = 'reason' in state ? state.reason : null
      endThoseOf(connectionId, { kind: 'connectionEnded', error })
    },
    sessionRemoved: (id) => {
      for (const [key, told] of all) {
        if (told.series.status().connectionId !== id) continue
        told.forget()
        all.delete(key)
      }
    },
    statuses: () => [...all.values()].map(({ series }) => series.status()),
    stopAll: () => {
      for (const told of all.values()) told.forget()
      all.clear()
    },
  }
}

const keyOf = ({ connectionId, draftId }: SeriesKey): string => `${connectionId} ${draftId}`

const computerClock: SeriesClock = {
  now: () => performance.now(),
  after: (milliseconds, act) => {
    const timer = setTimeout(act, Math.ceil(milliseconds))
    return () => clearTimeout(timer)
  },
}

interface Told {
  readonly series: Series
  /** Ends it, and nothing more is told of it. */
  forget(): void
}

/** Tells of a series at its start and its end, and between them and after them once in a while. */
const toldSometimes = (onChange: (status: SeriesStatus) => void, start: (tell: () => void) => Series): Told => {
  let series: Series | null = null
  let timer: NodeJS.Timeout | null = null
  let isForgotten = false
  let wasRunning = true
  const tell = () => {
    timer = null
    if (isForgotten || !series) return
    const status = series.status()
    wasRunning = status.end === null
    onChange(status)
  }
  const changed = () => {
    if (isForgotten || !series) return
    const hasEnded = wasRunning && series.status().end !== null
    if (!hasEnded) {
      timer ??= setTimeout(tell, tellEveryMs)
      return
    }
    if (timer) clearTimeout(timer)
    tell()
  }
  const started = start(changed)
  series = started
  tell()
  return {
    series: started,
    forget: () => {
      isForgotten = true
      if (timer) clearTimeout(timer)
      started.end({ kind: 'stopped' })
    },
  }
}
