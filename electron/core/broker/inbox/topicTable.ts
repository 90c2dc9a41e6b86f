import { levelsOf } from '#shared/mqtt/topicFilter'
import { isUtf8 } from '#shared/mqtt/utf8'

/** A topic as one connection knows it. Its id is its place in the order of first sight. */
export interface TopicEntry {
  readonly id: number
  readonly text: string
  readonly levels: readonly string[]
  /** Cache of the message inbox: which match set, computed at which revision of the subscription list. */
  matchSetId: number
  matchRevision: number
}

/**
 * Topics of one connection, found by their bytes: UTF-8 is decoded on first sight only. The key is the bytes as
 * Latin-1, which V8 makes in one copy, so a lookup costs a hash of the topic and nothing else.
 */
export const createTopicTable = () => {
  const entries: TopicEntry[] = []
  const byBytes = new Map<string, TopicEntry>()

  const add = (key: string, text: string): TopicEntry => {
    const entry = { id: entries.length, text, levels: levelsOf(text), matchSetId: 0, matchRevision: -1 }
    entries.push(entry)
    byBytes.set(key, entry)
    return entry
  }

  // §1.5.4: ill-formed UTF-8 and U+0000; §3.3.2.1: wildcards; §4.7.3: at least one character.
  const addChecked = (key: string, bytes: Buffer): TopicEntry | string => {
    if (bytes.length === 0) return 'the topic name is empty'
    if (!isUtf8(bytes)) return 'the topic name is not well-formed UTF-8'
    const text = bytes.toString('utf8')
    if (text.includes('\0')) return 'the topic name contains U+0000'
    return /[+#]/.test(text) ? 'the topic name contains a wildcard' : add(key, text)
  }

  return {
    /** The topic at these bytes, or why they cannot be one. */
    find: (buffer: Buffer, start: number, end: number): TopicEntry | string => {
      const key = buffer.toString('latin1', start, end)
      return byBytes.get(key) ?? addChecked(key, buffer.subarray(start, end))
    },
    /** The topic of a message of our own; the text must have been checked. */
    ofText: (text: string): TopicEntry => {
      const key = Buffer.from(text, 'utf8').toString('latin1')
      return byBytes.get(key) ?? add(key, text)
    },
    get size() {
      return entries.length
    },
    textsBetween: (first: number, end: number): string[] => entries.slice(first, end).map((entry) => entry.text),
  }
}
export type TopicTable = ReturnType<typeof createTopicTable>
