import type { UnkeptTopics } from '#shared/model/frame'
import { isUtf8 } from '#shared/mqtt/utf8'
import { createDistinctCount } from './distinctCount'

/**
 * A topic as one connection knows it. Its id is its place in the order of first sight, ever: a number never means two
 * topics, whatever was forgotten in between. -1 = the table is full and does not remember it.
 */
export interface TopicEntry {
  readonly id: number
  readonly text: string
  /** Cache of the message inbox: which match set, computed at which revision of the subscription list. */
  matchSetId: number
  matchRevision: number
  /** When the newest message that was published meanwhile came, on the steady clock; 0 = none did. */
  heardAt: number
  /** The newest SUBSCRIBE that brought a stored message of it (storedMessages); 0 = none did. */
  answeredAsk: number
  /** What its newest message is compared by. */
  latest: LatestContent | null
}

/** Two hashes of 32 bits and the lengths stand for a message's bytes. */
export interface LatestContent {
  time: number
  flags: number
  propertiesLength: number
  length: number
  hash: number
  otherHash: number
}

/** The names of numbers from `firstId` on. They outlive the table for as long as a frame waits that uses them. */
export interface TopicNames {
  readonly firstId: number
  readonly texts: readonly string[]
}

export const newEntry = (id: number, text: string): TopicEntry => ({
  id,
  text,
  matchSetId: 0,
  matchRevision: -1,
  heardAt: 0,
  answeredAsk: 0,
  latest: null,
})

/**
 * Topics of one connection, found by their bytes: UTF-8 is decoded on first sight only. The key is the bytes as
 * Latin-1, which V8 makes in one copy, so a lookup costs a hash of the topic and nothing else. Beyond `limit` topics,
 * which is asked for at each new one, further topics are found anew with each message.
 */
export const createTopicTable = (limit: () => number = () => Infinity) => {
  let byBytes = new Map<string, TopicEntry>()
  let texts: string[] = []
  let firstId = 0
  let unkept = createDistinctCount()
  let unkeptMessages = 0

  const add = (key: string, text: string): TopicEntry => {
    if (texts.length >= limit()) {
      unkept.add(text)
      unkeptMessages += 1
      return newEntry(-1, text)
    }
    const entry = newEntry(firstId + texts.length, text)
    texts.push(text)
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
    /** The number of the next new topic. */
    get size() {
      return firstId + texts.length
    },
    names: (): TopicNames => ({ firstId, texts }),
    unkept: (): UnkeptTopics => ({ topics: unkept.count(), isExact: unkept.isExact(), messages: unkeptMessages }),
    /** Lets all topics go. Numbers go on from where they were. */
    forget: (): void => {
      firstId += texts.length
      byBytes = new Map()
      texts = []
      unkept = createDistinctCount()
      unkeptMessages = 0
    },
  }
}
export type TopicTable = ReturnType<typeof createTopicTable>
