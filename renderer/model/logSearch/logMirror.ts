import type { FrameNames, MessageChunk } from '../messageLog/messageLogChunk'
import { createChunkList } from '../messageLog/messageLogChunks'
import { createMemory } from '../messageLog/messageLogMemory'
import type { ChunkRange } from './rangeTest'
import type { LogChanges } from './logFeed'
import type { SharedChunk } from './searchProtocol'

/** A log as the search sees it: the same memory, so that no message is copied. */
export interface LogMirror {
  readonly names: FrameNames
  readonly firstRow: () => number
  readonly endRow: () => number
  /** Goes up when numbers of topics mean others than before. */
  readonly namesRevision: () => number
  update(update: LogChanges): void
  /** The messages of one chunk from `row` on, at most so many rows, none at `endRow` or after it; null = a gap. */
  rangeFrom(row: number, rows: number): ChunkRange | null
  /** The same for the rows that end before `row`. */
  rangeBefore(row: number, rows: number): ChunkRange | null
}

export const createLogMirror = (): LogMirror => {
  const chunks = createChunkList()
  const topicNames: (string | undefined)[] = []
  const matchSets: (readonly string[])[] = []
  let firstRow = 0
  let endRow = 0
  let namesRevision = 0

  const take = (shared: SharedChunk) => {
    if (shared.memory) {
      chunks.push(chunkOf(shared, shared.memory))
      return
    }
    const known = chunks.at(chunks.placeOfRow(shared.firstRow))
    if (known?.kind === 'messages') known.count = shared.endRow - known.firstRow
  }

  const endOf = (place: number) => {
    const chunk = chunks.at(place)
    return chunk?.kind === 'messages' ? chunk.firstRow + chunk.count : Infinity
  }

  const chunkWith = (row: number) => {
    const chunk = chunks.at(chunks.placeOfRow(row))
    return chunk?.kind === 'messages' ? chunk : null
  }

  return {
    names: { topicNames, matchSets },
    firstRow: () => firstRow,
    endRow: () => endRow,
    namesRevision: () => namesRevision,
    update: (update) => {
      for (const name of update.newTopics) topicNames.push(name)
      for (const [number, name] of update.renamedTopics) topicNames[number] = name
      if (update.renamedTopics.length > 0) namesRevision++
      for (const set of update.newMatchSets) matchSets.push(set)
      update.chunks.forEach(take)
      firstRow = update.firstRow
      endRow = update.endRow
      while (endOf(0) <= firstRow) chunks.shift()
    },
    rangeFrom: (row, rows) => {
      const chunk = chunkWith(row)
      if (!chunk) return null
      const from = row - chunk.firstRow
      return { chunk, from, to: Math.min(from + rows, chunk.count) }
    },
    rangeBefore: (row, rows) => {
      const chunk = chunkWith(row - 1)
      if (!chunk) return null
      const to = row - chunk.firstRow
      return { chunk, from: Math.max(to - rows, firstRow - chunk.firstRow, 0), to }
    },
  }
}

const chunkOf = ({ firstRow, endRow, firstRecord }: SharedChunk, memory: ArrayBufferLike): MessageChunk => ({
  kind: 'messages',
  firstRow,
  // The search knows messages by their rows alone; these only have to keep their order.
  firstMessage: firstRow,
  firstSequence: firstRow,
  count: endRow - firstRow,
  memory: createMemory(memory),
  firstRecord,
  clockShift: 0,
})
