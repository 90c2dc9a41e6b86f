import { rowsOf, type LogChunk, type MessageChunk } from './messageLogChunk'

/** Chunks oldest first, looked up by row or sequence in O(log chunks), taken off at the front in O(1). */
export interface ChunkList {
  readonly length: () => number
  push(chunk: LogChunk): void
  shift(): LogChunk | undefined
  clear(): void
  /** The chunk at a place counted from the oldest. */
  at(place: number): LogChunk | undefined
  /** Place of the chunk that holds the row, or -1. */
  placeOfRow(row: number): number
  /** Place of the chunk that holds the message, or -1. */
  placeOfSequence(sequence: number): number
}

/** After this many chunks taken off the front, the array is cut. */
const slack = 1_024

export const createChunkList = (): ChunkList => {
  let chunks: (LogChunk | undefined)[] = []
  let head = 0
  /** Sequence numbers only grow within a session; should one start anew, lookups go through the whole list instead. */
  let ordered = true
  let newest: MessageChunk | null = null

  const length = () => chunks.length - head
  const at = (place: number) => (place < 0 ? undefined : chunks[head + place])

  const lastPlaceWhere = (isAtOrBefore: (place: number) => boolean): number => {
    let low = 0
    let high = length()
    while (low < high) {
      const middle = (low + high) >> 1
      if (isAtOrBefore(middle)) low = middle + 1
      else high = middle
    }
    return low - 1
  }

  /** A gap has no sequence of its own: it stands where the messages before it end. */
  const sequenceAt = (place: number): number => {
    for (let index = place; index >= 0; index--) {
      const chunk = at(index)
      if (chunk?.kind === 'messages') return chunk.firstSequence
    }
    return -Infinity
  }

  const placeOfSequence = (sequence: number): number => {
    if (!ordered) return chunks.findLastIndex((chunk, index) => index >= head && holdsSequence(chunk, sequence)) - head
    let place = lastPlaceWhere((candidate) => sequenceAt(candidate) <= sequence)
    while (place >= 0 && at(place)?.kind !== 'messages') place--
    return place >= 0 && holdsSequence(at(place), sequence) ? place : -1
  }

  return {
    length,
    at,
    push: (chunk) => {
      if (chunk.kind === 'messages') {
        if (newest && chunk.firstSequence < newest.firstSequence + newest.count) ordered = false
        newest = chunk
      }
      chunks.push(chunk)
    },
    shift: () => {
      const first = chunks[head]
      if (!first) return undefined
      // Its bytes must go now, not when the array is cut.
      chunks[head] = undefined
      head++
      if (head >= slack && head * 2 >= chunks.length) {
        chunks = chunks.slice(head)
        head = 0
      }
      return first
    },
    clear: () => {
      chunks = []
      head = 0
      ordered = true
      newest = null
    },
    placeOfRow: (row) => {
      const place = lastPlaceWhere((candidate) => (at(candidate)?.firstRow ?? Infinity) <= row)
      const chunk = at(place)
      return chunk && row < chunk.firstRow + rowsOf(chunk) ? place : -1
    },
    placeOfSequence: (sequence) => Math.max(-1, placeOfSequence(sequence)),
  }
}

const holdsSequence = (chunk: LogChunk | undefined, sequence: number): chunk is MessageChunk =>
  chunk?.kind === 'messages' && sequence >= chunk.firstSequence && sequence < chunk.firstSequence + chunk.count
