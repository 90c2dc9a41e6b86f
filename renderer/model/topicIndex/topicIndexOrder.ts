import type { IndexNode, TopicSort } from './topicIndexNode'
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

export interface OrderRequest {
  readonly sort: TopicSort
  readonly reversed: boolean
  readonly traffic: OrderTraffic
  /** Orders by moving values are made again only when this changes, so that rows do not jump. */
  readonly at: number
  /** How many newcomers may still be sorted in by name; orderChildren takes from it. */
  newcomersLeft: number
}

/** Brings `node.order` up to date; true = some children wait for the next call. Names are never reversed here. */
export const orderChildren = (node: IndexNode, request: OrderRequest): boolean => {
  if (request.sort === 'name') return orderByName(node, request)
  orderByValue(node, request.sort, request)
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

const orderByName = (node: IndexNode, request: OrderRequest): boolean => {
  const ordered = node.order.by === 'name' ? node.order.nodes : []
  const newcomers = node.children.slice(ordered.length, ordered.length + request.newcomersLeft)
  if (newcomers.length > 0) {
    request.newcomersLeft -= newcomers.length
    node.order = { nodes: merged(ordered, newcomers.sort(byName)), by: 'name', at: 0 }
  }
  return ordered.length + newcomers.length < node.children.length
}

const orderByValue = (node: IndexNode, sort: Exclude<TopicSort, 'name'>, request: OrderRequest): void => {
  const { reversed, traffic, at } = request
  const by = reversed ? (`-${sort}` as const) : sort
  const { order, children } = node
  if (order.by !== by || order.at !== at) {
    const valueOf = valueReaders[sort]
    for (const child of children) child.sortValue = valueOf(child, traffic)
    node.order = { nodes: [...children].sort(byValue(reversed)), by, at }
  } else if (order.nodes.length < children.length) {
    // Newcomers stand last until the next ordering: nothing above them moves.
    node.order = { nodes: [...order.nodes, ...children.slice(order.nodes.length)], by, at }
  }
}
