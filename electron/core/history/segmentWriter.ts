import type { HistoryGap, HistorySegment } from '#shared/model/history'
import type { SqliteDatabase, SqliteStatement } from '../sqlite'
import { closeWriting, gapsIn, readHead, sealTables, type SegmentLimits } from './segmentFile'

/** A message as it is written. */
interface WrittenMessage {
  readonly time: number
  readonly clockShift: number
  readonly topic: string
  readonly bits: number
  readonly packetId: number
  /** Ids of the subscriptions that it matches, as JSON. */
  readonly subscriptions: string
  readonly properties: Uint8Array
  readonly payload: Uint8Array
  /** Null = the payload is whole. */
  readonly wholeLength: number | null
}

/** What a segment holds, without what it takes on disk. */
export interface SegmentFacts {
  readonly segment: Omit<HistorySegment, 'bytes'>
  readonly gaps: readonly HistoryGap[]
}

/** One open segment. What is written is there after `commit`; where anything throws, all since `begin` is not. */
export interface SegmentWriter {
  /** The number that the next message gets. */
  next(): number
  begin(): void
  commit(): void
  add(message: WrittenMessage): void
  /** A gap before the next message. */
  gap(gap: HistoryGap): void
  /** A run of the application begins to write. */
  run(began: number): void
  endRun(ended: number): void
  isFull(limits: SegmentLimits, now: number): boolean
  facts(): SegmentFacts
  /** Writes summary and index; the segment is closed. */
  seal(): void
  close(): void
}

/** Goes on with a segment that is not sealed. */
export const createSegmentWriter = (database: SqliteDatabase): SegmentWriter => {
  const head = readHead(database)
  const { first } = head
  const statements = prepare(database)
  const topicId = numbered(database, { table: 'topics', column: 'topic' })
  const matchSetId = numbered(database, { table: 'match_sets', column: 'subscriptions' })
  let next = first + head.messages
  let { from, to } = head
  const gaps: HistoryGap[] = [...gapsIn(database)]
  let bytesSinceLook = 0
  const pages = database.prepare('PRAGMA page_count')
  const pageBytes = Number(database.prepare('PRAGMA page_size').get()?.['page_size'])
  const look = () => pageBytes * Number(pages.get()?.['page_count'])
  let bytes = look()

  const add = (message: WrittenMessage) => {
    const { time, properties, payload } = message
    statements.message.run(
      next,
      time,
      message.clockShift,
      topicId(message.topic),
      message.bits,
      message.packetId,
      matchSetId(message.subscriptions),
      message.wholeLength,
      properties.length === 0 ? null : properties,
      payload.length === 0 ? null : payload,
    )
    next += 1
    from ??= time
    to = time
    bytesSinceLook += rowOverhead + properties.length + payload.length
  }
  const looked = () => {
    if (bytesSinceLook > lookAgainBytes) {
      bytes = look()
      bytesSinceLook = 0
    }
    return bytes + bytesSinceLook
  }
  return {
    next: () => next,
    begin: () => database.exec('BEGIN'),
    commit: () => database.exec('COMMIT'),
    add,
    gap: (gap) => {
      statements.gap.run(next, gap.cause, gap.messages, gap.from, gap.to)
      gaps.push(gap)
    },
    run: (began) => void statements.run.run(next, began),
    endRun: (ended) => void statements.endRun.run(ended),
    isFull: (limits, now) =>
      next - first >= limits.messages ||
      (next > first && looked() >= limits.bytes) ||
      (from !== null && now - from >= limits.milliseconds),
    facts: () => ({ segment: { first, messages: next - first, from, to }, gaps }),
    seal: () => {
      sealTables(database)
      database.close()
    },
    close: () => closeWriting(database),
  }
}

/** About what a row takes beside its bytes. */
const rowOverhead = 28
const lookAgainBytes = 4 * 2 ** 20

interface Statements {
  readonly message: SqliteStatement
  readonly gap: SqliteStatement
  readonly run: SqliteStatement
  readonly endRun: SqliteStatement
}

const prepare = (database: SqliteDatabase): Statements => ({
  message: database.prepare('INSERT INTO messages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'),
  gap: database.prepare('INSERT INTO gaps VALUES (?, ?, ?, ?, ?)'),
  run: database.prepare('INSERT INTO runs VALUES (?, ?, NULL)'),
  endRun: database.prepare('UPDATE runs SET ended = ? WHERE ended IS NULL'),
})

/** Texts of a table by their numbers; a new one gets the next number. */
const numbered = (
  database: SqliteDatabase,
  { table, column }: { readonly table: string; readonly column: string },
): ((text: string) => number) => {
  const insert = database.prepare(`INSERT INTO ${table} VALUES (?, ?)`)
  const ids = new Map<string, number>()
  let highest = 0
  for (const row of database.prepare(`SELECT id, ${column} AS text FROM ${table}`).all()) {
    ids.set(String(row['text']), Number(row['id']))
    highest = Math.max(highest, Number(row['id']))
  }
  return (text) => {
    const known = ids.get(text)
    if (known !== undefined) return known
    highest += 1
    insert.run(highest, text)
    ids.set(text, highest)
    return highest
  }
}
