// Why it is so: build/docs/decisions/17-topics-are-bounded-and-forgotten.md
import type { UnkeptTopics } from '#shared/model/frame'
import { isUtf8 } from '#shared/mqtt/utf8'
import { createDistinctCount } from './distinctCount'

/**
 * A topic of one connection. Ids are given in the order of first messages and never again, also after topics were
 * forgotten. -1 = the table is full and does not keep it.
 */
export interface TopicEntry {
  readonly id: number
  readonly text: string
  /** Cache of the message inbox: which match set, computed at which revision of the subscription list. */
  matchSetId: number
  matchRevision: number
  /** When the newest message arrived that was not a stored one, on the steady clock; 0 = none did. */
  heardAt: number
  /** The newest SUBSCRIBE that brought a stored message of it (storedMessages); 0 = none did. */
  answeredAsk: number
  /** Its stored message that was told last, for those that follow (storedCopies). */
  toldStored: ToldStored | null
  /** Its newest message, for the comparison with the next one (repeats). */
  latest: LatestContent | null
}

/** A stored message that was told, and the SUBSCRIBEs it came for so far. */
export interface ToldStored {
  readonly content: string
  /** On the steady clock. */
  readonly at: number
  /** Of which connection of the session. */
  readonly run: number
  readonly asks: { readonly filter: string }[]
}

/** A message's bytes are compared by two hashes of 31 bits and their lengths. */
export interface LatestContent {
  time: number
  flags: number
  propertiesLength: number
  length: number
  hash: number
  otherHash: number
}

/**
 * The topics with ids from `firstId` on. A waiting frame keeps those it uses, also when the table has forgotten them.
 */
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
  toldStored: null,
  latest: null,
})

/**
 * Topics of one connection, found by their bytes: UTF-8 is decoded on first sight only. The key is the bytes as
 * Latin-1, which V8 makes in one copy, so a lookup costs one hash of the topic. `limit` is asked at each new topic;
 * beyond it, topics are not kept but decoded with each message.
 */
export interface TopicTable {
  /** The topic at these bytes, or why they cannot be one. */
  find(buffer: Buffer, start: number, end: number): TopicEntry | string
  /** The topic of a message of our own; the text must have been checked. */
  ofText(text: string): TopicEntry
  /** The number of the next new topic. */
  readonly size: number
  names(): TopicNames
  unkept(): UnkeptTopics
  /** So many numbers are others': ids go on behind them. */
  reserve(numbers: number): void
  /** Forgets all topics. Ids go on from where they were. */
  forget(): void
}

export const createTopicTable = (limit: () => number = () => Infinity): TopicTable => {
  let byBytes = new Map<string, TopicEntry>()
  let texts: string[] = []
  let firstId = 0
  let unkept = createDistinctCount()
  let unkeptMessages = 0
  /** What is sent again and again need not be looked for. */
  let latestOfText: TopicEntry | null = null

  const add = (key: string, text: string): TopicEntry => {
    if (texts.length >= limit()) {
      unkept.add(text)
      unkeptMessages += 1
      return newEntry(-1, text)
    }
    const entry = newEntry(firstId + texts.length, text)
    texts.push(text)
    // Where the two are equal, as they are for ASCII, one of them is kept.
    byBytes.set(key === text ? text : key, entry)
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
    find: (buffer, start, end) => {
      const key = buffer.toString('latin1', start, end)
      return byBytes.get(key) ?? addChecked(key, buffer.subarray(start, end))
    },
    ofText: (text) => {
      if (latestOfText?.text === text) return latestOfText
      const key = Buffer.from(text, 'utf8').toString('latin1')
      const found = byBytes.get(key) ?? add(key, text)
      latestOfText = found.id < 0 ? null : found
      return found
    },
    get size() {
      return firstId + texts.length
    },
    names: () => ({ firstId, texts }),
    unkept: () => ({ topics: unkept.count(), isExact: unkept.isExact(), messages: unkeptMessages }),
    reserve: (numbers) => {
      firstId += numbers
    },
    forget: () => {
      firstId += texts.length
      byBytes = new Map()
      texts = []
      unkept = createDistinctCount()
      unkeptMessages = 0
      latestOfText = null
    },
  }
}
