import { sentMessageSchema, savedMessageSchema, type PublishLibrary } from '#shared/model/publish'

/** What this version could not read, as it stood in the file and in the same two places. */
interface UnreadLibrary {
  readonly savedMessages: readonly unknown[]
  readonly history: Readonly<Record<string, readonly unknown[]>>
}

/** What `messages.json` holds. */
export interface LibraryFileContent extends PublishLibrary {
  readonly setAside: UnreadLibrary
}

export interface ParsedLibrary extends LibraryFileContent {
  /** How many of `setAside` were still among the others. */
  readonly newlySetAside: number
}

type Schema<T> = { safeParse(raw: unknown): { success: true; data: T } | { success: false } }

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const recordIn = (value: unknown) => (isRecord(value) ? value : {})

/** What should have been a list counts as one entry that cannot be read. */
const listOf = (value: unknown): readonly unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as readonly unknown[]) : [value]

const sort = <T>(schema: Schema<T>, listed: readonly unknown[], before: readonly unknown[]) => {
  const read: T[] = []
  const unread: unknown[] = []
  for (const raw of [...listed, ...before]) {
    const parsed = schema.safeParse(raw)
    if (parsed.success) read.push(parsed.data)
    else unread.push(raw)
  }
  return { read, unread, newlyUnread: unread.filter((raw) => listed.includes(raw)).length }
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)

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
  const messages = sort(savedMessageSchema, listOf(savedMessages), listOf(before['savedMessages']))
  const connectionIds = [...new Set([...Object.keys(history), ...Object.keys(historyBefore)])]
  const histories = connectionIds.map((id) => {
    return { id, ...sort(sentMessageSchema, listOf(history[id]), listOf(historyBefore[id])) }
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
