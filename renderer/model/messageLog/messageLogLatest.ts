import { unnumberedTopic } from '#shared/model/frame'
import { detached, detachedSize, isOutgoingAt, topicIdAt, type MessageChunk } from './messageLogChunk'

/**
 * Which message is each topic's latest, and a copy of it once its chunk is evicted. A topic's value is what the broker
 * said last, so a message that was sent counts only where none was received. The copies have a share of the memory of
 * their own, and the oldest go first: many large values must not leave the log without room for messages. A topic
 * without a number has no latest one.
 */
export interface LatestMessages {
  /** Looks at the chunk's messages from `first` on. */
  note(chunk: MessageChunk, first: number): void
  /** Copies what must outlive the chunk's first so many messages. */
  keepFrom(chunk: MessageChunk, messages: number): void
  /** The most bytes that copies may take; those beyond it are evicted at once. */
  setLimit(bytes: number): void
  /** Sequence number of the topic's latest message, or null. */
  sequenceOf(topicId: number): number | null
  heldOf(topicId: number): MessageChunk | null
  heldBytes(): number
  clear(): void
}

const blockBits = 10
const blockTopics = 2 ** blockBits
const blockMask = blockTopics - 1

export const createLatestMessages = (initialLimit: number): LatestMessages => {
  /** By topic id: sequence + 1, negative for a message that was sent, 0 = none. In blocks, so that nothing is copied. */
  const latest: Float64Array[] = []
  /** In the order of their messages: chunks are evicted from the oldest on. */
  const held = new Map<number, MessageChunk>()
  let heldBytes = 0
  let limit = initialLimit

  const keyOf = (topicId: number) => latest[topicId >>> blockBits]?.[topicId & blockMask] ?? 0
  const setKey = (topicId: number, key: number) => {
    const block = (latest[topicId >>> blockBits] ??= new Float64Array(blockTopics))
    block[topicId & blockMask] = key
  }

  const release = (topicId: number) => {
    const copy = held.get(topicId)
    if (!copy) return
    heldBytes -= detachedSize(copy)
    held.delete(topicId)
  }

  const evict = () => {
    for (const topicId of held.keys()) {
      if (heldBytes <= limit) return
      release(topicId)
    }
  }

  return {
    note: (chunk, first) => {
      for (let index = first; index < chunk.count; index++) {
        const topicId = topicIdAt(chunk, index)
        if (topicId >= unnumberedTopic) continue
        const outgoing = isOutgoingAt(chunk, index)
        if (outgoing && keyOf(topicId) > 0) continue
        const key = chunk.firstSequence + index + 1
        setKey(topicId, outgoing ? -key : key)
        if (held.size > 0) release(topicId)
      }
    },
    keepFrom: (chunk, messages) => {
      for (let index = 0; index < messages; index++) {
        const topicId = topicIdAt(chunk, index)
        if (Math.abs(keyOf(topicId)) !== chunk.firstSequence + index + 1) continue
        const copy = detached(chunk, index)
        held.set(topicId, copy)
        heldBytes += detachedSize(copy)
      }
      evict()
    },
    setLimit: (bytes) => {
      limit = bytes
      evict()
    },
    sequenceOf: (topicId) => {
      const key = Math.abs(keyOf(topicId))
      return key === 0 ? null : key - 1
    },
    heldOf: (topicId) => held.get(topicId) ?? null,
    heldBytes: () => heldBytes,
    clear: () => {
      latest.length = 0
      held.clear()
      heldBytes = 0
    },
  }
}
