import type { IndexNode, TopicNode } from './topicIndexNode'
import { planOf, startWalk, takesNode, walkOn } from './topicIndexWalk'

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

export interface OutsideCount {
  readonly topics: number
  /** The first of them. */
  readonly examples: readonly string[]
}

type Marked = ReadonlySet<TopicNode>

const isInside = (node: TopicNode, marked: Marked): boolean => {
  for (let above: TopicNode | null = node; above; above = above.parent) if (marked.has(above)) return true
  return false
}

const nodesAbove = (marked: Marked): Set<TopicNode> => {
  const all = new Set<TopicNode>()
  for (const node of marked)
    for (let above = node.parent; above && !all.has(above); above = above.parent) all.add(above)
  return all
}

/**
 * For each filter the topics it matches beside those of the marked nodes and all below them. Goes down only to marked
 * nodes and for examples: other branches are counted as a whole.
 */
export const countOutside = (
  root: IndexNode,
  filters: readonly string[],
  { marked, examples: limit }: { readonly marked: Marked; readonly examples: number },
): readonly OutsideCount[] => {
  const above = nodesAbove(marked)
  const countOf = (filter: string): OutsideCount => {
    const plan = planOf(filter)
    const walk = startWalk(plan, root)
    const examples: string[] = []
    let topics = 0
    const note = (node: IndexNode) => {
      if (node.ownMessages === 0) return
      topics++
      if (examples.length < limit) examples.push(node.topic)
    }
    const noteBranch = (branch: IndexNode) => {
      const waiting = [branch]
      for (let node = waiting.pop(); node; node = waiting.pop()) {
        if (marked.has(node)) continue
        if (examples.length === limit && !above.has(node)) {
          topics += node.subtreeTopics
          continue
        }
        note(node)
        for (const child of node.children) waiting.push(child)
      }
    }
    const reach = (node: IndexNode) => {
      if (!takesNode(plan, node) || isInside(node, marked)) return
      if (plan.takesBranches) noteBranch(node)
      else note(node)
    }
    while (walk.waiting.length > 0) walkOn(walk, reach)
    return { topics, examples }
  }
  return filters.map(countOf)
}
