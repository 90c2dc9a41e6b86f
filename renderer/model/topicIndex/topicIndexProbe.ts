// Why it is so: build/docs/decisions/63-one-walk-along-a-filter.md
import { levelsMatchText } from '#shared/mqtt/topicFilter'
import type { IndexNode, TopicNode } from './topicIndexNode'
import { planOf, startWalk, takesNode, walkOn } from './topicIndexWalk'

export interface ProbedSoFar {
  /** Topics that match, of those looked at so far, and the messages they have had. */
  readonly topics: number
  readonly messages: number
  /** The live ones of the messages that came since the probe began. */
  readonly arrived: number
  /** Goes up with every topic that is found or forgotten. */
  readonly revision: number
}

/** Which topics of the tree one filter matches, and how many messages they have had; a slice of the work per call. */
export interface TopicProbe {
  /**
   * Looks along the filter until `exhausted` says stop; true = more is left. Another filter starts over; one that is
   * not valid, such as '', matches nothing.
   */
  advance(filter: string, exhausted: () => boolean): boolean
  /** Messages that the node's topic just had, counted there already. A new topic is judged at once. */
  noteMessages(node: IndexNode, came: CameMessages): void
  /** Whether the node is a topic that was found to match. */
  isProbed(node: TopicNode): boolean
  /** Whether a topic below the node was found to match. */
  leadsToProbed(node: TopicNode): boolean
  /** As `leadsToProbed`, but for what stands in a branch that is matched as a whole, which may be the whole tree. */
  isOnWay(node: TopicNode): boolean
  answer(): ProbedSoFar
  /** The tree was emptied; the filter stays and is looked for again. */
  clear(): void
}

/** `fresh` = without stored messages. */
interface CameMessages {
  readonly messages: number
  readonly fresh: number
}

/** `root` answers the tree's present root. */
export const createTopicProbe = (root: () => IndexNode): TopicProbe => {
  let plan = planOf('')
  /** Goes up with every start, and makes what earlier probes marked forgotten. */
  let probeNumber = 1
  let walk = startWalk(plan, root())
  let topics = 0
  let messages = 0
  let arrived = 0
  let revision = 0

  const start = () => {
    probeNumber++
    topics = 0
    messages = 0
    arrived = 0
    revision++
    walk = startWalk(plan, root())
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
  /** For a node that no walk has led to. */
  const judge = (node: IndexNode) => {
    if (levelsMatchText(plan.levels, node.topic)) take(node)
    else node.probedBy = -probeNumber
  }
  const reach = (node: IndexNode) => {
    if (isJudged(node) || (node.ownMessages === 0 && !plan.takesBranches)) return
    if (takesNode(plan, node)) take(node)
    else node.probedBy = -probeNumber
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
      while (walk.waiting.length > 0) {
        walkOn(walk, reach)
        if (exhausted()) break
      }
      return walk.waiting.length > 0
    },
    noteMessages: (node, { messages: added, fresh }) => {
      const judged = plan.isValid ? judgedNodeOf(node) : null
      if (!judged) return
      if (!isJudged(judged)) {
        judge(judged)
      } else if (judged.probedBy === probeNumber) {
        messages += added
        if (isNewTopic(node, added)) {
          topics++
          revision++
        }
      }
      if (judged.probedBy === probeNumber) arrived += fresh
    },
    isProbed: (node) => node.ownMessages > 0 && judgedNodeOf(node)?.probedBy === probeNumber,
    leadsToProbed: (node) => {
      if (node.depth < plan.depth) return node.leadsToProbe === probeNumber
      // Every node has a topic, its own or one below.
      return plan.takesBranches && node.children.length > 0 && judgedNodeOf(node)?.probedBy === probeNumber
    },
    isOnWay: (node) => node.depth < plan.depth && node.leadsToProbe === probeNumber,
    answer: () => ({ topics, messages, arrived, revision }),
    clear: start,
  }
}

const isNewTopic = (node: IndexNode, added: number) => node.ownMessages === added

const aboveAt = <Node extends TopicNode>(node: Node, depth: number): Node | null => {
  let above: TopicNode | null = node
  while (above && above.depth > depth) above = above.parent
  return above?.depth === depth ? (above as Node) : null
}
