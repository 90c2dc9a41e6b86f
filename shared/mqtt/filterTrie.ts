// Why it is so: build/docs/decisions/34-filters-are-compared-by-examples.md
import { parseFilter } from './topicFilter'

interface TrieNode {
  readonly literals: Map<string, TrieNode>
  plus: TrieNode | null
  /** Places of the filters that end at this level, and of those that end with a # below it. */
  readonly ends: number[]
  readonly hashes: number[]
}

/** Many subscriptions, asked which of them match a topic. */
export interface FilterTrie<T> {
  /** The values whose filters match a topic name, given as levels, in the order they were given. */
  readonly matching: (topic: readonly string[]) => T[]
}

/**
 * Takes valid filters, shared or not, each with whatever belongs to it; the same filter may come several times. Agrees
 * with `filterMatches` and costs as much as the filters that have something in common with the topic, not as much as all.
 */
export const createFilterTrie = <T>(entries: readonly (readonly [filter: string, value: T])[]): FilterTrie<T> => {
  const root = createNode()
  const values = entries.map(([, value]) => value)
  for (const [place, [filter]] of entries.entries()) insert(root, parseFilter(filter).levels, place)
  return {
    matching: (topic) =>
      placesMatching(root, topic)
        .sort((left, right) => left - right)
        .map((place) => values[place] as T),
  }
}

const createNode = (): TrieNode => ({ literals: new Map(), plus: null, ends: [], hashes: [] })

const literalChild = (node: TrieNode, level: string): TrieNode => {
  const known = node.literals.get(level)
  if (known) return known
  const child = createNode()
  node.literals.set(level, child)
  return child
}

const insert = (root: TrieNode, levels: readonly string[], place: number): void => {
  let node = root
  for (const level of levels) {
    if (level === '#') {
      node.hashes.push(place)
      return
    }
    node = level === '+' ? (node.plus ??= createNode()) : literalChild(node, level)
  }
  node.ends.push(place)
}

const addAll = (places: number[], more: readonly number[]): void => {
  for (const place of more) places.push(place)
}

/** Level by level and without recursion: a filter may have more levels than a stack has frames. */
const placesMatching = (root: TrieNode, topic: readonly string[]): number[] => {
  const places: number[] = []
  let reached = [root]
  // §4.7.2: a filter starting with a wildcard does not match topics beginning with $.
  let takesWildcards = topic[0]?.startsWith('$') !== true
  for (const level of topic) {
    const next: TrieNode[] = []
    for (const node of reached) {
      const literal = node.literals.get(level)
      if (literal) next.push(literal)
      if (!takesWildcards) continue
      addAll(places, node.hashes)
      if (node.plus) next.push(node.plus)
    }
    if (next.length === 0) return places
    reached = next
    takesWildcards = true
  }
  for (const node of reached) {
    addAll(places, node.ends)
    // §4.7.1.2: # stands for its parent level, too.
    addAll(places, node.hashes)
  }
  return places
}
