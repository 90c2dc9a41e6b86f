import type { PayloadReading } from '#shared/text/payloadReading'

/** As they stand in the bits of a node. */
export const readings: readonly PayloadReading[] = ['empty', 'text', 'binary']

/** Of `bits`. */
export const nodeBits = { reading: 0b11, retained: 1 << 2, queued: 1 << 3 } as const

const blockBits = 10
export const nodesOfBlock = 2 ** blockBits

/** What a search or a probe marked. */
interface MarkColumns {
  readonly foundBy: Int32Array
  readonly probedBy: Int32Array
}

/** Where nodes stand in the visible rows. */
interface RowColumns {
  readonly row: Int32Array
  readonly position: Uint32Array
  readonly setSize: Uint32Array
  readonly open: Uint8Array
}

/**
 * Numbers of 1,024 nodes. Blocks instead of arrays that grow: nothing is copied, and there is no moment when memory is held
 * twice. What is only there for nodes that were searched, shown or sorted is made when it is first written.
 */
export interface NodeBlock {
  /** Number of its first node. */
  readonly first: number
  readonly version: Uint32Array
  readonly ownMessages: Float64Array
  readonly lastAt: Float64Array
  readonly payloadBytes: Uint32Array
  /** Where the first bytes of the payload stand. */
  readonly preview: Uint32Array
  /** Where the last level begins in the topic. */
  readonly levelStart: Uint16Array
  /** One more than the depth: the root's is -1. */
  readonly depth: Uint8Array
  readonly bits: Uint8Array
  marks: MarkColumns | null
  rows: RowColumns | null
  sortValue: Float64Array | null
}

export const createNodeBlock = (first: number): NodeBlock => ({
  first,
  version: new Uint32Array(nodesOfBlock),
  ownMessages: new Float64Array(nodesOfBlock),
  lastAt: new Float64Array(nodesOfBlock),
  payloadBytes: new Uint32Array(nodesOfBlock),
  preview: new Uint32Array(nodesOfBlock),
  levelStart: new Uint16Array(nodesOfBlock),
  depth: new Uint8Array(nodesOfBlock),
  bits: new Uint8Array(nodesOfBlock),
  marks: null,
  rows: null,
  sortValue: null,
})

export const marksOf = (block: NodeBlock): MarkColumns =>
  (block.marks ??= { foundBy: new Int32Array(nodesOfBlock), probedBy: new Int32Array(nodesOfBlock) })

export const rowsOf = (block: NodeBlock): RowColumns =>
  (block.rows ??= {
    row: new Int32Array(nodesOfBlock).fill(-1),
    position: new Uint32Array(nodesOfBlock),
    setSize: new Uint32Array(nodesOfBlock),
    open: new Uint8Array(nodesOfBlock),
  })

export const sortValuesOf = (block: NodeBlock): Float64Array =>
  (block.sortValue ??= new Float64Array(nodesOfBlock).fill(-1))
