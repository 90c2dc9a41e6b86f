import type { IndexNode, TopicNode, TopicSort } from './topicIndexNode'
import {
  advanceSortings,
  newcomersPerCall,
  orderChildren,
  type OrderRequest,
  type OrderTraffic,
  type Sortings,
} from './topicIndexOrder'
import type { TopicProbe } from './topicIndexProbe'
import type { TopicSearch } from './topicIndexSearch'

/** Anything that answers whether a topic is in it. */
interface TopicSet {
  has(topic: string): boolean
}

export interface TreeRowOptions {
  /** Open branches. */
  readonly expanded: TopicSet
  /** While rows are left out: branches on the way to something found that are closed all the same. */
  readonly collapsed?: TopicSet
  readonly sort: TopicSort
  /** Names come from A on and values from the largest on, unless reversed. */
  readonly reversed?: boolean
  /** '' shows everything. */
  readonly search: string
  /** Shows only what the probe matches, and the way there. */
  readonly probed?: boolean
  /** Orders by values are made again when this changes and `hold` is off: once a second, so that rows do not jump. */
  readonly at?: number
  /** The pointer is over the rows: they keep their order. */
  readonly hold?: boolean
}

export interface VisibleRows {
  /** The same array until something about the rows themselves changes. */
  readonly rows: readonly TopicNode[]
  /** Goes up when known rows changed places, and not when rows came or went. */
  readonly reordered: number
  /** The call stopped to stay short: ask again in the next frame. */
  readonly pending: boolean
}

const nowhere: TopicSet = { has: () => false }

type RowProbe = Pick<TopicProbe, 'isProbed' | 'leadsToProbed' | 'isOnWay' | 'answer'>

interface Level {
  readonly nodes: readonly IndexNode[]
  next: number
  /** A node above was found: everything below it is shown. */
  readonly found: boolean
}

interface Walk {
  readonly options: TreeRowOptions
  readonly search: TopicSearch
  readonly probe: RowProbe
  readonly order: OrderRequest
  pending: boolean
}

export interface RowListParts {
  readonly root: IndexNode
  readonly search: TopicSearch
  readonly probe: RowProbe
  readonly traffic: OrderTraffic
  /** Goes up with every node that comes or goes. */
  readonly structure: () => number
  readonly now: () => number
}

/** Milliseconds one call may search; drawing a frame has 16. */
const budgetMs = 7
/** While a search or a probe finds more and more, at most one part in so many of the time goes into making the rows anew. */
const searchPerRows = 4

type Question = TreeRowOptions & { readonly structure: number; readonly found: number; readonly at: number }

/** Rows that are being made over several calls. */
interface Making {
  readonly question: Question
  readonly walk: Walk
  readonly rows: IndexNode[]
  readonly steps: Generator<undefined, void, undefined>
  cost: number
}

/** The rows of one tree on the screen. A call where nothing but values changed answers what it has. */
export const createRowList = ({ root, search, probe, traffic, structure, now }: RowListParts) => {
  let last: Question | null = null
  let making: Making | null = null
  const sortings: Sortings = new Map()
  let answer: VisibleRows & { readonly rows: readonly IndexNode[] } = { rows: [], reordered: 0, pending: false }
  let made = { at: -Infinity, cost: 0 }

  const start = (question: Question): Making => {
    const { sort, reversed = false, at } = question
    if (sort !== last?.sort || reversed !== (last.reversed ?? false)) sortings.clear()
    const order = { sort, reversed, traffic, at, newcomersLeft: newcomersPerCall, sortings }
    const walk: Walk = { options: question, search, probe, order, pending: false }
    const rows: IndexNode[] = []
    return { question, walk, rows, steps: flatten(root, walk, rows), cost: 0 }
  }
  /** Works on the rows; false = they are not complete. */
  const goOn = ({ steps, ...work }: Making, exhausted: () => boolean): boolean => {
    const startedAt = now()
    let step = steps.next()
    while (!step.done && !exhausted()) step = steps.next()
    if (making) making.cost = work.cost + now() - startedAt
    return step.done === true
  }
  const publish = ({ question, walk, rows, cost }: Making) => {
    const resort = last !== null && question.at !== last.at
    made = { at: now(), cost }
    const same = sameRows(answer.rows, rows)
    if (!same) rows.forEach((node, row) => (node.row = row))
    const reordered = resort && !same ? answer.reordered + 1 : answer.reordered
    last = question
    answer = { rows: same ? answer.rows : rows, reordered, pending: walk.pending }
    making = null
  }

  return (options: TreeRowOptions): VisibleRows => {
    const deadline = now() + budgetMs
    const exhausted = () => now() >= deadline
    const searching = search.advance(options.search, exhausted)
    const held = options.hold === true || options.sort === 'name'
    const at = last && held ? last.at : (options.at ?? 0)
    const found = search.revision() + (options.probed ? probe.answer().revision : 0)
    if (making && !sameOptions(making.question, options)) making = null
    if (!making) {
      const sameQuestion =
        last !== null && at === last.at && sameOptions(last, options) && last.structure === structure()
      if (sameQuestion && !answer.pending && last?.found === found)
        return answer.pending === searching ? answer : (answer = { ...answer, pending: searching })
      if (sameQuestion && (searching || options.probed) && now() - made.at < made.cost * searchPerRows)
        return (answer = { ...answer, pending: true })
      // Rows in no order yet are shown while there are no others.
      if (sortings.size > 0 && last && sameOptions(last, options) && advanceSortings(sortings, exhausted))
        return (answer = { ...answer, pending: true })
      making = start({ ...options, structure: structure(), found, at })
    }
    if (!goOn(making, exhausted)) return (answer = { ...answer, pending: true })
    const isOld = making.question.structure !== structure() || making.question.found !== found
    publish(making)
    if (searching || isOld) answer = { ...answer, pending: true }
    return answer
  }
}

const isOpen = (node: IndexNode, { options, search, probe }: Walk): boolean => {
  if (node.children.length === 0) return false
  const isOnWay = (options.search !== '' && search.leadsToHit(node)) || (options.probed && probe.isOnWay(node))
  if (isOnWay) return !(options.collapsed ?? nowhere).has(node.topic)
  return options.expanded.has(node.topic)
}

const shownChildren = (node: IndexNode, found: boolean, walk: Walk): readonly IndexNode[] => {
  const { options, search, probe } = walk
  if (orderChildren(node, walk.order)) walk.pending = true
  const ordered = options.reversed && options.sort === 'name' ? node.order.nodes.toReversed() : node.order.nodes
  const isSearched = options.search !== '' && !found
  if (!isSearched && !options.probed) return ordered
  return ordered.filter(
    (child) =>
      (!isSearched || search.isHit(child) || search.leadsToHit(child)) &&
      (!options.probed || probe.isProbed(child) || probe.leadsToProbed(child)),
  )
}

/** Rows that are made before the clock is read again. */
const rowsPerStep = 2_048

/** Depth first without recursion: a topic may have more levels than a stack has frames. Fills `rows`. */
function* flatten(root: IndexNode, walk: Walk, rows: IndexNode[]): Generator<undefined, void, undefined> {
  const stack: Level[] = [{ nodes: shownChildren(root, false, walk), next: 0, found: false }]
  for (let level = stack.at(-1); level; level = stack.at(-1)) {
    const node = level.nodes[level.next++]
    if (!node) {
      stack.pop()
      continue
    }
    node.position = level.next
    node.setSize = level.nodes.length
    node.open = isOpen(node, walk)
    if (rows.push(node) % rowsPerStep === 0) yield
    if (!node.open) continue
    // A branch that was found and opened by hand shows all it holds; opened on the way to others, only those.
    const found = level.found || (walk.search.isHit(node) && walk.options.expanded.has(node.topic))
    stack.push({ nodes: shownChildren(node, found, walk), next: 0, found })
  }
}

const sameRows = (left: readonly IndexNode[], right: readonly IndexNode[]): boolean =>
  left.length === right.length && left.every((node, index) => node === right[index])

const sameOptions = (left: TreeRowOptions, right: TreeRowOptions): boolean =>
  left.expanded === right.expanded &&
  left.collapsed === right.collapsed &&
  left.sort === right.sort &&
  left.reversed === right.reversed &&
  left.search === right.search &&
  left.probed === right.probed
