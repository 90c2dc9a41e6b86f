import { Bookmark, BookmarkX, MessageSquareText } from 'lucide-react'
import type { Action, Subjects } from '../../../actions/action'
import { connectionInView } from '../../../state/connections'
import { bookmarksState } from './bookmarks'

const isMarked = ({ connection, message }: Subjects['message']) =>
  connection.get(bookmarksState).all.has(message.sequence)

export const bookmarkActions: readonly Action<'message'>[] = [
  {
    id: 'message.bookmark',
    on: 'message',
    label: { key: 'log.bookmarks.add' },
    icon: Bookmark,
    listKey: 'B',
    contextGroup: 4,
    isShown: (subject) => !isMarked(subject),
    run: ({ connection, message }) => connection.get(bookmarksState).add(message),
  },
  {
    id: 'message.removeBookmark',
    on: 'message',
    label: { key: 'log.bookmarks.remove' },
    icon: BookmarkX,
    listKey: 'B',
    contextGroup: 4,
    isShown: isMarked,
    run: ({ connection, message }) => connection.get(bookmarksState).remove(message.sequence),
  },
  {
    id: 'message.note',
    on: 'message',
    label: { key: 'log.bookmarks.addNote' },
    icon: MessageSquareText,
    contextGroup: 4,
    run: ({ connection, message }) => {
      connection.get(bookmarksState).add(message)
      connection.get(bookmarksState).list(true)
    },
  },
]

/** In the palette and the window's menu: the list of the connection in view. */
export const bookmarkListActions: readonly Action<'window'>[] = [
  {
    id: 'messages.bookmarks',
    on: 'window',
    label: { key: 'log.bookmarks.list' },
    icon: Bookmark,
    isEnabled: (app) => connectionInView(app) !== null,
    run: (app) => connectionInView(app)?.get(bookmarksState).list(true),
  },
]
