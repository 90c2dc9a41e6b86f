import type { RecordedMark } from '#shared/model/recordings'
import { bookmarksState } from '../features/log/bookmarks/bookmarks'
import { defineConnectionState, type App, type Connection } from '../state/app'
import { connectionsState } from '../state/connections'
import { messagesState } from '../state/messages'
import { sessionEventsState } from '../state/sessionEvents'

interface ToldMarks {
  readonly connectionId: string
  readonly marks: readonly RecordedMark[]
}

/** Puts what stood in a recording beside its messages where it belongs: events between them, bookmarks at them. */
export const receiveMarks = (app: App, { connectionId, marks }: ToldMarks): void => {
  const connection = app.get(connectionsState).all.get(connectionId)
  if (!connection) return
  for (const { kind, time, text, detail } of marks)
    if (kind === 'event' && time !== null)
      connection.get(sessionEventsState).add({ kind: 'recorded', name: text, detail }, time)
  connection.get(waitingBookmarksState).add(marks.filter(({ kind }) => kind === 'bookmark'))
}

interface WaitingBookmarks {
  /** Those whose messages are still under way. */
  readonly waiting: readonly RecordedMark[]
  add(bookmarks: readonly RecordedMark[]): void
}

/** A bookmark says the time and the topic of its message, which comes by another way, and may come later. */
const waitingBookmarksState = defineConnectionState<WaitingBookmarks>(
  'waitingBookmarks',
  ({ owner: connection, get, set }) => {
    const settle = () => {
      const { waiting } = get()
      if (waiting.length === 0) return
      const left = waiting.filter((bookmark) => !placed(connection, bookmark))
      if (left.length < waiting.length) set({ waiting: left })
    }
    connection.watch(messagesState, settle)
    return {
      waiting: [],
      add: (bookmarks) => {
        if (bookmarks.length === 0) return
        set(({ waiting }) => ({ waiting: [...waiting, ...bookmarks].slice(-mostWaiting) }))
        settle()
      },
    }
  },
)

const mostWaiting = 1_000
/** So many messages may have come in the same millisecond. */
const mostLooked = 1_000

/** True = it stands at its message. */
const placed = (connection: Connection, { time, detail: topic, text: note }: RecordedMark): boolean => {
  const { log } = connection.model
  const from = time === null ? null : log.rowAfter(time - 0.001)
  if (from === null) return false
  for (let row = from; row < Math.min(log.endRow(), from + mostLooked); row++) {
    const found = log.rowAt(row)
    if (found?.kind !== 'message') continue
    const { message } = found
    if (message.time !== time || (topic !== '' && message.topic !== topic)) continue
    const bookmarks = connection.get(bookmarksState)
    bookmarks.add(message)
    if (note !== '') bookmarks.setNote(message.sequence, note)
    return true
  }
  return false
}
