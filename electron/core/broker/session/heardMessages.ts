import type { MessageMarks, WireMessage } from '../message/wireMessage'

/**
 * Gets a message when it has its place in the log, each once: no copies and redeliveries. The object is filled anew for the next
 * one; `sequence` 0 = it has no place.
 */
export type MessageListener = (
  message: WireMessage,
  heard: { readonly sequence: number; readonly flags: number },
) => void

/** Messages as they arrive, for who waits for some. */
export interface HeardMessages {
  note(message: WireMessage, marks: MessageMarks, sequence: number): void
  /** Answers how to end it. */
  listen(listener: MessageListener): () => void
}

/** While nobody listens, a message costs one comparison. */
export const createHeardMessages = (): HeardMessages => {
  let listeners: readonly MessageListener[] = []
  return {
    note: (message, marks, sequence) => {
      if (listeners.length === 0 || marks.kind !== 'own') return
      const heard = { sequence, flags: message.flags | marks.flags }
      for (const listener of listeners) listener(message, heard)
    },
    listen: (listener) => {
      listeners = [...listeners, listener]
      return () => void (listeners = listeners.filter((one) => one !== listener))
    },
  }
}
