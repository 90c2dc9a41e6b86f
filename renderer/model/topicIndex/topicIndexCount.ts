import type { IndexNode, TopicNode } from './topicIndexNode'
import { nodesPerLook, planOf, startWalk, takesNode, walkOn } from './topicIndexWalk'

export interface MatchCount {
  readonly topics: number
  /** Of those topics. */
  readonly messages: number
}

/** Topics of the tree that a filter matches; one that is not valid matches none. Null when `exhausted` said stop. */
export const countAlong = (root: IndexNode, filter: string, exhausted: () => boolean): MatchCount | null => {
  const plan = planOf(filter)
  const walk = startWalk(plan, root)
  let topics = 0
  let messages = 0
  const reach = (node: IndexNode) => {
    if (!takesNode(plan, node)) return
    topics += plan.takesBranches ? node.subtreeTopics : Math.min(node.ownMessages, 1)
    messages += plan.takesBranches ? node.subtreeMessages : node.ownMessages
  }
  while (walk.waiting.length > 0) {
    if (exhausted()) return null
    walkOn(walk, reach)
  }
  return { topics, messages }
}

/** What a filter brings, seen from marked nodes, each of which stands for itself and everything below. */
export interface FilterCount {
  readonly topics: number
  /** Those of them that belong to no marked node. */
  readonly outside: number
  /** The first few of those outside. */
  readonly examples: readonly string[]
}

/** Counts several filters, a slice of the work per call. */
export interface FilterCounting {
  /** Works until `exhausted` says stop; true = more is left. */
  advance(exhausted: () => boolean): boolean
  /** Of the filters that are done, in their order. */
  readonly done: readonly FilterCount[]
}

type Marked = ReadonlySet<TopicNode>

interface CountParts {
  readonly marked: Marked
  /** The nodes above them. */
  readonly above: Marked
  /** Most examples of one filter. */
  readonly limit: number
}

/** What comes into the tree while it is counted may be left out. */
export const startCounting = (
  root: IndexNode,
  filters: readonly string[],
  { marked, examples: limit }: { readonly marked: Marked; readonly examples: number },
): FilterCounting => {
  const above = new Set<TopicNode>()
  const parts: CountParts = { marked, above, limit }
  const notClimbed = marked.values()
  /** False when nothing is left to climb from. */
  const climbOn = () => {
    for (let looked = 0; looked < nodesPerLook; looked++) {
      const { value: node } = notClimbed.next()
      if (!node) return false
      for (let one = node.parent; one && !above.has(one); one = one.parent) above.add(one)
    }
    return true
  }
  const done: FilterCount[] = []
  const countNext = () => {
    const filter = filters[done.length]
    return filter === undefined ? null : startCount(root, filter, parts)
  }
  let count = countNext()
  const goOn = () => {
    if (climbOn()) return
    count?.goOn()
    if (!count?.isOver()) return
    done.push(count.answer())
    count = countNext()
  }
  return {
    done,
    advance: (exhausted) => {
      while (count) {
        goOn()
        if (exhausted()) break
      }
      return count !== null
    },
  }
}

const isInside = (node: TopicNode, marked: Marked): boolean => {
  for (let above: TopicNode | null = node; above; above = above.parent) if (marked.has(above)) return true
  return false
}

/** One filter's count. Goes down only to marked nodes and for examples: other branches are counted as a whole. */
const startCount = (root: IndexNode, filter: string, { marked, above, limit }: CountParts) => {
  const plan = planOf(filter)
  const walk = startWalk(plan, root)
  /** Nodes of branches that the filter takes whole and that may hold marked nodes. */
  const branches: IndexNode[] = []
  const examples: string[] = []
  let topics = 0
  let outside = 0
  const note = (node: IndexNode) => {
    if (node.ownMessages === 0) return
    outside++
    if (examples.length < limit) examples.push(node.topic)
  }
  const reach = (node: IndexNode) => {
    if (!takesNode(plan, node)) return
    topics += plan.takesBranches ? node.subtreeTopics : Math.min(node.ownMessages, 1)
    if (isInside(node, marked)) return
    if (plan.takesBranches) branches.push(node)
    else note(node)
  }
  const lookInside = () => {
    for (let looked = 0; looked < nodesPerLook; looked++) {
      const node = branches.pop()
      if (!node) return
      if (marked.has(node)) continue
      if (examples.length === limit && !above.has(node)) {
        outside += node.subtreeTopics
        continue
      }
      note(node)
      for (const child of node.children) branches.push(child)
    }
  }
  return {
    isOver: () => walk.waiting.length === 0 && branches.length === 0,
    goOn: () => (branches.length > 0 ? lookInside() : walkOn(walk, reach)),
    answer: (): FilterCount => ({ topics, outside, examples }),
  }
}
