import { maximumDepth, type TopicNode } from '../../model/topicIndex/topicIndexNode'

/** The branches from a node down, itself included. */
export const branchesBelow = (nodes: readonly TopicNode[]): string[] => {
  const topics: string[] = []
  const open = [...nodes]
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.children.length === 0) continue
    topics.push(node.topic)
    for (const child of node.children) open.push(child)
  }
  return topics
}

/** Topics of all levels above a topic: `a/b/c` has `a` and `a/b`. None is deeper than the tree goes. */
export const branchesAbove = (topic: string): string[] => {
  const topics: string[] = []
  let slash = topic.indexOf('/')
  while (slash >= 0 && topics.length < maximumDepth - 1) {
    topics.push(topic.slice(0, slash))
    slash = topic.indexOf('/', slash + 1)
  }
  return topics
}

/** Branches to open so that the first view is not closed: from the top, as long as all rows stay within `limit`. */
export const firstBranches = (firstLevel: readonly TopicNode[], limit: number): string[] => {
  const topics: string[] = []
  let rows = firstLevel.length
  let level = firstLevel
  while (level.length > 0 && rows <= limit) {
    const next: TopicNode[] = []
    for (const node of level) {
      if (node.children.length === 0 || rows + node.children.length > limit) continue
      rows += node.children.length
      topics.push(node.topic)
      next.push(...node.children)
    }
    level = next
  }
  return topics
}
