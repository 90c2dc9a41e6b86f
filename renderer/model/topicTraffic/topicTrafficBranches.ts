import type { TopicNode } from '../topicIndex/topicIndexNode'
import { sparkSeconds, type TopicTraffic } from './topicTraffic'
import { secondOf } from './topicTrafficPulses'

/** Topics that are read for one look: some 10 ms where all of them send. */
export const topicsPerLook = 20_000

/**
 * A branch of so many topics is counted by itself within a larger one, so that it is there when it is asked for next: who
 * looks sees branches within branches. Smaller ones are read again instead.
 */
const largeBranch = 500

/** Messages still under way belong to seconds that are counted already: these are counted again each time. */
const countedAgain = 10

interface Known {
  /** Not only lent to a branch above. */
  asked: boolean
  /** The newest second that is in `counts`. */
  readonly second: number
  /** Messages of each of the last `sparkSeconds`, everything below included, oldest first. */
  readonly counts: Float64Array
}

/**
 * Messages a second of whole branches, for those that are looked at: each is counted once a second, the first time over
 * its whole minute and from then on over the seconds that changed. A branch within another lends it its counts, so that
 * one look at all of them costs as much as one at the topics below them, and at most as much as `topicsPerLook`.
 */
export const createBranchSeconds = (traffic: Pick<TopicTraffic, 'addSeconds'>) => {
  let known = new Map<TopicNode, Known>()
  let before = new Map<TopicNode, Known>()
  let lookedAt = NaN
  let budget = createLookBudget()

  const addBelow = (node: TopicNode, oldest: number, counts: Float64Array): void => {
    // 0 = what came below was all kept by the server, at times that only the topics tell.
    if (node.subtreeLastAt > 0 && node.subtreeLastAt < oldest * 1_000) return
    traffic.addSeconds(node.topicId, oldest, counts)
    for (const child of node.children) {
      if (child.children.length === 0) traffic.addSeconds(child.topicId, oldest, counts)
      else if (child.subtreeTopics >= largeBranch || known.has(child) || before.has(child)) {
        const lent = countsOf(child, oldest + counts.length - 1).subarray(-counts.length)
        for (let at = 0; at < lent.length; at++) counts[at] = (counts[at] as number) + (lent[at] as number)
      } else addBelow(child, oldest, counts)
    }
  }
  const countsOf = (node: TopicNode, second: number): Float64Array => {
    const done = known.get(node)
    if (done) return done.counts
    const { counts, fresh } = movedOn(before.get(node), second)
    addBelow(node, second - fresh + 1, counts.subarray(sparkSeconds - fresh))
    known.set(node, { asked: false, second, counts })
    return counts
  }
  return {
    /**
     * As `perSecond` of a topic; null = too many topics stand below. The same `now` again is free; counts are kept only
     * of what was asked for the last time, and of large branches within.
     */
    perSecond: (node: TopicNode, now: number): readonly number[] | null => {
      if (now !== lookedAt) {
        before = new Map([...known].filter(([{ subtreeTopics }, { asked }]) => asked || subtreeTopics >= largeBranch))
        known = new Map()
        lookedAt = now
        budget = createLookBudget()
      }
      if (!known.has(node) && !budget.take(node)) return null
      const counts = countsOf(node, secondOf(now))
      const entry = known.get(node)
      if (entry) entry.asked = true
      return Array.from(counts)
    },
    clear: () => {
      known.clear()
      before.clear()
    },
  }
}

const isWithin = (node: TopicNode, branch: TopicNode): boolean => {
  let above: TopicNode | null = node
  while (above && above.depth > branch.depth) above = above.parent
  return above === branch
}

/** How much of a look's budget is left; a branch within another that was counted in the same look is free. */
const createLookBudget = () => {
  let left = topicsPerLook
  /** What was counted, without what stands within. */
  let counted: readonly TopicNode[] = []
  return {
    /** False where the branch would cost more than is left. */
    take: (node: TopicNode): boolean => {
      if (counted.some((branch) => isWithin(node, branch))) return true
      const within = counted.filter((branch) => isWithin(branch, node))
      const cost = within.reduce((topics, branch) => topics - branch.subtreeTopics, node.subtreeTopics)
      if (cost > left) return false
      left -= cost
      counted = [...counted.filter((branch) => !within.includes(branch)), node]
      return true
    },
  }
}

/** The known counts moved on to another second, those that have to be counted (again) set to 0. */
const movedOn = (known: Known | undefined, second: number): { counts: Float64Array; fresh: number } => {
  const counts = new Float64Array(sparkSeconds)
  const passed = known ? second - known.second : sparkSeconds
  if (!known || passed < 0 || passed + countedAgain >= sparkSeconds) return { counts, fresh: sparkSeconds }
  const fresh = passed + countedAgain
  counts.set(known.counts.subarray(passed))
  counts.fill(0, sparkSeconds - fresh)
  return { counts, fresh }
}
