import type { TopicNode } from '../topicIndex/topicIndexNode'
import { sparkSeconds, type TopicTraffic } from './topicTraffic'
import { secondOf } from './topicTrafficPulses'

/** Topics that are read for one look: some 10 ms where all of them send. */
export const topicsPerLook = 20_000

/**
 * Within a larger branch, one of so many topics is counted by itself, so that its counts are there when it is asked for
 * next: whoever looks at a branch sees those within it too. Smaller ones are read again instead.
 */
const largeBranch = 500

/** Seconds that are counted again each time: messages that are still on their way to the window belong to them. */
const countedAgain = 10

interface Known {
  /** It was asked for, not only counted for a branch above it. */
  asked: boolean
  /** The newest second that is in `counts`. */
  readonly second: number
  /** Messages of each of the last `sparkSeconds`, everything below included, oldest first. */
  readonly counts: Float64Array
}

export interface BranchSeconds {
  /**
   * As `perSecond` of a topic; null = too many topics stand below. The same `now` again costs nothing. Counts are kept
   * only of branches that were asked for the last time, and of large branches within them.
   */
  perSecond(node: TopicNode, now: number): readonly number[] | null
  clear(): void
}

/**
 * Messages a second of whole branches, for those that are looked at: each is counted once a second, the first time over
 * its whole minute and from then on over the seconds that changed. A branch within another lends it its counts, so that
 * one look at all of them costs as much as one at the topics below them, and at most as much as `topicsPerLook`.
 */
export const createBranchSeconds = (traffic: Pick<TopicTraffic, 'addSeconds'>): BranchSeconds => {
  let known = new Map<TopicNode, Known>()
  let before = new Map<TopicNode, Known>()
  let lookedAt = NaN
  let budget = createLookBudget()

  const addBelow = (node: TopicNode, oldest: number, counts: Float64Array): void => {
    // 0 = all messages below were stored ones, whose times only the topics know.
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
    perSecond: (node, now) => {
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

/** How many topics may still be read for one look. A branch within one that was counted in the same look costs nothing. */
interface LookBudget {
  /** Takes what the branch costs; false where that is more than is left. */
  take(node: TopicNode): boolean
}

const createLookBudget = (): LookBudget => {
  let left = topicsPerLook
  /** What was counted, without what stands within. */
  let counted: readonly TopicNode[] = []
  return {
    take: (node) => {
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
