import { createFrameReader, type FrameReader } from '#shared/model/frameReader'
import type { Frame } from '#shared/model/frame'
import { readingOf } from '#shared/text/payloadReading'
import { countAlong, startCounting, type FilterCounting, type MatchCount } from './topicIndexCount'
import { createRoot, ensureNode, findNode, type IndexNode, type TopicNode } from './topicIndexNode'
import { createTopicProbe, type ProbedSoFar } from './topicIndexProbe'
import { createRowList, type TreeRowOptions, type VisibleRows } from './topicIndexRows'
import { createTopicSearch } from './topicIndexSearch'
import { createTally, type TopicShare } from './topicIndexTally'
import { createTopicTraffic, type TopicTraffic } from '../topicTraffic/topicTraffic'
import { createBranchSeconds } from '../topicTraffic/topicTrafficBranches'
import { createTrafficSums, type TrafficSums } from '../topicTraffic/topicTrafficSums'

/**
 * All topics seen on a connection as a tree of levels, with exact counts. Frames are summed up by topic first; paths are
 * walked once per topic and frame, and nothing is decoded before it is shown or searched.
 */
export interface TopicIndex {
  /** The frame's topics must be in `topicNames` already. */
  apply(frame: Frame): void
  clear(): void
  /** Whether the broker keeps a message for the topic, as was learnt otherwise; for a topic that is not there nothing happens. */
  noteRetained(topic: string, retained: boolean): void
  /** Nodes with messages of their own. */
  topicCount(): number
  /** Those nodes in the order of their first message. Grows at its end; another list when the tree was emptied. */
  topics(): readonly TopicNode[]
  find(topic: string): TopicNode | null
  /** Nodes of the first level in the order of their arrival. */
  firstLevel(): readonly TopicNode[]
  visibleRows(options: TreeRowOptions): VisibleRows
  /** Looks for the topics a filter matches; '' or a filter that is not valid matches none. Marks them for `isProbed`. */
  probe(filter: string): ProbeAnswer
  /** Whether the node is a topic that the probed filter matches. */
  isProbed(node: TopicNode): boolean
  /** Whether it matches a topic below the node. */
  leadsToProbed(node: TopicNode): boolean
  /** Topics that any filter matches, beside the probe's marks; null when `exhausted` said stop before the end. */
  countMatching(filter: string, exhausted?: () => boolean): MatchCount | null
  /** Starts to count what filters match, and what of it lies outside the marked nodes and all below them. */
  startCounting(
    filters: readonly string[],
    options: { readonly marked: ReadonlySet<TopicNode>; readonly examples: number },
  ): FilterCounting
  readonly traffic: TrafficReaders
  /**
   * Sums the traffic below every branch up for a time; true = the call stopped to stay short, the sums from before can
   * be read meanwhile. To ask for the same time again costs nothing.
   */
  sumUpTraffic(at: number): boolean
  /** Since when nothing that came was forgotten, on the steady clock. */
  heardSince(): number
}

/** By `topicId` of a node. */
interface TrafficReaders extends Omit<TopicTraffic, 'add' | 'clear'>, Pick<TrafficSums, 'summedUpAt' | 'sumsOf'> {
  /** As `perSecond`, of a node and everything below it; null = too many topics. The same time again is free. */
  perSecondBelow(node: TopicNode, now: number): readonly number[] | null
}

export interface ProbeAnswer extends ProbedSoFar {
  /** The call stopped to stay short: ask again in the next frame. */
  readonly pending: boolean
}

interface IndexParts {
  /** Topic by the number frames use for it; grows while the index lives. */
  readonly topicNames: readonly (string | undefined)[]
  /** Milliseconds from any start; bounds how long one call works. */
  readonly now?: () => number
  /** The steady time. */
  readonly steadyNow?: () => number
}

/** Milliseconds one call may probe, or sum up; the rows are made in the same frame. */
const probeBudgetMs = 4
const sumsBudgetMs = 4

export const createTopicIndex = ({ topicNames, now = pageNow, steadyNow = Date.now }: IndexParts): TopicIndex => {
  const nodes: IndexNode[] = []
  const traffic = createTreeTraffic(nodes)
  let tally = createTally(traffic)
  const search = createTopicSearch(nodes)
  let root = createRoot()
  const probe = createTopicProbe(() => root)
  let nodeByTopicId: IndexNode[] = []
  let topics: IndexNode[] = []
  let structure = 0
  let heardSince = steadyNow()
  const createRows = () =>
    createRowList({ root, search, probe, traffic: traffic.order, structure: () => structure, now })
  let rows = createRows()

  const remember = (node: IndexNode) => {
    nodes.push(node)
    structure++
  }
  const nodeOf = (topicId: number): IndexNode | null => {
    const known = nodeByTopicId[topicId]
    if (known) return known
    const topic = topicNames[topicId]
    if (topic === undefined) return null
    const node = ensureNode(root, topic, remember)
    nodeByTopicId[topicId] = node
    node.topicId = topicId
    return node
  }
  return {
    apply: (frame) => {
      const reader = createFrameReader(frame)
      for (const share of tally(frame, reader, topicNames.length)) {
        const node = nodeOf(share.topicId)
        if (!node) continue
        if (node.ownMessages === 0) topics.push(node)
        addShare(node, share, reader)
        search.noteChange(node)
        probe.noteMessages(node, share)
      }
    },
    clear: () => {
      nodes.length = 0
      search.clear()
      traffic.clear()
      tally = createTally(traffic)
      heardSince = steadyNow()
      root = createRoot()
      probe.clear()
      nodeByTopicId = []
      topics = []
      structure++
      rows = createRows()
    },
    noteRetained: (topic, retained) => {
      const node = findNode(root, topic)
      if (!node || node.retained === retained) return
      node.retained = retained
      node.version++
    },
    topicCount: () => root.subtreeTopics,
    topics: () => topics,
    find: (topic) => findNode(root, topic),
    firstLevel: () => root.children,
    visibleRows: (options) => rows(options),
    probe: (filter) => {
      const deadline = now() + probeBudgetMs
      const pending = probe.advance(filter, () => now() >= deadline)
      return { ...probe.answer(), pending }
    },
    isProbed: (node) => probe.isProbed(node),
    leadsToProbed: (node) => probe.leadsToProbed(node),
    countMatching: (filter, exhausted = () => false) => countAlong(root, filter, exhausted),
    startCounting: (filters, options) => startCounting(root, filters, options),
    traffic: traffic.readers,
    heardSince: () => heardSince,
    sumUpTraffic: (at) => {
      const deadline = now() + sumsBudgetMs
      return traffic.advanceSums(at, () => now() >= deadline)
    },
  }
}

const countUpwards = (leaf: IndexNode, messages: number, time: number) => {
  const came = { messages, topics: leaf.ownMessages === 0 ? 1 : 0, time }
  for (let node: IndexNode | null = leaf; node; node = node.parent) {
    node.countBelow(came)
    node.version++
  }
}

const addShare = (node: IndexNode, share: TopicShare, reader: FrameReader) => {
  const time = share.newestFresh < 0 ? 0 : reader.arrivedAt(share.newestFresh)
  countUpwards(node, share.messages, time)
  node.ownMessages += share.messages
  // A stored message says nothing of when it was published.
  if (time > 0) node.lastAt = time
  if (share.retained !== null) node.retained = share.retained
  const payload = reader.payload(share.newest)
  const payloadBytes = reader.payloadLength(share.newest)
  // A copy, so that no frame stays in memory for a value.
  node.keepPayload(payload, payloadBytes)
  node.reading = readingOf(payload, payloadBytes)
}

/** The traffic of topics and of the branches above them. */
const createTreeTraffic = (nodes: readonly IndexNode[]) => {
  const traffic = createTopicTraffic()
  const branchSeconds = createBranchSeconds(traffic)
  const sums = createTrafficSums(nodes, traffic)
  const { summedUpAt, sumsOf } = sums
  return {
    add: traffic.add,
    advanceSums: sums.advance,
    order: { ...sums, figuresOf: traffic.figuresOf },
    readers: { ...traffic, perSecondBelow: branchSeconds.perSecond, summedUpAt, sumsOf },
    clear: () => {
      traffic.clear()
      branchSeconds.clear()
      sums.clear()
    },
  }
}

const pageNow = () => performance.now()
