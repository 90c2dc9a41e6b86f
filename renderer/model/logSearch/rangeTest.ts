import type { MessageChunk } from '../messageLog/messageLogChunk'

/** Messages of a chunk: `from` included, `to` not. */
export interface ChunkRange {
  readonly chunk: MessageChunk
  readonly from: number
  readonly to: number
}

export type MessageTest = (chunk: MessageChunk, index: number) => boolean

/** A test over a range of messages. It is asked of some of them, the oldest first. */
export type RangeTest = (range: ChunkRange) => (index: number) => boolean

export const perMessage =
  (test: MessageTest): RangeTest =>
  ({ chunk }) =>
  (index) =>
    test(chunk, index)
