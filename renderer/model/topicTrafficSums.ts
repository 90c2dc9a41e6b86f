import type { IndexNode } from './topicIndexNode'
import type { TopicTraffic } from './topicTraffic'

/**
 * Sums the traffic of every branch up in one pass over all nodes (parents first). Only for who looks, once a second:
 * it costs every message nothing.
 */
export const sumUpTraffic = (nodes: readonly IndexNode[], traffic: TopicTraffic, now: number): void => {
  for (const node of nodes) {
    node.subtreeRate = traffic.rateOf(node.topicId, now)
    node.subtreeMeanBytes = traffic.bytesOf(node.topicId)
    node.subtreeLargest = traffic.largestOf(node.topicId)
  }
  for (let index = nodes.length - 1; index >= 0; index--) {
    const node = nodes[index] as IndexNode
    const { parent } = node
    if (parent && parent.depth >= 0) {
      parent.subtreeRate += node.subtreeRate
      // Bytes until the node's own turn comes: everything below it stands behind it.
      parent.subtreeMeanBytes += node.subtreeMeanBytes
      if (node.subtreeLargest > parent.subtreeLargest) parent.subtreeLargest = node.subtreeLargest
    }
    node.subtreeMeanBytes /= Math.max(1, node.subtreeMessages)
  }
}
