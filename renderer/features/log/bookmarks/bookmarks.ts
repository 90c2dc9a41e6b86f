import type { MessageView } from '../../../model/messageLog/messageLogChunk'
import { defineConnectionState } from '../../../state/app'

/** A message that a person wants to find again. Topic and time are kept, so that it can be told when it was evicted. */
export interface Bookmark {
  readonly sequence: number
  readonly topic: string
  /** Milliseconds since 1970. */
  readonly time: number
  /** '' = none. */
  readonly note: string
}

export interface BookmarksState {
  /** By sequence number, in the order of the log. */
  readonly all: ReadonlyMap<number, Bookmark>
  /** The list of them is open. */
  readonly isListed: boolean
  /** Adds a bookmark, or removes it with its note. */
  toggle(message: Pick<MessageView, 'sequence' | 'topic' | 'time'>): void
  /** Adds a bookmark where there is none. */
  add(message: Pick<MessageView, 'sequence' | 'topic' | 'time'>): void
  setNote(sequence: number, note: string): void
  remove(sequence: number): void
  list(isListed: boolean): void
}

/** Bookmarks and notes of one connection, by message: a filter of the log does not change them. */
export const bookmarksState = defineConnectionState<BookmarksState>('bookmarks', ({ get, set }) => {
  const put = (bookmark: Bookmark) => {
    const all = [...new Map(get().all).set(bookmark.sequence, bookmark).values()]
    set({ all: new Map(all.toSorted((one, other) => one.sequence - other.sequence).map((one) => [one.sequence, one])) })
  }
  const remove = (sequence: number) =>
    set(({ all }) => ({ all: new Map([...all].filter(([key]) => key !== sequence)) }))
  const add: BookmarksState['add'] = ({ sequence, topic, time }) => {
    if (!get().all.has(sequence)) put({ sequence, topic, time, note: '' })
  }
  return {
    all: new Map(),
    isListed: false,
    add,
    toggle: (message) => (get().all.has(message.sequence) ? remove(message.sequence) : add(message)),
    setNote: (sequence, note) => {
      const bookmark = get().all.get(sequence)
      if (bookmark) put({ ...bookmark, note })
    },
    remove,
    list: (isListed) => set({ isListed }),
  }
})
