import { createFilterCover } from '#shared/mqtt/filterCover'
import { topicNameProblem } from '#shared/mqtt/topicFilter'
import type { TopicIndex } from '../../../model/topicIndex/topicIndex'
import type { FilterCount } from '../../../model/topicIndex/topicIndexCount'
import type { TopicNode } from '../../../model/topicIndex/topicIndexNode'
import { ownFilterOf, rowProblem } from '../menus/rowFilters'
import type { RowMarks } from './rowMarks'

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

/** As many marked rows as a proposal is made for, and letters of their topics together: a second or two of work. */
export const mostRows = 100_000
export const mostLetters = 16_000_000

/**
 * Filters for marked rows. A leaf stands for its topic, a branch for itself and everything below. What either list
 * matches holds every topic of every marked row.
 */
export interface FoundFilters {
  readonly phase: 'found'
  readonly rows: number
  /** Marked rows that no filter can stand for. */
  readonly leftOut: number
  /** Known topics in the other marked rows. */
  readonly topics: number
  /** Few filters, narrow enough to say something, which may match more than the marked rows. */
  readonly fewest: FilterList
  /** A filter for each row, which match nothing else; null where `fewest` is the same. */
  readonly byRow: FilterList | null
  /** Work stopped to stay short: ask again in the next frame. */
  readonly pending: boolean
}

export type FilterProposal =
  | { readonly phase: 'finding'; readonly rows: number; readonly pending: true }
  /** More than `mostRows` or `mostLetters`. */
  | { readonly phase: 'tooMany'; readonly rows: number; readonly pending: false }
  | FoundFilters

/** Filters that are shown and may be subscribed to at once. */
export const shownFilters = 50

/** Makes the proposal for marked rows, a slice of the work a call. */
export interface FilterProposer {
  /**
   * Works a few milliseconds, and answers what is known so far. It is made anew when other rows are marked, and where
   * topics came: at most once for each `at`, and seldom where that is much work. What was found before for the same marks
   * stays until all of the new is there.
   */
  proposalFor(marks: RowMarks, at: number): FilterProposal
}

const shownExamples = 5
/** Milliseconds that one call may work. */
const workingMs = 6
/** While topics come, proposals are made anew for at most one part in so many of the time. */
const makingPerTime = 20

export const createFilterProposer = (tree: TopicIndex, now = () => performance.now()): FilterProposer => {
  let job: ProposalJob | null = null
  let made = { for: NaN, at: 0, cost: 0 }
  let answer: FilterProposal | null = null
  let before: FilterProposal | null = null

  const start = (marks: RowMarks, at: number) => {
    const isSame = job?.marks === marks
    before = isSame && answer?.phase === 'found' ? { ...answer, pending: true } : null
    made = { for: at, at: now(), cost: 0 }
    return (job = startJob(tree, marks))
  }
  const isToBeMadeAnew = (at: number) => {
    if (answer?.phase !== 'found' || answer.pending || job?.topics === tree.topicCount()) return false
    return at !== made.for && now() - made.at >= made.cost * makingPerTime
  }
  return {
    proposalFor: (marks, at) => {
      const isOther = job?.marks !== marks
      if (answer && !isOther && !answer.pending && !isToBeMadeAnew(at)) return answer
      const { steps, proposal } = job && !isOther && answer?.pending ? job : start(marks, at)
      const startedAt = now()
      let endedAt = startedAt
      while (!steps.next().done && endedAt < startedAt + workingMs) endedAt = now()
      made.cost += endedAt - startedAt
      const told = proposal()
      answer = told.pending && before ? before : told
      return answer
    },
  }
}

/** Work in steps of well under a millisecond, which `yield` divides, and what it comes to. */
type Steps<Result> = Generator<undefined, Result>

/** The work for some marks, and how many topics there were when it began. */
interface ProposalJob {
  readonly marks: RowMarks
  readonly topics: number
  readonly steps: Steps<undefined>
  readonly proposal: () => FilterProposal
}

const startJob = (tree: TopicIndex, marks: RowMarks): ProposalJob => {
  let proposal: FilterProposal = { phase: 'finding', rows: marks.size, pending: true }
  const steps = propose(tree, marks, (told) => {
    proposal = told
  })
  return { marks, topics: tree.topicCount(), steps, proposal: () => proposal }
}

/** Makes a proposal; `tell` hears what is known of it so far. */
function* propose(tree: TopicIndex, marks: RowMarks, tell: (proposal: FilterProposal) => void): Steps<undefined> {
  const nodes = marks.size > mostRows ? null : yield* findNodes(tree, marks)
  if (!nodes) {
    tell({ phase: 'tooMany', rows: marks.size, pending: false })
    return
  }
  const holders = yield* findHolders(nodes)
  const { rows, filters, topics, leftOut } = yield* coverRows(holders)
  const byRow = filters.length === rows.length ? null : byRowOf(rows)
  const first = filters.slice(0, shownFilters)
  const counting = tree.startCounting(first, { marked: nodes, examples: shownExamples })
  const tellCounts = (pending: boolean) => {
    const shown = first.map((filter, at) => ({ filter, count: counting.done[at] ?? null }))
    tell({
      phase: 'found',
      rows: nodes.size,
      leftOut,
      topics,
      byRow,
      pending,
      fewest: {
        count: filters.length,
        shown,
      },
    })
  }
  for (let counted = -1; counting.advance(() => true);) {
    if (counting.done.length > counted) tellCounts(true)
    counted = counting.done.length
    yield
  }
  tellCounts(false)
}

/** Null where their topics are too long together. */
function* findNodes(tree: TopicIndex, marks: RowMarks): Steps<Set<TopicNode> | null> {
  const nodes = new Set<TopicNode>()
  let letters = 0
  for (const topic of marks.topics()) {
    letters += topic.length
    if (letters > mostLetters) return null
    const node = tree.find(topic)
    if (node) nodes.add(node)
    yield
  }
  return nodes
}

/** The outermost marked rows, and how many marked rows each of them holds, itself included. */
function* findHolders(nodes: ReadonlySet<TopicNode>): Steps<Map<TopicNode, number>> {
  const holders = new Map<TopicNode, number>()
  for (const node of nodes) {
    const holder = outermost(node, nodes)
    holders.set(holder, (holders.get(holder) ?? 0) + 1)
    yield
  }
  return holders
}

function* coverRows(holders: ReadonlyMap<TopicNode, number>) {
  const cover = createFilterCover()
  const rows: TopicNode[] = []
  const filters: string[] = []
  let topics = 0
  let leftOut = 0
  for (const [node, held] of holders) {
    if (canHaveFilter(node)) {
      rows.push(node)
      topics += node.subtreeTopics
      cover.add(ownFilterOf(node))
    } else {
      // Rows inside such a row cannot be matched either; rows inside any other are matched together with it.
      leftOut += held
    }
    yield
  }
  for (const some of cover.filters()) {
    for (const filter of some) filters.push(filter)
    yield
  }
  return { rows, filters, topics, leftOut }
}

/** The marked row that holds a node and lies in no other, if only the node itself. */
const outermost = (node: TopicNode, marked: ReadonlySet<TopicNode>): TopicNode => {
  let found = node
  for (let above = node.parent; above; above = above.parent) if (marked.has(above)) found = above
  return found
}

// A branch's filter is as long as the name of a topic of one letter below it.
const canHaveFilter = ({ topic, children }: TopicNode) =>
  rowProblem(topic) === null && topicNameProblem(children.length > 0 ? `${topic}/x` : topic) === null

const byRowOf = (rows: readonly TopicNode[]): FilterList => ({
  count: rows.length,
  shown: rows.slice(0, shownFilters).map((node) => ({
    filter: ownFilterOf(node),
    count: { topics: node.subtreeTopics, outside: 0, examples: [] },
  })),
})
