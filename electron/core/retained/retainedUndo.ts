import type { RetainedMessage } from './retainedStore'

/** What a clearing took away and what is not put back, by place in its listing. */
export interface UndoBatch {
  /** The listing's number. */
  readonly listing: number
  readonly filter: string
  readonly messages: Map<number, RetainedMessage>
}

/** What can be put back, latest clearing first. A batch is in it while it has messages. */
export interface UndoStack {
  /** What it holds in memory. */
  keptBytes(): number
  latest(): UndoBatch | null
  put(batch: UndoBatch, place: number, message: RetainedMessage): void
  drop(batch: UndoBatch, place: number): void
}

export const createUndoStack = (): UndoStack => {
  const batches: UndoBatch[] = []
  const isIn = (batch: UndoBatch) => batches.includes(batch)
  return {
    keptBytes: () => {
      let bytes = 0
      for (const { messages } of batches) for (const { keptBytes } of messages.values()) bytes += keptBytes
      return bytes
    },
    latest: () => batches.at(-1) ?? null,
    put: (batch, place, message) => {
      batch.messages.set(place, message)
      if (!isIn(batch)) batches.push(batch)
    },
    drop: (batch, place) => {
      batch.messages.delete(place)
      if (batch.messages.size === 0 && isIn(batch)) batches.splice(batches.indexOf(batch), 1)
    },
  }
}
