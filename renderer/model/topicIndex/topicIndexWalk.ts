// Why it is so: build/docs/decisions/63-one-walk-along-a-filter.md
import { levelsMatchText, parseFilter, topicFilterProblem } from '#shared/mqtt/topicFilter'
import { maximumDepth, type IndexNode } from './topicIndexNode'

/**
 * What the tree has to know of a filter. A node at `depth` is judged alone or, where the filter ends with a #, together
 * with its whole branch, so that # costs as much as the number of branches it takes, not of the topics in them.
 */
export interface FilterPlan {
  readonly filter: string
  readonly levels: readonly string[]
  readonly takesBranches: boolean
  readonly isValid: boolean
  readonly depth: number
}

export const planOf = (filter: string): FilterPlan => {
  const { levels } = parseFilter(filter)
  const takesBranches = levels.at(-1) === '#'
  // The root is never taken as a whole branch: a # alone does not match first levels with $ (§4.7.2).
  const depth = takesBranches ? Math.max(levels.length - 2, 0) : levels.length - 1
  const isValid = topicFilterProblem(filter) === null
  return { filter, levels, takesBranches, isValid, depth: Math.min(depth, maximumDepth) }
}

/** The way through the tree along one filter. */
export interface FilterWalk {
  readonly plan: FilterPlan
  /** Nodes that the filter leads to, not looked at yet; none = the walk is over. */
  readonly waiting: IndexNode[]
}

export const startWalk = (plan: FilterPlan, root: IndexNode): FilterWalk => ({
  plan,
  waiting: plan.isValid ? [root] : [],
})

/** Whether the filter takes a node that the walk led to. At the last depth the node's level may hold slashes. */
export const takesNode = (plan: FilterPlan, node: IndexNode): boolean =>
  node.depth < maximumDepth || levelsMatchText(plan.levels, node.level, maximumDepth)

/** Nodes that are judged before the clock is read again. */
export const nodesPerLook = 256
/** Letters that take as long to compare as a node takes to look at. */
const lettersPerNode = 64

/** Goes on by up to 256 nodes, or one at the last depth that is long; `reach` hears of each at the filter's depth. */
export const walkOn = ({ plan, waiting }: FilterWalk, reach: (node: IndexNode) => void): void => {
  for (let looked = 0; looked < nodesPerLook;) {
    const node = waiting.pop()
    if (!node) return
    looked += costOf(node)
    if (node.depth === plan.depth) reach(node)
    else addChildrenAlong(plan.levels[node.depth + 1], node, waiting)
  }
}

/** Adds the children among which topics go on as the filter's level says. */
const addChildrenAlong = (filterLevel: string | undefined, node: IndexNode, waiting: IndexNode[]) => {
  const isWildcard = filterLevel === '+' || filterLevel === '#'
  // The last depth's levels may hold slashes: they are compared when they are judged.
  if (!isWildcard && node.depth + 1 < maximumDepth) {
    const child = node.childNamed(filterLevel ?? '')
    if (child) waiting.push(child)
    return
  }
  // §4.7.2: a filter starting with a wildcard does not match topics beginning with $.
  const leavesOutDollar = isWildcard && node.depth < 0
  for (const child of node.children) if (!leavesOutDollar || !child.level.startsWith('$')) waiting.push(child)
}

const costOf = ({ depth, level }: IndexNode) => (depth < maximumDepth ? 1 : 1 + level.length / lettersPerNode)
