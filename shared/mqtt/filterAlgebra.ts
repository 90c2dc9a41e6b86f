// Why it is so: build/docs/decisions/34-filters-are-compared-by-examples.md
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

/** A filter as it is compared: whoever compares one many times parses it once. */
export interface FilterShape {
  /** Levels in front of a #. */
  readonly levels: readonly string[]
  /** A # takes whatever follows, also nothing. */
  readonly isOpen: boolean
}

/** The shape of a valid filter. */
export const shapeOf = (filter: string): FilterShape => {
  const { levels } = parseFilter(filter)
  const isOpen = levels.at(-1) === '#'
  return { levels: isOpen ? levels.slice(0, -1) : levels, isOpen }
}

/** Depths from one on: a single one, or all. */
interface Depths {
  readonly from: number
  readonly to: number
}

/** A shortest topic that `a` matches and `b` does not; null when `b` matches all that `a` does. */
export const exampleOnly = (a: string, b: string): string | null => exampleOutside(shapeOf(a), [shapeOf(b)])

/**
 * Whether the others together match every topic that the filter matches. Exact, also where no single one of them does:
 * `a` and `a/+/#` cover `a/#`. The cost grows with the levels of all filters, and not faster.
 */
export const isCoveredBy = (filter: string, others: readonly string[]): boolean =>
  exampleOutside(shapeOf(filter), others.map(shapeOf)) === null

/**
 * Places of the others that together match every topic of the filter and of which none can be left out, made by leaving
 * out what stands first if that is possible; null where they do not cover it.
 */
export const leastCover = (filter: FilterShape, others: readonly FilterShape[]): readonly number[] | null => {
  const { path, least } = hardestTopics(filter, others)
  const depthsIn = ({ from, to }: Depths): number[] => {
    const depths: number[] = []
    for (let depth = Math.max(least, from); depth <= Math.min(path.length, to); depth++)
      if (isTopic(depth, path[0])) depths.push(depth)
    return depths
  }
  const matched = others.map((other) => {
    const depths = depthsMatched(other, path)
    return depths ? depthsIn(depths) : []
  })
  /** How many of the others match the topic of each depth. */
  const counts = new Int32Array(path.length + 1)
  const add = (depths: readonly number[], by: number) => {
    for (const depth of depths) counts[depth] = (counts[depth] as number) + by
  }
  for (const depths of matched) add(depths, 1)
  if (depthsIn({ from: least, to: Infinity }).some((depth) => counts[depth] === 0)) return null
  return [...matched.entries()].flatMap(([place, depths]) => {
    if (depths.some((depth) => counts[depth] === 1)) return [place]
    add(depths, -1)
    return []
  })
}

/** A shortest topic that both filters match, or null. */
export const exampleTopic = (a: string, b: string): string | null => exampleInBoth(shapeOf(a), shapeOf(b))

export const relationOfShapes = (a: FilterShape, b: FilterShape): FilterRelation => {
  if (exampleInBoth(a, b) === null) return 'disjoint'
  const isIn = exampleOutside(a, [b]) === null
  const holds = exampleOutside(b, [a]) === null
  if (isIn && holds) return 'equal'
  if (holds) return 'contains'
  return isIn ? 'contained' : 'overlaps'
}

export const relationOf = (a: string, b: string): FilterRelation => relationOfShapes(shapeOf(a), shapeOf(b))

const startsWithWildcard = ({ levels, isOpen }: FilterShape): boolean =>
  levels.length === 0 ? isOpen : levels[0] === '+'

/** The level list of the empty text and the list without a level are no topics. */
const isTopic = (depth: number, first: string | undefined): boolean => depth > 1 || (depth === 1 && first !== '')

/**
 * A level that none of the filters names. It is the hardest level to match: only wildcards do, and they match any other
 * level as well.
 */
const freshLevel = (shapes: readonly FilterShape[]): string => {
  const named = new Set(shapes.flatMap(({ levels }) => levels))
  for (let count = 0; ; count++) {
    const level = count === 0 ? 'x' : `x${count}`
    if (!named.has(level)) return level
  }
}

/** The depths at which a topic that goes on as `path` does is matched. */
const depthsMatched = (shape: FilterShape, path: readonly string[]): Depths | null => {
  if (path[0]?.startsWith('$') && startsWithWildcard(shape)) return null
  if (shape.levels.some((level, index) => level !== '+' && level !== path[index])) return null
  return { from: shape.levels.length, to: shape.isOpen ? Infinity : shape.levels.length }
}

/**
 * What tells whether others cover a filter. Were there a topic of it that none of them matches, the one of the same depth
 * with a fresh level for each level the filter leaves free would do as well, so of each depth one topic is looked at: the
 * first levels of `path`. Beyond the longest of the others nothing changes any more.
 */
const hardestTopics = (shape: FilterShape, others: readonly FilterShape[]) => {
  const fresh = freshLevel([shape, ...others])
  const least = shape.levels.length
  const longest = others.reduce((most, { levels }) => Math.max(most, levels.length), least)
  const path = Array.from({ length: shape.isOpen ? longest + 1 : least }, (_, index) => {
    const level = shape.levels[index] ?? '+'
    return level === '+' ? fresh : level
  })
  return { path, least }
}

/** A shortest topic that the filter matches and none of the others does, or null. `hardestTopics` says why it is exact. */
const exampleOutside = (shape: FilterShape, others: readonly FilterShape[]): string | null => {
  const { path, least } = hardestTopics(shape, others)
  const single = new Set<number>()
  let allFrom = Infinity
  for (const other of others) {
    const matched = depthsMatched(other, path)
    if (matched?.to === Infinity) allFrom = Math.min(allFrom, matched.from)
    else if (matched) single.add(matched.from)
  }
  for (let depth = least; depth <= path.length && depth < allFrom; depth++)
    if (isTopic(depth, path[0]) && !single.has(depth)) return path.slice(0, depth).join('/')
  return null
}

const levelInBoth = (one: string, other: string): string | null => {
  if (one === '+') return other
  return other === '+' || other === one ? one : null
}

/** The levels of a topic in both as far as they are given, with + where any level will do; null = there is none. */
const commonLevels = (one: FilterShape, other: FilterShape): string[] | null => {
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

const exampleInBoth = (one: FilterShape, other: FilterShape): string | null => {
  const common = commonLevels(one, other)
  if (!common) return null
  if (common[0]?.startsWith('$') && (startsWithWildcard(one) || startsWithWildcard(other))) return null
  const fresh = freshLevel([one, other])
  const topic = common.map((level) => (level === '+' ? fresh : level))
  if (isTopic(topic.length, topic[0])) return topic.join('/')
  return one.isOpen && other.isOpen ? [...topic, fresh].join('/') : null
}
