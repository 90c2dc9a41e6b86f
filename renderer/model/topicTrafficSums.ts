import type { IndexNode } from './topicIndexNode'
import type { TopicTraffic } from './topicTraffic'

const takeOwn = (node: IndexNode, traffic: TopicTraffic, now: number): void => {
  const { topicId } = node
  node.subtreeRate = traffic.rateOf(topicId, now)
  node.subtreeMeanBytes = traffic.bytesOf(topicId)
  node.subtreeLargest = traffic.largestOf(topicId)
  node.subtreeQos0 = traffic.qosOf(topicId, 0)
  node.subtreeQos1 = traffic.qosOf(topicId, 1)
  node.subtreeQos2 = traffic.qosOf(topicId, 2)
  node.subtreeRetained = traffic.retainedOf(topicId)
}

const addTo = (parent: IndexNode, node: IndexNode): void => {
  parent.subtreeRate += node.subtreeRate
  // Bytes until the node's own turn comes: everything below it stands behind it.
  parent.subtreeMeanBytes += node.subtreeMeanBytes
  if (node.subtreeLargest > parent.subtreeLargest) parent.subtreeLargest = node.subtreeLargest
  parent.subtreeQos0 += node.subtreeQos0
  parent.subtreeQos1 += node.subtreeQos1
  parent.subtreeQos2 += node.subtreeQos2
  parent.subtreeRetained += node.subtreeRetained
}

/**
 * Sums the traffic of every branch up in one pass over all nodes (parents first). Only for who looks, once a second:
 * it costs every message nothing.
 */
export const sumUpTraffic = (nodes: readonly IndexNode[], traffic: TopicTraffic, now: number): void => {
  for (const node of nodes) takeOwn(node, traffic, now)
  for (let index = nodes.length - 1; index >= 0; index--) {
    const node = nodes[index] as IndexNode
    const { parent } = node
    if (parent && parent.depth >= 0) addTo(parent, node)
    node.subtreeMeanBytes /= Math.max(1, node.subtreeMessages)
  }
}
