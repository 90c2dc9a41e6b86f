import type { PayloadReading } from '#shared/text/payloadReading'

/** Bytes of a last value that are kept with its topic: enough for one line, whatever the payload's size. */
export const previewLimitBytes = 256

/**
 * One level of one topic. Nodes are mutable and belong to their index: read them while drawing, keep none of their
 * fields. Times are on the steady clock and tell of live messages; 0 = there was none.
 */
export interface TopicNode {
  readonly level: string
  /** Full topic down to this level; the identity of the node among all of its index. */
  readonly topic: string
  /** 0 for the first level. */
  readonly depth: number
  readonly parent: TopicNode | null
  /** Order of first arrival. */
  readonly children: readonly TopicNode[]
  /** Goes up with everything that a row of the node shows. */
  readonly version: number

  /** Messages of exactly this topic. */
  readonly ownMessages: number
  /** Messages and topics (nodes with messages of their own) of this node and everything below. */
  readonly subtreeMessages: number
  readonly subtreeTopics: number
  readonly lastAt: number
  readonly subtreeLastAt: number
  /** Length of the last payload; its first bytes are `preview.subarray(0, previewLength)`, not decoded. */
  readonly payloadBytes: number
  readonly preview: Uint8Array
  readonly previewLength: number
  /** How the last payload reads, judged by more of it than is kept. */
  readonly reading: PayloadReading
  /** The broker is known to keep a message: one came with the retain mark, and no empty payload since. */
  readonly retained: boolean
  /** Number of its traffic; -1 while only topics below it have messages. */
  readonly topicId: number
  /** Its number among the index's nodes, parents first; -1 = the root. */
  readonly place: number

  /** Place in the visible rows when these were last made; `rows[row] === node` says whether it still stands there. */
  readonly row: number
  readonly open: boolean
  /** The last probe that judged this node or branch: its number where it matched, the negative one where it did not. */
  readonly probedBy: number
  /** The last probe that matched a topic below. */
  readonly leadsToProbe: number
  /** One-based, among the siblings that are shown. */
  readonly position: number
  readonly setSize: number
}

const topicSorts = ['name', 'activity', 'count', 'rate', 'size', 'largest', 'interval', 'p95'] as const
export type TopicSort = (typeof topicSorts)[number]

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }

/** What the index and its parts write; everyone else sees `TopicNode`. */
export type IndexNode = Mutable<Omit<TopicNode, 'level' | 'topic' | 'depth' | 'parent' | 'children'>> & {
  readonly level: string
  readonly topic: string
  readonly depth: number
  readonly parent: IndexNode | null
  children: IndexNode[]
  childByLevel: Map<string, IndexNode> | null
  /** Order of first arrival in the whole index. */
  readonly serial: number
  /** `children`, or the first of them, in the order they were last asked for. */
  ordered: IndexNode[]
  /** With a minus where the order is reversed. */
  orderedBy: TopicSort | `-${TopicSort}`
  orderedAt: number
  /** What its parent's children were last ordered by; negative = nothing. */
  sortValue: number
  /** Waits in the search's queue for another look at its value. */
  queued: boolean
  /** The last search that found it, and the last that found something below it: numbers, so that a look is cheap. */
  foundBy: number
  leadsFor: number
}

const noBytes = new Uint8Array(0)
// Shared by every leaf: most nodes never have a child.
const noChildren: IndexNode[] = []

interface Place {
  readonly level: string
  readonly topic: string
  readonly depth: number
  readonly parent: IndexNode | null
}

let nextSerial = 0

export const createRoot = (): IndexNode => createNode({ level: '', topic: '', depth: -1, parent: null })

/** Hostile topics have up to 65,536 levels; what lies deeper than this depth shares one node with the rest of its topic. */
export const maximumDepth = 128

/** The node of a topic, made with all its parents where missing; `onMade` hears of each new one, parents first. */
export const ensureNode = (root: IndexNode, topic: string, onMade: (node: IndexNode) => void): IndexNode => {
  let node = root
  let start = 0
  while (start <= topic.length) {
    const slash = node.depth + 1 < maximumDepth ? topic.indexOf('/', start) : -1
    const end = slash < 0 ? topic.length : slash
    const level = topic.slice(start, end)
    let child = node.childByLevel?.get(level)
    if (!child) {
      child = createNode({ level, topic: topic.slice(0, end), depth: node.depth + 1, parent: node })
      if (!node.childByLevel) node.children = []
      node.childByLevel ??= new Map()
      node.childByLevel.set(level, child)
      node.children.push(child)
      node.version++
      onMade(child)
    }
    node = child
    start = end + 1
  }
  return node
}

/** The node of a topic or null. */
export const findNode = (root: IndexNode, topic: string): IndexNode | null => {
  let node: IndexNode | undefined = root
  let start = 0
  while (node && start <= topic.length) {
    const slash: number = node.depth + 1 < maximumDepth ? topic.indexOf('/', start) : -1
    const end: number = slash < 0 ? topic.length : slash
    node = node.childByLevel?.get(topic.slice(start, end))
    start = end + 1
  }
  return node ?? null
}

const createNode = ({ level, topic, depth, parent }: Place): IndexNode => ({
  level,
  serial: nextSerial++,
  topic,
  depth,
  parent,
  children: noChildren,
  childByLevel: null,
  version: 0,
  ownMessages: 0,
  subtreeMessages: 0,
  subtreeTopics: 0,
  lastAt: 0,
  subtreeLastAt: 0,
  payloadBytes: 0,
  preview: noBytes,
  previewLength: 0,
  reading: 'empty',
  retained: false,
  topicId: -1,
  place: -1,
  row: -1,
  open: false,
  position: 0,
  setSize: 0,
  probedBy: 0,
  leadsToProbe: 0,
  ordered: noChildren,
  orderedBy: 'name',
  orderedAt: 0,
  sortValue: -1,
  queued: false,
  foundBy: 0,
  leadsFor: 0,
})
