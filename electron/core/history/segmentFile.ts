// Why it is so: build/docs/decisions/77-history-is-a-row-of-databases.md
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { HistoryGap, HistoryGapCause } from '#shared/model/history'
import { sqliteFailure, type SqliteDatabase, type SqliteRow } from '../sqlite'

const segmentFormat = 1

/** Thrown for a segment that a later version of the application wrote: it is not touched. */
export class NewerSegment extends Error {}

/** A segment is sealed when it reaches one of these; with few messages, at least one a day, so that old ones can go. */
export interface SegmentLimits {
  readonly messages: number
  readonly bytes: number
  readonly milliseconds: number
}
export const segmentLimits: SegmentLimits = {
  messages: 1_000_000,
  bytes: 256 * 2 ** 20,
  milliseconds: 24 * 3_600_000,
}

/**
 * A message's `properties` are the MQTT 5 property section as it stood on the wire, without its length. NULL = none, and
 * `payload` NULL = an empty one. `flags` are those of a frame (shared/model/frame.ts); with `head` only the first 64 KiB of the
 * payload are here, and `whole_length` says how long it was. A gap and a run stand before the message of their `seq`.
 */
const tables = `
CREATE TABLE segment (format INTEGER NOT NULL, connection TEXT NOT NULL, first_seq INTEGER NOT NULL, sealed INTEGER NOT NULL,
  messages INTEGER, from_time REAL, to_time REAL);
CREATE TABLE topics (id INTEGER PRIMARY KEY, topic TEXT NOT NULL);
CREATE TABLE match_sets (id INTEGER PRIMARY KEY, subscriptions TEXT NOT NULL);
CREATE TABLE messages (seq INTEGER PRIMARY KEY, time REAL NOT NULL, clock_shift REAL NOT NULL, topic INTEGER NOT NULL,
  flags INTEGER NOT NULL, packet_id INTEGER NOT NULL, match_set INTEGER NOT NULL, whole_length INTEGER, properties BLOB, payload BLOB);
CREATE TABLE gaps (seq INTEGER NOT NULL, cause TEXT NOT NULL, messages INTEGER, from_time REAL, to_time REAL);
CREATE TABLE runs (seq INTEGER NOT NULL, began REAL NOT NULL, ended REAL);
`

/** Made when nothing is written any more: an index kept while writing costs more than half of the pace. */
const sealing = `
CREATE INDEX messages_by_topic ON messages (topic, seq);
CREATE TABLE topic_summary AS SELECT t.id AS topic, t.topic AS name, count(*) AS messages, min(m.seq) AS first_seq, max(m.seq) AS last_seq,
  min(m.time) AS first_time, max(m.time) AS last_time, sum(coalesce(length(m.payload), 0)) AS payload_bytes
  FROM messages m INDEXED BY messages_by_topic JOIN topics t ON t.id = m.topic GROUP BY m.topic;
UPDATE segment SET sealed = 1, messages = (SELECT count(*) FROM messages), from_time = (SELECT min(time) FROM messages),
  to_time = (SELECT max(time) FROM messages);
`

/** A segment on disk, with the number of its first message. */
export interface SegmentPath {
  readonly first: number
  readonly path: string
}

const namePattern = /^(\d{12})-[0-9a-z]+\.sqlite$/

/** A name that no file ever had: that of a removed segment may still be held by what read it (sqlite.ts). */
export const newSegmentPath = (folder: string, first: number): string =>
  join(folder, `${String(first).padStart(12, '0')}-${uniqueStamp()}.sqlite`)

let lastStamp = 0
const uniqueStamp = (): string => {
  lastStamp = Math.max(lastStamp + 1, Date.now())
  return lastStamp.toString(36)
}

/** The segments in a folder, from old to new. */
export const segmentsIn = (folder: string): SegmentPath[] => {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .map((name) => ({ first: Number(namePattern.exec(name)?.[1]), path: join(folder, name) }))
    .filter(({ first }) => !Number.isNaN(first))
    .sort((one, other) => one.first - other.first || (one.path < other.path ? -1 : 1))
}

/** Where a segment is set aside that could not be read whole. */
export const damagedPath = (path: string): string => `${path}.damaged`

/** A database in WAL mode is up to three files. */
export const filesOf = (path: string): readonly string[] => [path, `${path}-wal`, `${path}-shm`]

export const bytesOfSegment = (path: string): number =>
  filesOf(path).reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0)

export const removeSegment = (path: string): void => {
  for (const file of filesOf(path)) rmSync(file, { force: true })
}

/** What is written stands in the database itself afterwards, whenever its files are let go. */
export const closeWriting = (database: SqliteDatabase): void => {
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  database.close()
}

/**
 * `synchronous = NORMAL`: a commit is in the system's hands, so that the end of the application at any moment loses none; only
 * the end of the system may lose the last ones. Nothing is ever half there.
 */
export const writingPragmas = (database: SqliteDatabase): void =>
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 4000;')

export const createTables = (
  database: SqliteDatabase,
  { connectionId, first }: { connectionId: string; first: number },
): void => {
  database.exec(`BEGIN; ${tables}`)
  database.prepare('INSERT INTO segment VALUES (?, ?, ?, 0, NULL, NULL, NULL)').run(segmentFormat, connectionId, first)
  database.exec('COMMIT')
}

/** One file without company afterwards, which any SQLite opens; where somebody reads it just now, as soon as that is over. */
export const sealTables = (database: SqliteDatabase): void => {
  database.exec(`BEGIN; ${sealing} COMMIT; PRAGMA wal_checkpoint(TRUNCATE);`)
  try {
    database.exec('PRAGMA journal_mode = DELETE')
  } catch (error) {
    if (sqliteFailure(error) !== 'locked') throw error
  }
}

export interface SegmentHead {
  readonly isSealed: boolean
  readonly first: number
  readonly messages: number
  readonly from: number | null
  readonly to: number | null
}

/** Throws `NewerSegment`, and where it is no segment. */
export const readHead = (database: SqliteDatabase): SegmentHead => {
  const row = database.prepare('SELECT * FROM segment').get()
  if (Number(row?.['format']) > segmentFormat) throw new NewerSegment('A later version wrote this segment.')
  const first = Number(row?.['first_seq'])
  if (Number(row?.['sealed']) === 1)
    return { isSealed: true, first, messages: Number(row?.['messages']), ...timesOf(row) }
  const last = database.prepare('SELECT max(seq) AS last FROM messages').get()?.['last'] ?? null
  const messages = last === null ? 0 : Number(last) - first + 1
  const ends = database.prepare(
    'SELECT (SELECT time FROM messages WHERE seq = ?) AS from_time, (SELECT time FROM messages WHERE seq = ?) AS to_time',
  )
  return { isSealed: false, first, messages, ...timesOf(ends.get(first, Number(last ?? 0))) }
}

export const gapsIn = (database: SqliteDatabase): readonly (HistoryGap & { readonly seq: number })[] =>
  database
    .prepare('SELECT seq, cause, messages, from_time, to_time FROM gaps ORDER BY rowid')
    .all()
    .map((row) => ({
      seq: Number(row['seq']),
      cause: String(row['cause']) as HistoryGapCause,
      messages: numberOrNull(row['messages']),
      ...timesOf(row),
    }))

export const numberOrNull = (value: SqliteRow[string] | undefined): number | null =>
  value === null || value === undefined ? null : Number(value)

const timesOf = (row: SqliteRow | undefined) => ({
  from: numberOrNull(row?.['from_time']),
  to: numberOrNull(row?.['to_time']),
})
