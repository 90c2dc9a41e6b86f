import { levelsOf, parseFilter } from './topicFilter'

type LevelVerdict =
  | 'match'
  /** A # takes this level of the topic, or stands for nothing at the topic's end. */
  | 'rest'
  /** The filter names another level. */
  | 'mismatch'
  /** The topic ends before this level of the filter. */
  | 'missingInTopic'
  /** The filter ends before this level of the topic. */
  | 'extraInTopic'
  /** A leading wildcard meets a level with `$` (§4.7.2). */
  | 'dollar'

/** Level by level; null where a side has none. A # stands in each row it takes. */
export interface LevelRow {
  readonly filterLevel: string | null
  readonly topicLevel: string | null
  readonly verdict: LevelVerdict
}

export interface FilterComparison {
  readonly rows: readonly LevelRow[]
  /** What `filterMatches` says: no row fails. */
  readonly matches: boolean
  /** The first row that fails, or null. */
  readonly firstFailure: number | null
}

const failures: ReadonlySet<LevelVerdict> = new Set(['mismatch', 'missingInTopic', 'extraInTopic', 'dollar'])

/** Lays a valid filter, shared or not, beside a topic name: what each level does to the other. */
export const compareLevels = (filter: string, topic: string): FilterComparison => {
  const { levels } = parseFilter(filter)
  const topicLevels = levelsOf(topic)
  const isOpen = levels.at(-1) === '#'
  const rows = Array.from({ length: Math.max(levels.length, topicLevels.length) }, (_, level): LevelRow => {
    const filterLevel = levels[level] ?? (isOpen ? '#' : null)
    const topicLevel = topicLevels[level] ?? null
    return { filterLevel, topicLevel, verdict: verdictOf(filterLevel, topicLevel, level) }
  })
  const failing = rows.findIndex(({ verdict }) => failures.has(verdict))
  return { rows, matches: failing < 0, firstFailure: failing < 0 ? null : failing }
}

const verdictOf = (filterLevel: string | null, topicLevel: string | null, level: number): LevelVerdict => {
  if (filterLevel === null) return 'extraInTopic'
  const isWildcard = filterLevel === '+' || filterLevel === '#'
  if (level === 0 && isWildcard && topicLevel?.startsWith('$')) return 'dollar'
  if (filterLevel === '#') return 'rest'
  if (topicLevel === null) return 'missingInTopic'
  return filterLevel === '+' || filterLevel === topicLevel ? 'match' : 'mismatch'
}
