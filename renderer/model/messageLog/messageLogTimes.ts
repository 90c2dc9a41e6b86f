import { arrivedAt, type MessageChunk } from './messageLogChunk'
import type { ChunkList } from './messageLogChunks'

/** The row of the first message that came after a steady time; null = none did. Messages stand in the order they came. */
export const firstRowAfter = (chunks: ChunkList, steady: number): number | null => {
  let low = 0
  let high = chunks.length()
  let found: MessageChunk | null = null
  while (low < high) {
    const middle = (low + high) >> 1
    // Gaps have no time.
    let place = middle
    while (place < high && chunks.at(place)?.kind !== 'messages') place++
    const chunk = chunks.at(place)
    if (place === high || chunk?.kind !== 'messages') high = middle
    else if (arrivedAt(chunk, chunk.count - 1) > steady) {
      found = chunk
      high = middle
    } else low = place + 1
  }
  return found && found.firstRow + firstIndexAfter(found, steady)
}

const firstIndexAfter = (chunk: MessageChunk, steady: number): number => {
  let low = 0
  let high = chunk.count - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (arrivedAt(chunk, middle) > steady) high = middle
    else low = middle + 1
  }
  return low
}
