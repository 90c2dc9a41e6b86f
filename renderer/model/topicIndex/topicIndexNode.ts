// Why it is so: build/docs/decisions/64-traffic-stands-in-columns-of-numbers.md
import type { PayloadReading } from '#shared/text/payloadReading'
import {
  createNodeBlock,
  marksOf,
  nodeBits,
  nodesOfBlock,
  readings,
  rowsOf,
  sortValuesOf,
  type NodeBlock,
} from './topicIndexColumns'
import { createPreviews, previewLimitBytes, type Previews } from './topicIndexPreviews'

export { previewLimitBytes }

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

type Fixed = 'level' | 'topic' | 'depth' | 'parent' | 'children' | 'place' | 'preview' | 'previewLength'

/** What the index and its parts write; everyone else sees `TopicNode`. */
export interface IndexNode
  extends Mutable<Omit<TopicNode, Fixed>>, Pick<TopicNode, Exclude<Fixed, 'parent' | 'children'>> {
  readonly parent: IndexNode | null
  readonly children: readonly IndexNode[]
  /** The child of that name. */
  childNamed(level: string): IndexNode | null
  /** The node of a topic in the same tree. */
  nodeOf(topic: string): IndexNode | null
  /** A new child; `topic` is the whole topic down to it. */
  addChild(topic: string): IndexNode
  /** Keeps a copy of the last payload's first bytes, of so many in all. */
  keepPayload(first: Uint8Array, payloadBytes: number): void
  /** Counts what came for the node or below it; a time of 0 = nothing live. Where nothing stands below, its own figures say it. */
  countBelow(came: CameBelow): void
  order: ChildOrder
  /** What its parent's children were last ordered by; negative = nothing. */
  sortValue: number
  /** Waits in the search's queue for another look at its value. */
  queued: boolean
  /** The last search that found it, and the last that found something below it: numbers, so that a look is cheap. */
  foundBy: number
  leadsFor: number
}

/** The order that the children of a node were last asked for in. */
export interface ChildOrder {
  /** All of them, or the first. */
  readonly nodes: readonly IndexNode[]
  /** With a minus where it is reversed. */
  readonly by: TopicSort | `-${TopicSort}`
  readonly at: number
}

interface CameBelow {
  readonly messages: number
  /** Topics that had no message before. */
  readonly topics: number
  readonly time: number
}

// Shared by every leaf: most nodes never have a child.
const noChildren: readonly Node[] = []
const noOrder: ChildOrder = { nodes: noChildren, by: 'name', at: 0 }

/** What a node has only where something stands below it. */
interface BranchPart {
  readonly children: Node[]
  messages: number
  topics: number
  lastAt: number
  leadsToProbe: number
  leadsFor: number
  order: ChildOrder
}

/** What all nodes of one tree have together. */
interface NodeTable {
  readonly blocks: NodeBlock[]
  readonly previews: Previews
  /** By topic, in many small maps: one that grows puts all that it holds into new memory. */
  readonly byTopic: (Map<string, Node> | undefined)[]
  count: number
}

const mapCount = 512
const mapMask = mapCount - 1

/** Which map a topic stands in. */
const mapOf = (topic: string) => {
  let hash = topic.length
  for (let at = 0; at < topic.length; at++) hash = Math.imul(hash ^ topic.charCodeAt(at), 0x01000193)
  return (hash ^ (hash >>> 15)) & mapMask
}

const at = (column: { readonly [index: number]: number }, slot: number): number => column[slot] as number

/**
 * A node is little more than its topic and its place: what is a number stands in columns that it shares with others, and
 * what only a branch has in a part that leaves are without.
 */
class Node implements IndexNode {
  topicId = -1
  private branch: BranchPart | null = null
  private readonly block: NodeBlock
  private readonly slot: number

  constructor(
    private readonly table: NodeTable,
    readonly topic: string,
    readonly parent: Node | null,
  ) {
    const number = table.count++
    this.slot = number % nodesOfBlock
    if (this.slot === 0) table.blocks.push(createNodeBlock(number))
    this.block = table.blocks[table.blocks.length - 1] as NodeBlock
    this.block.depth[this.slot] = parent ? parent.depth + 2 : 0
    this.block.levelStart[this.slot] = parent && parent.depth >= 0 ? parent.topic.length + 1 : 0
  }

  /** The root has number 0, and stands among no others. */
  get place() {
    return this.block.first + this.slot - 1
  }
  get depth() {
    return at(this.block.depth, this.slot) - 1
  }
  get level() {
    const start = at(this.block.levelStart, this.slot)
    return start === 0 ? this.topic : this.topic.slice(start)
  }

  get version() {
    return at(this.block.version, this.slot)
  }
  set version(version) {
    this.block.version[this.slot] = version
  }
  get ownMessages() {
    return at(this.block.ownMessages, this.slot)
  }
  set ownMessages(messages) {
    this.block.ownMessages[this.slot] = messages
  }
  get lastAt() {
    return at(this.block.lastAt, this.slot)
  }
  set lastAt(time) {
    this.block.lastAt[this.slot] = time
  }
  get payloadBytes() {
    return at(this.block.payloadBytes, this.slot)
  }
  set payloadBytes(bytes) {
    this.block.payloadBytes[this.slot] = bytes
  }
  get previewLength() {
    return Math.min(this.payloadBytes, previewLimitBytes)
  }
  get preview() {
    return this.table.previews.view(at(this.block.preview, this.slot), this.previewLength)
  }
  keepPayload(first: Uint8Array, payloadBytes: number) {
    const { previews } = this.table
    const { preview } = this.block
    preview[this.slot] = previews.keep(at(preview, this.slot), first.subarray(0, previewLimitBytes))
    this.payloadBytes = payloadBytes
  }

  get reading(): PayloadReading {
    return readings[at(this.block.bits, this.slot) & nodeBits.reading] as PayloadReading
  }
  set reading(reading) {
    const { bits } = this.block
    bits[this.slot] = (at(bits, this.slot) & ~nodeBits.reading) | readings.indexOf(reading)
  }
  get retained() {
    return this.hasBit(nodeBits.retained)
  }
  set retained(retained) {
    this.setBit(nodeBits.retained, retained)
  }
  get queued() {
    return this.hasBit(nodeBits.queued)
  }
  set queued(queued) {
    this.setBit(nodeBits.queued, queued)
  }
  private hasBit(bit: number) {
    return (at(this.block.bits, this.slot) & bit) !== 0
  }
  private setBit(bit: number, isSet: boolean) {
    const { bits } = this.block
    bits[this.slot] = isSet ? at(bits, this.slot) | bit : at(bits, this.slot) & ~bit
  }

  get row() {
    return this.block.rows ? at(this.block.rows.row, this.slot) : -1
  }
  set row(row) {
    rowsOf(this.block).row[this.slot] = row
  }
  get open() {
    return this.block.rows !== null && at(this.block.rows.open, this.slot) === 1
  }
  set open(open) {
    rowsOf(this.block).open[this.slot] = open ? 1 : 0
  }
  get position() {
    return this.block.rows ? at(this.block.rows.position, this.slot) : 0
  }
  set position(position) {
    rowsOf(this.block).position[this.slot] = position
  }
  get setSize() {
    return this.block.rows ? at(this.block.rows.setSize, this.slot) : 0
  }
  set setSize(size) {
    rowsOf(this.block).setSize[this.slot] = size
  }

  get foundBy() {
    return this.block.marks ? at(this.block.marks.foundBy, this.slot) : 0
  }
  set foundBy(search) {
    marksOf(this.block).foundBy[this.slot] = search
  }
  get probedBy() {
    return this.block.marks ? at(this.block.marks.probedBy, this.slot) : 0
  }
  set probedBy(probe) {
    marksOf(this.block).probedBy[this.slot] = probe
  }
  get sortValue() {
    return this.block.sortValue ? at(this.block.sortValue, this.slot) : -1
  }
  set sortValue(value) {
    sortValuesOf(this.block)[this.slot] = value
  }

  get children(): readonly Node[] {
    return this.branch?.children ?? noChildren
  }
  childNamed(level: string): Node | null {
    if (!this.branch) return null
    return this.nodeOf(this.depth < 0 ? level : `${this.topic}/${level}`)
  }
  nodeOf(topic: string): Node | null {
    return this.table.byTopic[mapOf(topic)]?.get(topic) ?? null
  }
  addChild(topic: string): Node {
    const child = new Node(this.table, topic, this)
    ;(this.table.byTopic[mapOf(topic)] ??= new Map()).set(topic, child)
    this.branchPart().children.push(child)
    this.version++
    return child
  }
  countBelow({ messages, topics, time }: CameBelow) {
    const { branch } = this
    if (!branch) return
    branch.messages += messages
    branch.topics += topics
    if (time > branch.lastAt) branch.lastAt = time
  }

  get subtreeMessages() {
    return this.branch?.messages ?? this.ownMessages
  }
  set subtreeMessages(messages) {
    this.branchPart().messages = messages
  }
  get subtreeTopics() {
    return this.branch?.topics ?? Math.min(this.ownMessages, 1)
  }
  set subtreeTopics(topics) {
    this.branchPart().topics = topics
  }
  get subtreeLastAt() {
    return this.branch?.lastAt ?? this.lastAt
  }
  set subtreeLastAt(time) {
    this.branchPart().lastAt = time
  }
  get leadsToProbe() {
    return this.branch?.leadsToProbe ?? 0
  }
  set leadsToProbe(probe) {
    this.branchPart().leadsToProbe = probe
  }
  get leadsFor() {
    return this.branch?.leadsFor ?? 0
  }
  set leadsFor(search) {
    this.branchPart().leadsFor = search
  }
  get order(): ChildOrder {
    return this.branch?.order ?? noOrder
  }
  set order(order) {
    this.branchPart().order = order
  }
  private branchPart(): BranchPart {
    return (this.branch ??= {
      children: [],
      messages: this.subtreeMessages,
      topics: this.subtreeTopics,
      lastAt: this.subtreeLastAt,
      leadsToProbe: 0,
      leadsFor: 0,
      order: noOrder,
    })
  }
}

export const createRoot = (): IndexNode =>
  new Node({ blocks: [], previews: createPreviews(), byTopic: [], count: 0 }, '', null)

/** Hostile topics have up to 65,536 levels; what lies deeper than this depth shares one node with the rest of its topic. */
export const maximumDepth = 128

/** The node of a topic, made with all its parents where missing; `onMade` hears of each new one, parents first. */
export const ensureNode = (root: IndexNode, topic: string, onMade: (node: IndexNode) => void): IndexNode => {
  let node = root
  let start = 0
  while (start <= topic.length) {
    const slash = node.depth + 1 < maximumDepth ? topic.indexOf('/', start) : -1
    const end = slash < 0 ? topic.length : slash
    const above = topic.slice(0, end)
    let child = node.nodeOf(above)
    if (!child) {
      child = node.addChild(above)
      onMade(child)
    }
    node = child
    start = end + 1
  }
  return node
}

/** The node of a topic or null. */
export const findNode = (root: IndexNode, topic: string): IndexNode | null => root.nodeOf(topic)
