import { statisticsLimits, type StatisticsChange } from '#shared/model/statistics'
import { defineConnectionState } from '../../../state/app'
import { noticesState } from '../../../state/notices'
import { numberOf } from './knownStatistics'

interface StatisticPoint {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly value: number
  readonly isRetained: boolean
}

/** What was published on a topic, and the numbers before it. */
export interface Statistic {
  readonly topic: string
  readonly text: string
  readonly points: readonly StatisticPoint[]
}

interface StatisticsState {
  readonly phase: StatisticsChange['phase']
  readonly error: StatisticsChange['error']
  /** In the order in which their topics came first. */
  readonly values: ReadonlyMap<string, Statistic>
  readonly left: number
  watch(isOn: boolean): Promise<void>
  receive(change: StatisticsChange): void
}

/** Numbers that a small chart has room for. */
const mostPoints = 120

/** What the broker of a connection publishes of itself. */
export const statisticsState = defineConnectionState<StatisticsState>('statistics', ({ owner, get, set }) => ({
  phase: 'off',
  error: null,
  values: new Map(),
  left: 0,
  watch: async (isOn) => {
    if (isOn) set({ values: new Map(), left: 0, error: null })
    const result = await owner.app.api.invoke('statistics.watch', { connectionId: owner.id, isOn })
    if (!result.ok) owner.app.get(noticesState).showError(result.error)
  },
  receive: ({ phase, error, values: came, left }) => {
    const values = new Map(get().values)
    for (const { topic, text, at, isRetained } of came) {
      if (values.size >= statisticsLimits.topics && !values.has(topic)) continue
      const number = numberOf(text)
      const before = values.get(topic)?.points ?? []
      const points = number === null ? before : [...before, { at, value: number, isRetained }].slice(-mostPoints)
      values.set(topic, { topic, text, points })
    }
    set({ phase, error, values, left })
  },
}))
