import { levelsOf, parseFilter, topicFilterProblem, type TopicProblem, type TopicProblemCode } from './topicFilter'

/**
 * What a filter says, as data: catalogues make the sentences. Levels are counted from zero, places are UTF-16 offsets in
 * the whole text.
 */

type FilterPartKind =
  /** `$share/name`, the only part that is two levels long. */
  | 'shareGroup'
  | 'literal'
  /** A first level with `$`: no leading wildcard matches it (§4.7.2). */
  | 'dollar'
  | 'emptyLevel'
  | 'plus'
  | 'hash'
  /** The level that makes the filter invalid. */
  | 'invalid'

/** Parts follow each other with one slash between them; `text` is `filter.slice(start, end)`. */
export interface FilterPart {
  readonly kind: FilterPartKind
  readonly text: string
  readonly start: number
  readonly end: number
  /** Which level of a topic it is for; null for a share group. */
  readonly level: number | null
}

/** `clause` names the section of MQTT 5, `statement` the normative statement in it. */
export interface FilterProblem extends TopicProblem {
  readonly clause: string
  readonly statement: string
}

export interface FilterDescription {
  readonly shareName: string | null
  /** Levels that stand fixed before the first wildcard. */
  readonly prefix: readonly string[]
  /** Levels at which any text will do. */
  readonly freeLevels: readonly number[]
  /** Levels that stand fixed behind a wildcard. */
  readonly laterLevels: readonly { readonly level: number; readonly text: string }[]
  /** A topic has as many levels as the filter, or that many and any number more. */
  readonly depth: 'exact' | 'open'
  /** The fewest levels that a matching topic has; all have as many where the depth is exact. */
  readonly leastLevels: number
  /** A leading wildcard leaves out topics that begin with `$`. */
  readonly leavesOutDollarTopics: boolean
}

export type FilterExplanation =
  | { readonly parts: readonly FilterPart[]; readonly problem: FilterProblem }
  | { readonly parts: readonly FilterPart[]; readonly problem: null; readonly description: FilterDescription }

const sourceOf: Readonly<Record<TopicProblemCode, readonly [clause: string, statement: string]>> = {
  empty: ['§4.7.3', 'MQTT-4.7.3-1'],
  nul: ['§4.7.3', 'MQTT-4.7.3-2'],
  tooLong: ['§4.7.3', 'MQTT-4.7.3-3'],
  hashNotLast: ['§4.7.1.2', 'MQTT-4.7.1-1'],
  hashNotAlone: ['§4.7.1.2', 'MQTT-4.7.1-1'],
  plusNotAlone: ['§4.7.1.3', 'MQTT-4.7.1-2'],
  shareNameMissing: ['§4.8.2', 'MQTT-4.8.2-1'],
  shareNameWildcard: ['§4.8.2', 'MQTT-4.8.2-2'],
  shareFilterMissing: ['§4.8.2', 'MQTT-4.8.2-2'],
  wildcardInTopic: ['§4.7.1', 'MQTT-4.7.0-1'],
}

/** Why a text cannot be subscribed to, at which character, and where the standard says so; or null. */
export const filterProblemOf = (filter: string): FilterProblem | null => {
  const problem = topicFilterProblem(filter)
  if (!problem) return null
  const [clause, statement] = sourceOf[problem.code]
  return { ...problem, clause, statement }
}

/** Takes any text, also while it is being typed. */
export const explainFilter = (filter: string): FilterExplanation => {
  const problem = filterProblemOf(filter)
  const parts = partsOf(filter, problem)
  return problem ? { parts, problem } : { parts, problem, description: describe(filter) }
}

const kindOf = (text: string, isFirst: boolean): FilterPartKind => {
  if (text === '') return 'emptyLevel'
  if (text === '+') return 'plus'
  if (text === '#') return 'hash'
  return isFirst && text.startsWith('$') ? 'dollar' : 'literal'
}

const shareSpan = (filter: string): number => {
  const { shareName } = parseFilter(filter)
  return shareName === null ? 0 : '$share/'.length + shareName.length
}

const partsOf = (filter: string, problem: TopicProblem | null): FilterPart[] => {
  const shareEnd = shareSpan(filter)
  // That a filter is too long is no part's fault.
  const blamed = problem === null || problem.code === 'tooLong' ? null : problem.column
  const isBlamed = (start: number, end: number) => blamed !== null && blamed >= start && blamed <= end
  const partAt = (start: number, end: number, level: number | null): FilterPart => {
    const text = filter.slice(start, end)
    const kind = level === null ? 'shareGroup' : kindOf(text, level === 0)
    return { kind: isBlamed(start, end) ? 'invalid' : kind, text, start, end, level }
  }
  const parts = shareEnd > 0 ? [partAt(0, shareEnd, null)] : []
  if (shareEnd > 0 && shareEnd === filter.length) return parts
  let start = shareEnd > 0 ? shareEnd + 1 : 0
  for (const [level, text] of levelsOf(filter.slice(start)).entries()) {
    parts.push(partAt(start, start + text.length, level))
    start += text.length + 1
  }
  return parts
}

const describe = (filter: string): FilterDescription => {
  const { shareName, levels } = parseFilter(filter)
  const isOpen = levels.at(-1) === '#'
  const named = isOpen ? levels.slice(0, -1) : levels
  const firstFree = named.indexOf('+')
  const prefix = firstFree < 0 ? named : named.slice(0, firstFree)
  const numbered = named.map((text, level) => ({ level, text }))
  // §4.7.3: the empty text is no topic, so / with a # behind it has no parent level to match.
  const isParentNoTopic = isOpen && named.join('/') === ''
  return {
    shareName,
    prefix,
    freeLevels: numbered.filter(({ text }) => text === '+').map(({ level }) => level),
    laterLevels: numbered.slice(prefix.length).filter(({ text }) => text !== '+'),
    depth: isOpen ? 'open' : 'exact',
    leastLevels: named.length + (isParentNoTopic ? 1 : 0),
    leavesOutDollarTopics: levels[0] === '+' || levels[0] === '#',
  }
}
