import type { TopicIndex } from '../../model/topicIndex/topicIndex'
import type { TopicNode } from '../../model/topicIndex/topicIndexNode'

/** A topic that the probed filter matches, a branch on the way to one, or neither. */
export type ProbedAs = 'match' | 'leads' | 'apart'

export const probedAs = (tree: TopicIndex, node: TopicNode): ProbedAs => {
  if (tree.isProbed(node)) return 'match'
  return tree.leadsToProbed(node) ? 'leads' : 'apart'
}
