import type { IndexNode, TopicNode } from '../topicIndex/topicIndexNode'
import type { TopicTraffic } from './topicTraffic'

/** The traffic of a node and everything below it. */
interface BranchSums {
  /** Messages a second. */
  readonly rate: number
  readonly meanBytes: number
  readonly largestBytes: number
  /** Messages of QoS 0, 1 and 2. */
  readonly qos: readonly [number, number, number]
  readonly retained: number
}

// Float64 fields of a node.
const rateAt = 0
const bytesAt = 1
const messagesAt = 2
const largestAt = 3
const qosAt = 4
const retainedAt = 7
const nodeFields = 8

const blockBits = 10
const blockNodes = 2 ** blockBits
const blockMask = blockNodes - 1

/** Fields of nodes by their place, in blocks: none of them takes long to make. */
type Blocks = (Float64Array | undefined)[]

interface Summed {
  readonly at: number
  readonly count: number
  readonly blocks: Blocks
}

const nothingSummedUp: Summed = { at: NaN, count: 0, blocks: [] }
const noSums: BranchSums = { rate: 0, meanBytes: 0, largestBytes: 0, qos: [0, 0, 0], retained: 0 }

const nodesPerLook = 512

export interface TrafficSums {
  /** Works until `exhausted` says stop; true = the sums for `at` are not complete. Complete ones cost nothing. */
  advance(at: number, exhausted: () => boolean): boolean
  /** The time of the sums that can be read; NaN = there are none yet. */
  summedUpAt(): number
  /** Zeros for a node that came after the sums were begun. */
  sumsOf(node: TopicNode): BranchSums
  rateBelow(node: TopicNode): number
  largestBelow(node: TopicNode): number
  meanBytesBelow(node: TopicNode): number
  /** Called when the index has forgotten its nodes. */
  clear(): void
}

/**
 * Sums the traffic of every branch up, a slice of the work per call and only while somebody looks at sums, so that
 * counting a message costs nothing more. The last complete sums can be read until the next ones are complete. `nodes`
 * stand parents first, each at its `place`.
 */
export const createTrafficSums = (nodes: readonly IndexNode[], traffic: TopicTraffic): TrafficSums => {
  let done = nothingSummedUp
  /** Blocks of earlier sums, to be used again. */
  let spare: Blocks = []
  /** The sums that are being made: everything from `next` on is complete, its parents not yet. */
  let made: (Summed & { next: number }) | null = null
  const own = new Float64Array(nodeFields)
  const below = new Float64Array(nodeFields)

  const start = (at: number) => {
    const count = nodes.length
    // All places at once: the last one is filled first.
    const blocks: Blocks = Array.from({ length: Math.ceil(count / blockNodes) }, () => undefined)
    made = { at, count, blocks, next: count - 1 }
    return made
  }
  const blockOf = (blocks: Blocks, place: number) =>
    (blocks[place >>> blockBits] ??= spare.pop()?.fill(0) ?? new Float64Array(blockNodes * nodeFields))
  const addNode = (blocks: Blocks, node: IndexNode, now: number) => {
    const { topicId, place, parent } = node
    const fields = blockOf(blocks, place)
    const at = (place & blockMask) * nodeFields
    if (node.ownMessages > 0) {
      own[rateAt] = traffic.rateOf(topicId, now)
      own[bytesAt] = traffic.bytesOf(topicId)
      own[messagesAt] = node.ownMessages
      own[largestAt] = traffic.largestOf(topicId)
      for (const qos of [0, 1, 2] as const) own[qosAt + qos] = traffic.qosOf(topicId, qos)
      own[retainedAt] = traffic.retainedOf(topicId)
      addFields(fields, at, own)
    }
    if (parent && parent.depth >= 0) {
      for (let which = 0; which < nodeFields; which++) below[which] = fields[at + which] as number
      addFields(blockOf(blocks, parent.place), (parent.place & blockMask) * nodeFields, below)
    }
  }
  const field = (node: TopicNode, which: number) =>
    node.place < done.count
      ? (done.blocks[node.place >>> blockBits]?.[(node.place & blockMask) * nodeFields + which] ?? 0)
      : 0
  const meanBytesOf = (node: TopicNode) => field(node, bytesAt) / Math.max(1, field(node, messagesAt))

  return {
    advance: (at, exhausted) => {
      while (made || done.at !== at) {
        const { blocks, count, ...work } = made ?? start(at)
        const last = Math.max(0, work.next + 1 - nodesPerLook)
        for (let place = work.next; place >= last; place--) addNode(blocks, nodes[place] as IndexNode, work.at)
        if (made) made.next = last - 1
        if (last === 0) {
          spare = done.blocks
          done = { at: work.at, count, blocks }
          made = null
        }
        if (exhausted()) break
      }
      return made !== null || done.at !== at
    },
    summedUpAt: () => done.at,
    sumsOf: (node) => {
      if (node.place >= done.count) return noSums
      return {
        rate: field(node, rateAt),
        meanBytes: meanBytesOf(node),
        largestBytes: field(node, largestAt),
        qos: [field(node, qosAt), field(node, qosAt + 1), field(node, qosAt + 2)],
        retained: field(node, retainedAt),
      }
    },
    rateBelow: (node) => field(node, rateAt),
    largestBelow: (node) => field(node, largestAt),
    meanBytesBelow: meanBytesOf,
    clear: () => {
      done = nothingSummedUp
      spare = []
      made = null
    },
  }
}

/** Adds the fields of a node to those at `at`. */
const addFields = (fields: Float64Array, at: number, added: Readonly<Float64Array>): void => {
  for (let field = 0; field < nodeFields; field++) {
    const value = added[field] as number
    if (field !== largestAt) fields[at + field] = (fields[at + field] as number) + value
    else if (value > (fields[at + field] as number)) fields[at + field] = value
  }
}
