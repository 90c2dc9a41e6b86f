import type { MessageKind, MessageMarks, WireMessage } from '../message/wireMessage'
import type { TopicEntry } from '../message/topicTable'

/**
 * Gets a message when it has its place in the log, each once: no copies and redeliveries. The object is filled anew for the next
 * one; `sequence` 0 = it has no place.
 */
export type MessageListener = (
  message: WireMessage,
  heard: { readonly sequence: number; readonly flags: number },
) => void

/** What is told of each arrival. `filters` are those of ours that match its topic. */
export interface HeardArrival {
  readonly kind: MessageKind
  readonly flags: number
  readonly filters: readonly string[]
}

/** Gets all that arrives, copies and redeliveries too. */
export type ArrivalListener = (message: WireMessage, heard: HeardArrival) => void

/** Messages as they arrive, for who waits for some. */
export interface HeardMessages {
  note(message: WireMessage, marks: MessageMarks, sequence: number): void
  /** Answers how to end it. */
  listen(listener: MessageListener): () => void
  /** Answers how to end it. */
  listenToAll(listener: ArrivalListener): () => void
}

/** While nobody listens, a message costs two comparisons. */
export const createHeardMessages = (filtersFor: (topic: TopicEntry) => readonly string[]): HeardMessages => {
  let listeners: readonly MessageListener[] = []
  let ofAll: readonly ArrivalListener[] = []
  const noteForAll = (message: WireMessage, marks: MessageMarks) => {
    const flags = message.flags | marks.flags
    const heard = { kind: marks.kind, flags, filters: filtersFor(message.topic) }
    for (const listener of ofAll) listener(message, heard)
  }
  return {
    note: (message, marks, sequence) => {
      if (ofAll.length > 0) noteForAll(message, marks)
      if (listeners.length === 0 || marks.kind !== 'own') return
      const heard = { sequence, flags: message.flags | marks.flags }
      for (const listener of listeners) listener(message, heard)
    },
    listen: (listener) => {
      listeners = [...listeners, listener]
      return () => void (listeners = listeners.filter((one) => one !== listener))
    },
    listenToAll: (listener) => {
      ofAll = [...ofAll, listener]
      return () => void (ofAll = ofAll.filter((one) => one !== listener))
    },
  }
}
