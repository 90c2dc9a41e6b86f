import type { ChildOrder, IndexNode, TopicSort } from './topicIndexNode'
import { mergeSteps, sortSteps, type Compare, type Steps } from './topicIndexSteps'
import type { TopicTraffic } from '../topicTraffic/topicTraffic'
import type { TrafficSums } from '../topicTraffic/topicTrafficSums'

/** Characters by which levels are collated: one of 65,535 takes a millisecond for each look. */
const collated = 120
const names = new Intl.Collator(undefined, { numeric: true })

/** What values of an order are read from. */
export type OrderTraffic = Pick<TopicTraffic, 'figuresOf'> &
  Pick<TrafficSums, 'rateBelow' | 'meanBytesBelow' | 'largestBelow'>

const valueReaders: Readonly<Record<Exclude<TopicSort, 'name'>, (node: IndexNode, traffic: OrderTraffic) => number>> = {
  activity: (node) => node.subtreeLastAt,
  count: (node) => node.subtreeMessages,
  rate: (node, traffic) => traffic.rateBelow(node),
  size: (node, traffic) => traffic.meanBytesBelow(node),
  largest: (node, traffic) => traffic.largestBelow(node),
  interval: (node, traffic) => traffic.figuresOf(node.topicId)?.meanInterval ?? -1,
  p95: (node, traffic) => traffic.figuresOf(node.topicId)?.p95Interval ?? -1,
}

/** Newcomers sorted into lists by name in one go: under 10 ms of collation. The rest of them waits for the next call. */
export const newcomersPerCall = 2_048
/** So many children are ordered in one go; more of them a slice of the work per call. */
const childrenPerCall = 2_048

/** Children that are put in order over several calls. */
interface Sorting {
  readonly by: ChildOrder['by']
  readonly at: number
  /** Ends with the children in their order. */
  readonly steps: Steps<IndexNode>
}
/** By the node whose children they are. */
export type Sortings = Map<IndexNode, Sorting>

export interface OrderRequest {
  readonly sort: TopicSort
  readonly reversed: boolean
  readonly traffic: OrderTraffic
  /** Orders by moving values are made again only when this changes, so that rows do not jump. */
  readonly at: number
  /** How many newcomers may still be sorted in by name; orderChildren takes from it. */
  newcomersLeft: number
  /** Many children are put in order by `advanceSortings`, from call to call. */
  readonly sortings: Sortings
}

/** Brings `node.order` up to date; true = some children wait for the next call. Names are never reversed here. */
export const orderChildren = (node: IndexNode, request: OrderRequest): boolean => {
  if (request.sort === 'name') return orderByName(node, request)
  return orderByValue(node, request.sort, request)
}

/** Works on what was begun until the call must end; true = there is more to do. */
export const advanceSortings = (sortings: Sortings, exhausted: () => boolean): boolean => {
  for (const [node, { by, at, steps }] of sortings) {
    let step = steps.next()
    while (!step.done && !exhausted()) step = steps.next()
    if (!step.done) return true
    sortings.delete(node)
    node.order = { nodes: step.value, by, at }
  }
  return false
}

// Two different levels may be equal to the collator (`1` and `01`); code units then decide.
const byName = (left: IndexNode, right: IndexNode): number =>
  names.compare(left.level.slice(0, collated), right.level.slice(0, collated)) || (left.level < right.level ? -1 : 1)

const byFirstArrival = (left: IndexNode, right: IndexNode): number => left.place - right.place

/** Largest first, or last where reversed; what has no value is last either way. */
const byValue =
  (reversed: boolean) =>
  (left: IndexNode, right: IndexNode): number => {
    if (left.sortValue < 0 !== right.sortValue < 0) return left.sortValue < 0 ? 1 : -1
    const difference = reversed ? left.sortValue - right.sortValue : right.sortValue - left.sortValue
    return difference || byFirstArrival(left, right)
  }

const placeOf = (list: readonly IndexNode[], node: IndexNode): number => {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const there = list[middle]
    if (there && byName(there, node) < 0) low = middle + 1
    else high = middle
  }
  return low
}

const merged = (ordered: readonly IndexNode[], newcomers: readonly IndexNode[]): IndexNode[] => {
  const result: IndexNode[] = []
  let from = 0
  for (const node of newcomers) {
    const place = placeOf(ordered, node)
    for (; from < place; from++) result.push(ordered[from] as IndexNode)
    result.push(node)
  }
  for (; from < ordered.length; from++) result.push(ordered[from] as IndexNode)
  return result
}

/** Sorts newcomers in among those that stand there. */
function* newcomerSteps(ordered: readonly IndexNode[], newcomers: readonly IndexNode[]): Steps<IndexNode> {
  return yield* mergeSteps([ordered, yield* sortSteps(newcomers, byName)], byName)
}

/** Reads what nodes are ordered by, all of it before the first is compared. */
function* valueSteps(
  nodes: readonly IndexNode[],
  valueOf: (node: IndexNode) => number,
  compare: Compare<IndexNode>,
): Steps<IndexNode> {
  let read = 0
  for (const node of nodes) {
    node.sortValue = valueOf(node)
    if (++read % childrenPerCall === 0) yield
  }
  return yield* sortSteps(nodes, compare)
}

const orderByName = (node: IndexNode, request: OrderRequest): boolean => {
  if (request.sortings.has(node)) return true
  const ordered = node.order.by === 'name' ? node.order.nodes : []
  const waiting = node.children.length - ordered.length
  if (waiting > newcomersPerCall) {
    // As many as stand there already: all of them are moved a few times only, and the first can be seen soon.
    const newcomers = node.children.slice(ordered.length, ordered.length + Math.max(newcomersPerCall, ordered.length))
    request.sortings.set(node, { by: 'name', at: 0, steps: newcomerSteps(ordered, newcomers) })
    return true
  }
  if (waiting > request.newcomersLeft) return true
  if (waiting > 0) {
    request.newcomersLeft -= waiting
    const newcomers = node.children.slice(ordered.length)
    node.order = { nodes: merged(ordered, newcomers.sort(byName)), by: 'name', at: 0 }
  }
  return false
}

const orderByValue = (node: IndexNode, sort: Exclude<TopicSort, 'name'>, request: OrderRequest): boolean => {
  if (request.sortings.has(node)) return true
  const { reversed, traffic, at, sortings } = request
  const by = reversed ? (`-${sort}` as const) : sort
  const { order, children } = node
  if (order.by !== by || order.at !== at) {
    const valueOf = (child: IndexNode) => valueReaders[sort](child, traffic)
    if (children.length > childrenPerCall) {
      sortings.set(node, { by, at, steps: valueSteps([...children], valueOf, byValue(reversed)) })
      return true
    }
    for (const child of children) child.sortValue = valueOf(child)
    node.order = { nodes: [...children].sort(byValue(reversed)), by, at }
  } else if (order.nodes.length < children.length) {
    // Newcomers stand last until the next ordering: nothing above them moves.
    node.order = { nodes: [...order.nodes, ...children.slice(order.nodes.length)], by, at }
  }
  return false
}
