import { unnumberedTopic } from '#shared/model/frame'
import { topicAt, topicIdAt, type FrameNames, type MessageChunk } from './messageLogChunk'
import type { ChunkList } from './messageLogChunks'

/** The message before the one with the sequence number, which stands in the chunk at `place`, on the same topic. */
export const findPrevious = (
  { chunks, names }: { readonly chunks: ChunkList; readonly names: FrameNames },
  place: number,
  sequence: number,
): readonly [MessageChunk, number] | null => {
  const start = chunks.at(place)
  if (start?.kind !== 'messages') return null
  const isSame = sameTopicAs(start, sequence - start.firstSequence, names)
  for (let at = place; at >= 0; at--) {
    const chunk = chunks.at(at)
    if (chunk?.kind !== 'messages') continue
    const last = at === place ? sequence - chunk.firstSequence - 1 : chunk.count - 1
    for (let index = last; index >= 0; index--) if (isSame(chunk, index)) return [chunk, index]
  }
  return null
}

/** Whether a message has the topic of a given one. Of topics without numbers only the length stands in the id. */
const sameTopicAs = (given: MessageChunk, at: number, names: FrameNames) => {
  const topicId = topicIdAt(given, at)
  if (topicId < unnumberedTopic) return (chunk: MessageChunk, index: number) => topicIdAt(chunk, index) === topicId
  const topic = topicAt(given, at, names)
  return (chunk: MessageChunk, index: number) =>
    topicIdAt(chunk, index) === topicId && topicAt(chunk, index, names) === topic
}
