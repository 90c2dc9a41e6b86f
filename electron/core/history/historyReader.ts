import {
  flags,
  mostEarlierTopics,
  payloadHeadBytes,
  recordBytes,
  unnumberedTopic,
  wholePayloadBytes,
} from '#shared/model/frame'
import { recordOffset } from '#shared/model/frameReader'
import type { HistoryGap, HistorySegment } from '#shared/model/history'
import { encodeUtf8 } from '#shared/mqtt/utf8'
import type { OpenSqlite, SqliteDatabase, SqliteRow } from '../sqlite'
import { attempted, isBeside } from './historyMeasure'
import { gapsIn, numberOrNull, readHead, segmentsIn, type SegmentPath } from './segmentFile'

/** What is wanted of a history: numbers are those of its messages, times milliseconds since 1970. */
export interface HistoryRange {
  /** The first number; default: all. */
  readonly first?: number
  /** The last number; default: all. */
  readonly last?: number
  /** From then on, and before then. */
  readonly from?: number
  readonly to?: number
  /** Whether a large payload comes as its head, as in frames for the window. */
  readonly heads: boolean
}

/** Messages that follow each other, packed as in a frame (shared/model/frame.ts), with numbers of the cursor for its names. */
export interface HistoryPiece {
  /** Of its first message. */
  readonly first: number
  readonly count: number
  readonly clockShift: number
  /** Before its first message. */
  readonly gaps: readonly HistoryGap[]
  readonly records: Uint8Array
  readonly bytes: Uint8Array
  /** Topics that no piece before used; their numbers go on from those of before. */
  readonly newTopics: readonly string[]
  /** Likewise sets of ids of subscriptions, as JSON. */
  readonly newMatchSets: readonly string[]
}

/** Reads a history from old to new. */
export interface HistoryCursor {
  /** Null = there is nothing more. Throws where the disk refuses. */
  next(): HistoryPiece | null
  close(): void
}

const mostMessages = 4_096
const wantedBytes = 4 * 2 ** 20

export const createHistoryCursor = (open: OpenSqlite, folder: string, range: HistoryRange): HistoryCursor => {
  const paths = segmentsIn(folder)
  const { first: wanted = 1, last: wantedLast = Infinity } = range
  let place = Math.max(0, paths.map(({ first }) => first <= wanted).lastIndexOf(true))
  let segment: OpenSegment | null = null
  const topics = createNumbers(mostEarlierTopics)
  const matchSets = createNumbers(Infinity)

  const openNext = (): OpenSegment | null => {
    const found = paths[place]
    if (!found || found.first > wantedLast) return null
    place += 1
    return openSegment(open, found, { range, following: paths[place]?.first })
  }
  const close = () => {
    segment?.close()
    segment = null
  }
  return {
    next: () => {
      for (;;) {
        segment ??= openNext()
        if (!segment) return null
        const found = segment.read()
        if (found.rows.length > 0 || found.gaps.length > 0)
          return packed(found, { topics, matchSets, heads: range.heads })
        close()
      }
    },
    close,
  }
}

/** A slice of the whole payload of a message; null = it is not there, or not all of it. */
export const readWholePayload = (
  open: OpenSqlite,
  folder: string,
  { seq, from, to }: { seq: number; from: number; to: number },
): Uint8Array | null => {
  const found = segmentsIn(folder)
    .filter(({ first }) => first <= seq)
    .at(-1)
  if (!found) return null
  const database = open(found.path, { readOnly: true })
  try {
    const row = database
      .prepare('SELECT substr(payload, ?, ?) AS slice FROM messages WHERE seq = ? AND whole_length IS NULL')
      .get(from + 1, to - from, seq)
    return row?.['slice'] instanceof Uint8Array ? row['slice'] : null
  } finally {
    database.close()
  }
}

/** The number of the first of the newest messages that together take about so much, and are not more than so many. */
export const tailStart = (
  segments: readonly HistorySegment[],
  most: { readonly bytes: number; readonly messages: number },
): number => {
  let { bytes, messages } = most
  let start = Infinity
  for (const segment of [...segments].reverse()) {
    if (segment.messages === 0) continue
    const perMessage = segment.bytes / segment.messages
    const fits = Math.floor(Math.min(messages, bytes / perMessage, segment.messages))
    if (fits > 0) start = segment.first + segment.messages - fits
    if (fits < segment.messages) break
    bytes -= segment.bytes
    messages -= segment.messages
  }
  return start
}

interface FoundRows {
  readonly rows: readonly SqliteRow[]
  readonly gaps: readonly HistoryGap[]
  topic(row: SqliteRow): string
  matchSet(row: SqliteRow): string
}

interface OpenSegment {
  /** The next rows that follow each other, and the gaps before them; none of both = the end. */
  read(): FoundRows
  close(): void
}

interface SegmentStart {
  readonly range: HistoryRange
  readonly following: number | undefined
}

const openSegment = (
  open: OpenSqlite,
  { first, path }: SegmentPath,
  { range, following }: SegmentStart,
): OpenSegment => {
  const state = { next: Math.max(first, range.first ?? 1), waiting: [] as SqliteRow[], isOver: false }
  const lost = (): HistoryGap => ({
    cause: 'damaged',
    messages: following === undefined ? null : following - state.next,
    from: null,
    to: null,
  })
  const parts = attempted(() => openParts(open, path, range))
  const gaps = parts ? parts.gaps.filter(({ seq }) => seq >= state.next) : []
  const fill = (): HistoryGap | null => {
    if (state.waiting.length > 0 || state.isOver) return null
    const found = parts && attempted(() => parts.read(state.next))
    if (found === null) {
      state.isOver = true
      return lost()
    }
    state.waiting = [...found]
    if (found.length === 0) state.isOver = true
    return null
  }
  return {
    read: () => {
      const missing = fill()
      const [firstRow] = state.waiting
      const seq = firstRow ? Number(firstRow['seq']) : Infinity
      const behind = gaps.findIndex((gap) => gap.seq > seq)
      const before = gaps.splice(0, behind < 0 ? gaps.length : behind)
      const nextGap = gaps[0]?.seq ?? Infinity
      const rows = state.waiting.splice(0, runLength(state.waiting, nextGap))
      state.next = rows.length > 0 ? Number(rows.at(-1)?.['seq']) + 1 : state.next
      return {
        rows,
        gaps: [...before.filter(isWithin(range)), ...(missing ? [missing] : [])],
        topic: (row) => parts?.topics.get(Number(row['topic'])) ?? '',
        matchSet: (row) => parts?.matchSets.get(Number(row['match_set'])) ?? '[]',
      }
    },
    close: () => parts?.database.close(),
  }
}

const isWithin =
  ({ from = -Infinity, to = Infinity }: HistoryRange) =>
  (gap: HistoryGap): boolean =>
    (gap.from ?? gap.to ?? -Infinity) < to && (gap.to ?? gap.from ?? Infinity) >= from

/** How many rows from the front have consecutive numbers, one clock, and no gap between them. */
const runLength = (rows: readonly SqliteRow[], nextGap: number): number => {
  const [first] = rows
  if (!first) return 0
  const start = Number(first['seq'])
  let length = 1
  for (; length < rows.length; length += 1) {
    const row = rows[length]
    if (Number(row?.['seq']) !== start + length || row?.['clock_shift'] !== first['clock_shift']) break
    if (start + length >= nextGap) break
  }
  return length
}

const openParts = (open: OpenSqlite, path: string, { last = Number.MAX_SAFE_INTEGER, from, to }: HistoryRange) => {
  const database = open(path, { readOnly: true })
  try {
    const head = readHead(database)
    const hasNone = head.isSealed && isBeside(head, { from, to })
    const most = rowsAtOnce(database)
    const statement = database.prepare(
      'SELECT * FROM messages WHERE seq >= ? AND seq <= ? AND time >= ? AND time < ? ORDER BY seq LIMIT ?',
    )
    return {
      database,
      topics: namesIn(database, 'SELECT id, topic AS name FROM topics'),
      matchSets: namesIn(database, 'SELECT id, subscriptions AS name FROM match_sets'),
      gaps: [...gapsIn(database)],
      read: (next: number) =>
        hasNone ? [] : statement.all(next, last, from ?? -Number.MAX_VALUE, to ?? Number.MAX_VALUE, most),
    }
  } catch (error) {
    database.close()
    throw error
  }
}

/** Few where payloads are large: a piece is to stay small. */
const rowsAtOnce = (database: SqliteDatabase): number => {
  const pages = Number(database.prepare('PRAGMA page_count').get()?.['page_count'])
  const pageBytes = Number(database.prepare('PRAGMA page_size').get()?.['page_size'])
  const { messages } = readHead(database)
  return Math.max(1, Math.min(mostMessages, Math.floor((wantedBytes * messages) / Math.max(1, pages * pageBytes))))
}

const namesIn = (database: SqliteDatabase, sql: string): ReadonlyMap<number, string> =>
  new Map(
    database
      .prepare(sql)
      .all()
      .map((row) => [Number(row['id']), String(row['name'])]),
  )

interface Numbers {
  /** -1 = there are too many. */
  of(name: string): number
  /** Those that were numbered since the last call. */
  takeNew(): readonly string[]
}

const createNumbers = (most: number): Numbers => {
  const known = new Map<string, number>()
  let fresh: string[] = []
  return {
    of: (name) => {
      const number = known.get(name)
      if (number !== undefined) return number
      if (known.size >= most) return -1
      fresh.push(name)
      known.set(name, known.size)
      return known.size - 1
    },
    takeNew: () => {
      const taken = fresh
      fresh = []
      return taken
    },
  }
}

interface Packing {
  readonly topics: Numbers
  readonly matchSets: Numbers
  readonly heads: boolean
}

interface PackedRow {
  readonly row: SqliteRow
  readonly topicId: number
  /** In front of it; empty where the topic has a number. */
  readonly topic: Uint8Array
  readonly properties: Uint8Array
  readonly payload: Uint8Array
  readonly bits: number
  readonly wholeLength: number
  readonly matchSet: number
}

const noBytes = new Uint8Array(0)
const bytesIn = (value: SqliteRow[string] | undefined): Uint8Array => (value instanceof Uint8Array ? value : noBytes)

const rowToPack = (row: SqliteRow, found: FoundRows, { topics, matchSets, heads }: Packing): PackedRow => {
  const name = found.topic(row)
  const number = topics.of(name)
  const topic = number < 0 ? encodeUtf8(name) : noBytes
  const stored = bytesIn(row['payload'])
  const isCut = heads && stored.length > wholePayloadBytes
  return {
    row,
    topicId: number < 0 ? unnumberedTopic + topic.length : number,
    topic,
    properties: bytesIn(row['properties']),
    payload: isCut ? stored.subarray(0, payloadHeadBytes) : stored,
    bits: isCut ? Number(row['flags']) | flags.head : Number(row['flags']),
    wholeLength: numberOrNull(row['whole_length']) ?? stored.length,
    matchSet: matchSets.of(found.matchSet(row)),
  }
}

const packed = (found: FoundRows, packing: Packing): HistoryPiece => {
  const rows = found.rows.map((row) => rowToPack(row, found, packing))
  const [first] = found.rows
  const length = rows.reduce(
    (sum, { topic, properties, payload }) => sum + topic.length + properties.length + payload.length,
    0,
  )
  const records = new Uint8Array(rows.length * recordBytes)
  const bytes = new Uint8Array(length)
  const view = new DataView(records.buffer)
  let used = 0
  rows.forEach((one, index) => {
    const at = index * recordBytes
    bytes.set(one.topic, used)
    used += one.topic.length
    view.setFloat64(at, Number(one.row['time']), true)
    view.setUint32(at + recordOffset.topicId, one.topicId, true)
    view.setUint32(at + recordOffset.offset, used, true)
    view.setUint32(at + recordOffset.propertiesLength, one.properties.length, true)
    view.setUint32(at + recordOffset.payloadLength, one.wholeLength, true)
    view.setUint32(at + recordOffset.matchSetId, one.matchSet, true)
    view.setUint16(at + recordOffset.packetId, Number(one.row['packet_id']), true)
    view.setUint16(at + recordOffset.flags, one.bits, true)
    bytes.set(one.properties, used)
    used += one.properties.length
    bytes.set(one.payload, used)
    used += one.payload.length
  })
  return {
    first: Number(first?.['seq'] ?? 0),
    count: rows.length,
    clockShift: Number(first?.['clock_shift'] ?? 0),
    gaps: found.gaps.map(({ cause, messages, from, to }) => ({ cause, messages, from, to })),
    records,
    bytes,
    newTopics: packing.topics.takeNew(),
    newMatchSets: packing.matchSets.takeNew(),
  }
}
