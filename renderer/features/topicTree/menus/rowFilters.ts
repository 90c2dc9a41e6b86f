import { levelsOf, topicFilterProblem } from '#shared/mqtt/topicFilter'
import type { TopicNode } from '../../../model/topicIndex/topicIndexNode'

/** Why a topic's name, or a filter made of it, would not mean in a SUBSCRIBE what it says. */
type RowFilterProblem = 'wildcard' | 'share' | 'tooLong' | 'invalid'

export interface RowFilter {
  readonly filter: string
  readonly kind: 'this' | 'below' | 'siblings' | 'siblingsBelow' | 'level'
  /** For `level`: the one-based level that may be anything. */
  readonly level: number
  readonly problem: RowFilterProblem | null
}

export interface RowFilters {
  readonly filters: readonly RowFilter[]
  /** There are more levels that a + could stand for. */
  readonly cut: boolean
}

/** Levels further up that get a filter of their own; nearest first. */
const levelsOffered = 4

/** Why no filter can stand for the topic, or null. A name with a wildcard was never published by the rules (§4.7.1). */
export const rowProblem = (topic: string): 'wildcard' | 'share' | null => {
  if (/[+#]/.test(topic)) return 'wildcard'
  return topic === '$share' || topic.startsWith('$share/') ? 'share' : null
}

/** The filter that matches what a row holds and nothing else: a leaf's topic, or a branch with everything below. */
export const ownFilterOf = ({ topic, children }: TopicNode): string => (children.length > 0 ? `${topic}/#` : topic)

/** Filters that a row suggests, narrowest first, none twice. A + at a first level with $ would match nothing there. */
export const rowFiltersOf = (node: TopicNode): RowFilters => {
  const { topic } = node
  const levels = levelsOf(topic)
  const last = levels.length - 1
  const isTopic = node.ownMessages > 0
  const isBranch = node.children.length > 0
  const made = new Map<string, RowFilter>()
  const add = (kind: RowFilter['kind'], filter: string, level = 0) => {
    if (made.has(filter)) return
    const problem = rowProblem(topic) ?? filterProblem(filter)
    made.set(filter, { kind, filter, level, problem })
  }
  const takesPlus = (level: number) => level > 0 || levels[0]?.startsWith('$') !== true
  const withPlus = (level: number) => levels.with(level, '+').join('/')
  if (topic !== '') add('this', topic)
  add('below', `${topic}/#`)
  if (takesPlus(last) && (isTopic || !isBranch)) add('siblings', withPlus(last))
  if (takesPlus(last) && isBranch) add('siblingsBelow', `${withPlus(last)}/#`)
  const upper = Array.from({ length: last }, (_, step) => last - 1 - step).filter(takesPlus)
  for (const level of upper.slice(0, levelsOffered)) add('level', withPlus(level) + (isBranch ? '/#' : ''), level + 1)
  return { filters: [...made.values()], cut: upper.length > levelsOffered }
}

const filterProblem = (filter: string): 'tooLong' | 'invalid' | null => {
  const code = topicFilterProblem(filter)?.code
  if (code === undefined) return null
  return code === 'tooLong' ? code : 'invalid'
}
