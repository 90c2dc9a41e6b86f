import { levelsMatch, levelsOf, parseFilter, topicFilterProblem } from '#shared/mqtt/topicFilter'
import { maximumDepth, type IndexNode, type TopicNode } from './topicIndexNode'

/** Which topics of the tree one filter matches, and how many messages they have had; a slice of the work per call. */
export interface TopicProbe {
  /**
   * Looks along the filter until `exhausted` says stop; true = more is left. Another filter starts over; one that is
   * not valid, such as '', matches nothing.
   */
  advance(filter: string, exhausted: () => boolean): boolean
  /** Messages that the node's topic just had, counted there already. A new topic is judged at once. */
  noteMessages(node: IndexNode, messages: number): void
  /** Whether the node is a topic that was found to match. */
  isProbed(node: TopicNode): boolean
  /** Whether a topic below the node was found to match. */
  leadsToProbed(node: TopicNode): boolean
  topics(): number
  messages(): number
  /** Goes up with every topic that is found or forgotten. */
  revision(): number
  /** The tree was emptied; the filter stays and is looked for again. */
  clear(): void
}

const nodesPerLook = 256

/**
 * What the tree has to know of a filter. Judged is a node at `depth`, alone or, where the filter ends with a #, with its
 * whole branch, so that # costs as much as the branches it takes and not as their topics.
 */
const planOf = (filter: string) => {
  const { levels } = parseFilter(filter)
  const takesBranches = levels.at(-1) === '#'
  // No branch is the root's: a # alone leaves out first levels with $.
  const depth = takesBranches ? Math.max(levels.length - 2, 0) : levels.length - 1
  const isValid = topicFilterProblem(filter) === null
  return { filter, levels, takesBranches, isValid, depth: Math.min(depth, maximumDepth) }
}

const isNewTopic = (node: IndexNode, added: number) => node.ownMessages === added

const aboveAt = <Node extends TopicNode>(node: Node, depth: number): Node | null => {
  let above: TopicNode | null = node
  while (above && above.depth > depth) above = above.parent
  return above?.depth === depth ? (above as Node) : null
}

/** Adds the children among which topics go on as the filter's level says. */
const addChildrenAlong = (filterLevel: string | undefined, node: IndexNode, waiting: IndexNode[]) => {
  const isWildcard = filterLevel === '+' || filterLevel === '#'
  // The last depth's levels may hold slashes: they are compared when they are judged.
  if (!isWildcard && node.depth + 1 < maximumDepth) {
    const child = node.childByLevel?.get(filterLevel ?? '')
    if (child) waiting.push(child)
    return
  }
  // §4.7.2: a filter starting with a wildcard does not match topics beginning with $.
  const leavesOutDollar = isWildcard && node.depth < 0
  for (const child of node.children) if (!leavesOutDollar || !child.level.startsWith('$')) waiting.push(child)
}

/** `root` answers the tree's present root. */
export const createTopicProbe = (root: () => IndexNode): TopicProbe => {
  let plan = planOf('')
  /** Goes up with every start, and makes what earlier probes marked forgotten. */
  let probeNumber = 1
  /** Nodes that the filter leads to, not looked at yet. */
  let waiting: IndexNode[] = []
  let topics = 0
  let messages = 0
  let revision = 0

  const start = () => {
    probeNumber++
    topics = 0
    messages = 0
    revision++
    waiting = plan.isValid ? [root()] : []
  }
  const isJudged = (node: IndexNode) => node.probedBy === probeNumber || node.probedBy === -probeNumber
  const take = (node: IndexNode) => {
    node.probedBy = probeNumber
    topics += plan.takesBranches ? node.subtreeTopics : 1
    messages += plan.takesBranches ? node.subtreeMessages : node.ownMessages
    revision++
    for (let above = node.parent; above && above.leadsToProbe !== probeNumber; above = above.parent)
      above.leadsToProbe = probeNumber
  }
  /** For a node that no walk has led to, or whose level may hold slashes. */
  const judge = (node: IndexNode) => {
    if (levelsMatch(plan.levels, levelsOf(node.topic))) take(node)
    else node.probedBy = -probeNumber
  }
  const reach = (node: IndexNode) => {
    if (isJudged(node) || (node.ownMessages === 0 && !plan.takesBranches)) return
    if (node.depth === maximumDepth) judge(node)
    else take(node)
  }
  const lookAtSome = () => {
    for (let looked = 0; looked < nodesPerLook; looked++) {
      const node = waiting.pop()
      if (!node) return
      if (node.depth === plan.depth) reach(node)
      else addChildrenAlong(plan.levels[node.depth + 1], node, waiting)
    }
  }
  const judgedNodeOf = <Node extends TopicNode>(node: Node): Node | null => {
    if (plan.takesBranches) return aboveAt(node, plan.depth)
    return node.depth === plan.depth ? node : null
  }
  return {
    advance: (filter, exhausted) => {
      if (filter !== plan.filter) {
        plan = planOf(filter)
        start()
      }
      while (waiting.length > 0) {
        lookAtSome()
        if (exhausted()) break
      }
      return waiting.length > 0
    },
    noteMessages: (node, added) => {
      const judged = plan.isValid ? judgedNodeOf(node) : null
      if (!judged) return
      if (!isJudged(judged)) {
        judge(judged)
      } else if (judged.probedBy === probeNumber) {
        messages += added
        if (!isNewTopic(node, added)) return
        topics++
        revision++
      }
    },
    isProbed: (node) => node.ownMessages > 0 && judgedNodeOf(node)?.probedBy === probeNumber,
    leadsToProbed: (node) => {
      if (node.depth < plan.depth) return node.leadsToProbe === probeNumber
      // Every node has a topic, its own or one below.
      return plan.takesBranches && node.children.length > 0 && judgedNodeOf(node)?.probedBy === probeNumber
    },
    topics: () => topics,
    messages: () => messages,
    revision: () => revision,
    clear: start,
  }
}
