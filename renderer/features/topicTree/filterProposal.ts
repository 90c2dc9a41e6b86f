import { narrowestCover } from '#shared/mqtt/filterCover'
import { topicFilterProblem } from '#shared/mqtt/topicFilter'
import type { TopicIndex } from '../../model/topicIndex'
import type { FilterCount } from '../../model/topicIndexCount'
import type { TopicNode } from '../../model/topicIndexNode'
import { ownFilterOf, rowProblem } from './rowFilters'

export interface ProposedFilter {
  readonly filter: string
  /** Null while it is counted. */
  readonly count: FilterCount | null
}

export interface FilterList {
  /** The first of them: as many as a person reads. */
  readonly shown: readonly ProposedFilter[]
  /** How many there are. */
  readonly count: number
}

/**
 * Filters for marked rows. A leaf stands for its topic, a branch for itself and everything below. What either list
 * matches holds every topic of every marked row.
 */
export interface FilterProposal {
  readonly rows: number
  /** Marked rows that no filter can stand for. */
  readonly leftOut: number
  /** Known topics in the marked rows. */
  readonly topics: number
  /** Few filters, narrow enough to say something, which may match more than the marked rows. */
  readonly fewest: FilterList
  /** A filter for each row, which match nothing else; null where `fewest` is the same. */
  readonly byRow: FilterList | null
  /** Counting stopped to stay short: ask again in the next frame. */
  readonly pending: boolean
}

/** Filters that are shown and may be subscribed to at once. */
export const shownFilters = 50
const shownExamples = 5

const canHaveFilter = (node: TopicNode) =>
  rowProblem(node.topic) === null && topicFilterProblem(ownFilterOf(node)) === null

/** The marked row that holds a node and lies in no other, if only the node itself. */
const outermost = (node: TopicNode, marked: ReadonlySet<TopicNode>): TopicNode => {
  let found = node
  for (let above = node.parent; above; above = above.parent) if (marked.has(above)) found = above
  return found
}

const byRowOf = (rows: readonly TopicNode[]): FilterList => ({
  count: rows.length,
  shown: rows.slice(0, shownFilters).map((node) => ({
    filter: ownFilterOf(node),
    count: { topics: node.subtreeTopics, outside: 0, examples: [] },
  })),
})

/** What a proposal consists of, and what is still to be counted for it. Grows with the marked rows and not faster. */
const startProposal = (tree: TopicIndex, marks: ReadonlySet<string>) => {
  const nodes = new Set([...marks].map((topic) => tree.find(topic)).filter((node) => node !== null))
  const holders = [...nodes].map((node) => outermost(node, nodes))
  // What lies in such a row has the same trouble; what lies in any other is matched with it.
  const isLeftOut = new Set([...new Set(holders)].filter((node) => !canHaveFilter(node)))
  const rows = [...new Set(holders)].filter((node) => !isLeftOut.has(node))
  const filters = narrowestCover(rows.map(ownFilterOf))
  const first = filters.slice(0, shownFilters)
  const counting = tree.startCounting(first, { marked: new Set(rows), examples: shownExamples })
  const known = {
    rows: nodes.size,
    leftOut: isLeftOut.size === 0 ? 0 : holders.filter((node) => isLeftOut.has(node)).length,
    topics: rows.reduce((sum, { subtreeTopics }) => sum + subtreeTopics, 0),
    byRow: filters.length === rows.length ? null : byRowOf(rows),
  }
  const answer = (pending: boolean): FilterProposal => ({
    ...known,
    fewest: { count: filters.length, shown: first.map((filter, at) => ({ filter, count: counting.done[at] ?? null })) },
    pending,
  })
  return { marks, topics: tree.topicCount(), counting, answer }
}

/** Milliseconds that one call may count. */
const countingMs = 6
/** While topics come, proposals are started for at most one part in so many of the time. */
const startsPerTime = 20

/**
 * Answers the proposal for marked rows: anew when other rows are marked, and where topics came, at most once for each
 * `at` and seldom where that is much work. The numbers before stay until all new ones are there.
 */
export const createFilterProposer = (tree: TopicIndex, now = () => performance.now()) => {
  let job: ReturnType<typeof startProposal> | null = null
  let started = { for: NaN, at: 0, cost: 0 }
  let answer: FilterProposal | null = null

  return (marks: ReadonlySet<string>, at: number): FilterProposal => {
    const isOther = job?.marks !== marks
    const isDue = at !== started.for && now() - started.at >= started.cost * startsPerTime
    const hasNews = isDue && job?.topics !== tree.topicCount()
    if (answer && !isOther && !answer.pending && !hasNews) return answer
    const before = isOther ? null : answer
    if (!job || isOther || !answer?.pending) {
      const startedAt = now()
      job = startProposal(tree, marks)
      started = { for: at, at: startedAt, cost: now() - startedAt }
    }
    const deadline = now() + countingMs
    const pending = job.counting.advance(() => now() >= deadline)
    answer = pending && before ? { ...before, pending } : job.answer(pending)
    return answer
  }
}
