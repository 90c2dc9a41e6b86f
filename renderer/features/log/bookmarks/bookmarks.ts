import { longestNote, type KeptBookmark } from '#shared/model/settings'
import type { MessageView } from '../../../model/messageLog/messageLogChunk'
import { defineConnectionState, type Connection } from '../../../state/app'
import { profilesState } from '../../../state/profiles'
import { isRecording, recordingsState } from '../../../state/recordings'
import { settingsState } from '../../../state/settings'
import { linePreviewOf } from '../preview'

/** A message that a person wants to find again. What was seen of it is kept, so that it can be told when it is gone. */
export interface Bookmark extends KeptBookmark {
  readonly sequence: number
}

type Marked = Pick<MessageView, 'sequence' | 'topic' | 'time' | 'payload' | 'payloadBytes'>

export interface BookmarksState {
  /** By sequence number, in the order of the log. */
  readonly all: ReadonlyMap<number, Bookmark>
  /** Those of windows before this one, whose messages went with them. */
  readonly earlier: readonly KeptBookmark[]
  /** The list of them is open. */
  readonly isListed: boolean
  /** Adds a bookmark, or removes it with its note. */
  toggle(message: Marked): void
  /** Adds a bookmark where there is none. */
  add(message: Marked): void
  setNote(sequence: number, note: string): void
  remove(sequence: number): void
  /** Changes one of the earlier ones; null = takes it off. */
  changeEarlier(place: number, note: string | null): void
  list(isListed: boolean): void
}

/** The oldest go. */
const mostKept = 1_000
const shownPayload = 200

/**
 * Bookmarks and notes of one connection, by message: a filter of the log does not change them. Each change is kept, as
 * saved queries are: what a person wrote must outlive the window.
 */
export const bookmarksState = defineConnectionState<BookmarksState>('bookmarks', ({ owner: connection, get, set }) => {
  const change = (next: Partial<Pick<BookmarksState, 'all' | 'earlier'>>) => {
    set(next)
    // A recording that was opened has no place among what is kept: its own file has its bookmarks.
    if (!isRecording(connection.app, connection.id)) keep(connection, [...get().earlier, ...get().all.values()])
  }
  const put = (bookmark: Bookmark) => {
    connection.app.get(recordingsState).noteBookmark(connection.id, bookmark)
    const all = [...new Map(get().all).set(bookmark.sequence, bookmark).values()]
    const inOrder = all.toSorted((one, other) => one.sequence - other.sequence)
    change({ all: new Map(inOrder.map((one) => [one.sequence, one])) })
  }
  const remove = (sequence: number) => change({ all: new Map([...get().all].filter(([key]) => key !== sequence)) })
  const add: BookmarksState['add'] = ({ sequence, topic, time, payload, payloadBytes }) => {
    if (get().all.has(sequence)) return
    const { text } = linePreviewOf(payload, payloadBytes)
    put({ sequence, topic, time, note: '', payload: text.slice(0, shownPayload) })
  }
  return {
    all: new Map(),
    earlier: connection.app.get(settingsState).settings.bookmarks[connection.id] ?? [],
    isListed: false,
    add,
    toggle: (message) => (get().all.has(message.sequence) ? remove(message.sequence) : add(message)),
    setNote: (sequence, note) => {
      const bookmark = get().all.get(sequence)
      if (bookmark) put({ ...bookmark, note: note.slice(0, longestNote) })
    },
    remove,
    changeEarlier: (place, note) =>
      change({
        earlier: get().earlier.flatMap((one, at) => (at !== place ? [one] : note === null ? [] : [{ ...one, note }])),
      }),
    list: (isListed) => set({ isListed }),
  }
})

const keep = ({ app, id }: Connection, bookmarks: readonly KeptBookmark[]): void => {
  const { settings, save } = app.get(settingsState)
  const known = new Set(app.get(profilesState).entries.map(({ profile }) => profile.id))
  // With a connection its bookmarks go.
  const others = Object.entries(settings.bookmarks).filter(([one]) => one !== id && known.has(one))
  const kept = bookmarks.slice(-mostKept).map(({ topic, time, note, payload }) => ({ topic, time, note, payload }))
  void save({ bookmarks: Object.fromEntries([...others, ...(kept.length > 0 ? [[id, kept] as const] : [])]) })
}
