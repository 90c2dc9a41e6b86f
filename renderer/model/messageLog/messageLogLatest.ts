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

export const createLatestMessages = (initialLimit: number): LatestMessages => {
  /** By topic id: sequence + 1, negative for a message that was sent, 0 = none. */
  let latest = new Float64Array(256)
  /** In the order of their messages: chunks are evicted from the oldest on. */
  const held = new Map<number, MessageChunk>()
  let heldBytes = 0
  let limit = initialLimit

  const reserve = (topicId: number) => {
    if (topicId < latest.length) return
    const grown = new Float64Array(Math.max(topicId + 1, latest.length * 2))
    grown.set(latest)
    latest = grown
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
        reserve(topicId)
        const outgoing = isOutgoingAt(chunk, index)
        if (outgoing && (latest[topicId] ?? 0) > 0) continue
        const key = chunk.firstSequence + index + 1
        latest[topicId] = outgoing ? -key : key
        if (held.size > 0) release(topicId)
      }
    },
    keepFrom: (chunk, messages) => {
      for (let index = 0; index < messages; index++) {
        const topicId = topicIdAt(chunk, index)
        if (Math.abs(latest[topicId] ?? 0) !== chunk.firstSequence + index + 1) continue
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
      const key = Math.abs(latest[topicId] ?? 0)
      return key === 0 ? null : key - 1
    },
    heldOf: (topicId) => held.get(topicId) ?? null,
    heldBytes: () => heldBytes,
    clear: () => {
      latest.fill(0)
      held.clear()
      heldBytes = 0
    },
  }
}
