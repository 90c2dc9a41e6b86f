import { unnumberedTopic } from '#shared/model/frame'
import { topicAt, topicIdAt, type FrameNames, type MessageChunk } from './messageLogChunk'
import type { ChunkList } from './messageLogChunks'

interface Wanted {
  readonly sequence: number
  /** Messages that are looked at. */
  readonly within: number
}

/** The message before the one with the sequence number on the same topic, unless it is further away than is looked. */
export const findPrevious = (
  { chunks, names }: { readonly chunks: ChunkList; readonly names: FrameNames },
  { sequence, within }: Wanted,
): readonly [MessageChunk, number] | null => {
  const place = chunks.placeOfSequence(sequence)
  const start = chunks.at(place)
  if (start?.kind !== 'messages') return null
  const isSame = sameTopicAs(start, sequence - start.firstSequence, names)
  let left = within
  for (let at = place; at >= 0 && left > 0; at--) {
    const chunk = chunks.at(at)
    if (chunk?.kind !== 'messages') continue
    const last = at === place ? sequence - chunk.firstSequence - 1 : chunk.count - 1
    for (let index = last; index >= 0 && left > 0; index--, left--) if (isSame(chunk, index)) return [chunk, index]
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
