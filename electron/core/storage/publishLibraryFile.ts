import { sentMessageSchema, savedMessageSchema, type PublishLibrary, type SavedMessage } from '#shared/model/publish'
import { isRecord, listOf, readEntries, recordIn } from './readEntries'

/** What this version could not read, as it stood in the file and in the same two places. */
interface UnreadLibrary {
  readonly savedMessages: readonly unknown[]
  readonly history: Readonly<Record<string, readonly unknown[]>>
}

/** What `messages.json` holds. */
export interface LibraryFileContent extends PublishLibrary {
  /** Named messages that have not moved into the shared collection yet; an older application has them here. */
  readonly savedMessages: readonly SavedMessage[]
  readonly setAside: UnreadLibrary
}

export interface ParsedLibrary extends LibraryFileContent {
  /** How many of `setAside` were still among the others. */
  readonly newlySetAside: number
}

/**
 * One entry that cannot be read loses none of the others: it is set aside raw, and tried again at every start. Throws
 * when there is no library at all.
 */
export const parseLibrary = (content: unknown): ParsedLibrary => {
  if (!isRecord(content) || !Array.isArray(content['savedMessages']) || !isRecord(content['history']))
    throw new Error('The library has a list of messages and a history.')
  const { savedMessages, history } = content
  const before = recordIn(content['setAside'])
  const historyBefore = recordIn(before['history'])
  const messages = readEntries(savedMessageSchema, listOf(savedMessages), listOf(before['savedMessages']))
  const connectionIds = [...new Set([...Object.keys(history), ...Object.keys(historyBefore)])]
  const histories = connectionIds.map((id) => {
    return { id, ...readEntries(sentMessageSchema, listOf(history[id]), listOf(historyBefore[id])) }
  })
  const unreadHistories = histories.filter(({ unread }) => unread.length > 0)
  return {
    savedMessages: messages.read,
    history: Object.fromEntries(histories.map(({ id, read }) => [id, read])),
    setAside: {
      savedMessages: messages.unread,
      history: Object.fromEntries(unreadHistories.map(({ id, unread }) => [id, unread])),
    },
    newlySetAside: sum([messages, ...histories].map(({ newlyUnread }) => newlyUnread)),
  }
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
