import type { AppError } from '#shared/result'
import type { ProfileId } from './profile'

/** Where servers publish what they count (no standard says what; MQTT 5 §4.7.2 keeps topics with $ apart). */
export const statisticsFilter = '$SYS/#'

/** Topics of statistics that are kept of a connection, and characters of a value. */
export const statisticsLimits = { topics: 5_000, characters: 200 } as const

export interface StatisticValue {
  readonly topic: string
  /** As it came, cut; untrusted. */
  readonly text: string
  /** Milliseconds since 1970. */
  readonly at: number
  /** It was kept by the server: nobody knows for how long. */
  readonly isRetained: boolean
}

/** News of what a server publishes of itself. */
export interface StatisticsChange {
  readonly connectionId: ProfileId
  readonly phase: 'off' | 'asking' | 'on' | 'refused'
  /** Why it is refused. */
  readonly error: AppError | null
  /** Those that came since the last news. */
  readonly values: readonly StatisticValue[]
  /** Topics that came and are not kept, because there are too many. */
  readonly left: number
}
