import { parseFilter } from './topicFilter'

/**
 * Valid filters compared as sets of topics: of all topic names of MQTT 5 §4.7, `$` topics and empty levels included. A
 * shared subscription stands for the filter behind its share name (§4.8.2). The limit of 65,535 bytes is left aside: an
 * example made of long filters may exceed it.
 *
 * Two things make sets equal that do not look it. The empty text is no topic (§4.7.3), so `/#` has no parent level to
 * match and equals `/+/#`; and there is no topic without a level, so `#` equals `+/#`.
 */

/** How the topics of one filter lie to those of another. */
export type FilterRelation = 'equal' | 'contains' | 'contained' | 'overlaps' | 'disjoint'

interface Shape {
  /** Levels in front of a #. */
  readonly levels: readonly string[]
  /** A # takes whatever follows, also nothing. */
  readonly isOpen: boolean
}

const shapeOf = (filter: string): Shape => {
  const { levels } = parseFilter(filter)
  const isOpen = levels.at(-1) === '#'
  return { levels: isOpen ? levels.slice(0, -1) : levels, isOpen }
}

const startsWithWildcard = ({ levels, isOpen }: Shape): boolean => (levels.length === 0 ? isOpen : levels[0] === '+')

/** The level list of the empty text and the list without a level are no topics. */
const isTopic = (depth: number, first: string | undefined): boolean => depth > 1 || (depth === 1 && first !== '')

/**
 * A level that none of the filters names. It is the hardest level to match: only wildcards do, and they match any other
 * level as well.
 */
const freshLevel = (shapes: readonly Shape[]): string => {
  const named = new Set(shapes.flatMap(({ levels }) => levels))
  for (let count = 0; ; count++) {
    const level = count === 0 ? 'x' : `x${count}`
    if (!named.has(level)) return level
  }
}

/** The depths at which a topic that goes on as `path` does is matched: none, one, or all from one on. */
const depthsMatched = (
  shape: Shape,
  path: readonly string[],
): { readonly from: number; readonly to: number } | null => {
  if (path[0]?.startsWith('$') && startsWithWildcard(shape)) return null
  if (shape.levels.some((level, index) => level !== '+' && level !== path[index])) return null
  return { from: shape.levels.length, to: shape.isOpen ? Infinity : shape.levels.length }
}

/**
 * A shortest topic that the filter matches and none of the others does, or null. Exact: were there such a topic, the one
 * of the same depth with a fresh level for each level the filter leaves free would do as well, so of each depth one
 * topic is looked at. Beyond the longest of the others nothing changes any more.
 */
const exampleOutside = (filter: string, others: readonly string[]): string | null => {
  const shape = shapeOf(filter)
  const otherShapes = others.map(shapeOf)
  const fresh = freshLevel([shape, ...otherShapes])
  const least = shape.levels.length
  const most = shape.isOpen ? Math.max(least, ...otherShapes.map(({ levels }) => levels.length)) + 1 : least
  const path = Array.from({ length: most }, (_, index) => {
    const level = shape.levels[index] ?? '+'
    return level === '+' ? fresh : level
  })
  const single = new Set<number>()
  let allFrom = Infinity
  for (const other of otherShapes) {
    const matched = depthsMatched(other, path)
    if (matched?.to === Infinity) allFrom = Math.min(allFrom, matched.from)
    else if (matched) single.add(matched.from)
  }
  for (let depth = least; depth <= most && depth < allFrom; depth++)
    if (isTopic(depth, path[0]) && !single.has(depth)) return path.slice(0, depth).join('/')
  return null
}

/** A shortest topic that `a` matches and `b` does not; null when `b` matches all that `a` does. */
export const exampleOnly = (a: string, b: string): string | null => exampleOutside(a, [b])

/**
 * Whether the others together match every topic that the filter matches. Exact, also where no single one of them does:
 * `a` and `a/+/#` cover `a/#`. The cost grows with the levels of all filters, and not faster.
 */
export const isCoveredBy = (filter: string, others: readonly string[]): boolean =>
  exampleOutside(filter, others) === null

const levelInBoth = (one: string, other: string): string | null => {
  if (one === '+') return other
  return other === '+' || other === one ? one : null
}

/** The levels of a topic in both as far as they are given, with + where any level will do; null = there is none. */
const commonLevels = (one: Shape, other: Shape): string[] | null => {
  const depth = Math.max(one.levels.length, other.levels.length)
  const common: string[] = []
  for (let index = 0; index < depth; index++) {
    const left = one.levels[index] ?? (one.isOpen ? '+' : null)
    const right = other.levels[index] ?? (other.isOpen ? '+' : null)
    const level = left === null || right === null ? null : levelInBoth(left, right)
    if (level === null) return null
    common.push(level)
  }
  return common
}

/** A shortest topic that both filters match, or null. */
export const exampleTopic = (a: string, b: string): string | null => {
  const one = shapeOf(a)
  const other = shapeOf(b)
  const common = commonLevels(one, other)
  if (!common) return null
  if (common[0]?.startsWith('$') && (startsWithWildcard(one) || startsWithWildcard(other))) return null
  const fresh = freshLevel([one, other])
  const topic = common.map((level) => (level === '+' ? fresh : level))
  if (isTopic(topic.length, topic[0])) return topic.join('/')
  return one.isOpen && other.isOpen ? [...topic, fresh].join('/') : null
}

export const relationOf = (a: string, b: string): FilterRelation => {
  const isIn = exampleOnly(a, b) === null
  const holds = exampleOnly(b, a) === null
  if (isIn && holds) return 'equal'
  if (holds) return 'contains'
  if (isIn) return 'contained'
  return exampleTopic(a, b) === null ? 'disjoint' : 'overlaps'
}
