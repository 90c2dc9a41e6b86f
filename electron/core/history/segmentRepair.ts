import { renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { sqliteFailure, type OpenSqlite, type SqliteDatabase, type SqliteRow } from '../sqlite'
import {
  closeWriting,
  createTables,
  damagedPath,
  filesOf,
  gapsIn,
  newSegmentPath,
  numberOrNull,
  readHead,
  writingPragmas,
} from './segmentFile'
import { createSegmentWriter, type SegmentWriter } from './segmentWriter'

export interface SegmentPlace {
  readonly path: string
  readonly connectionId: string
  readonly first: number
  /** It was found sound in this run: to look through a large one takes a second. */
  readonly isChecked?: boolean
}

/**
 * A segment that was not sealed, opened for writing. One that is damaged is copied as far as it can be read, what is missing stands in it as a gap, and the damaged file stays
 * beside it. Answers where it is now. Throws where the disk takes nothing, and `NewerSegment`.
 */
export const openUnsealed = (
  open: OpenSqlite,
  place: SegmentPlace,
): { readonly writer: SegmentWriter; readonly path: string } => {
  const database = place.isChecked === true ? open(place.path) : openSound(open, place.path)
  if (!database) return openUnsealed(open, { ...place, path: repair(open, place), isChecked: true })
  writingPragmas(database)
  return { writer: createSegmentWriter(database), path: place.path }
}

/** Null = it is damaged. */
const openSound = (open: OpenSqlite, path: string): SqliteDatabase | null => {
  const database = open(path)
  try {
    readHead(database)
    if (database.prepare('PRAGMA quick_check(1)').get()?.['quick_check'] === 'ok') return database
  } catch (error) {
    if (!isDamage(error)) {
      database.close()
      throw error
    }
  }
  database.close()
  return null
}

/** Not so a segment of a later version. */
export const isDamage = (error: unknown): boolean => sqliteFailure(error) === 'damaged'

/** A run without an end: the application was ended while it wrote, and what was not committed is lost. A gap says so. */
export const noteKill = (open: OpenSqlite, path: string): void => {
  const database = open(path)
  try {
    writeKill(database)
  } finally {
    closeWriting(database)
  }
}

const writeKill = (database: SqliteDatabase) => {
  if (database.prepare('SELECT 1 FROM runs WHERE ended IS NULL LIMIT 1').get() === undefined) return
  const { first, messages, to } = readHead(database)
  database.exec('BEGIN')
  database.prepare("INSERT INTO gaps VALUES (?, 'killed', NULL, ?, NULL)").run(first + messages, to)
  database.prepare('UPDATE runs SET ended = coalesce(?, began) WHERE ended IS NULL').run(to)
  database.exec('COMMIT')
}

/** Answers the path of the repaired one. Where it is ended half way, there are two files of one number: the older one counts. */
const repair = (open: OpenSqlite, { path, connectionId, first }: SegmentPlace): string => {
  const repaired = newSegmentPath(dirname(path), first)
  const unfinished = `${repaired}.part`
  const made = open(unfinished)
  createTables(made, { connectionId, first })
  const writer = createSegmentWriter(made)
  const damaged = open(path)
  writer.begin()
  try {
    copyReadable(damaged, writer)
  } finally {
    damaged.close()
  }
  writer.commit()
  writer.close()
  renameSync(unfinished, repaired)
  for (const file of filesOf(path).slice(1)) rmSync(file, { force: true })
  renameSync(path, damagedPath(path))
  return repaired
}

/** From the front up to the damage, and from the back: what lies between is counted where both ends are known. */
const copyReadable = (from: SqliteDatabase, to: SegmentWriter) => {
  const topics = readNames(from, 'SELECT id, topic AS name FROM topics WHERE id > ? ORDER BY id LIMIT 1000')
  const sets = readNames(from, 'SELECT id, subscriptions AS name FROM match_sets WHERE id > ? ORDER BY id LIMIT 1000')
  let lastTime: number | null = null
  let last = to.next() - 1
  let unnamed = 0
  const gaps = [...(readable(() => gapsIn(from)) ?? [])]
  const copyGaps = (before: number) => {
    for (let gap = gaps[0]; gap && gap.seq <= before; gap = gaps[0]) {
      to.gap(gap)
      gaps.shift()
    }
  }
  const copy = (row: SqliteRow) => {
    copyGaps(Number(row['seq']))
    const topic = topics.get(Number(row['topic']))
    last = Number(row['seq'])
    lastTime = numberOrNull(row['time'])
    if (topic === undefined) unnamed += 1
    else to.add(messageOf(row, { topic, subscriptions: sets.get(Number(row['match_set'])) ?? '[]' }))
  }
  const isWhole = readForwards(from, copy)
  const behind = isWhole ? [] : readBackwards(from, last)
  const next = behind.at(-1)
  if (!isWhole) {
    const messages = next === undefined ? null : Number(next['seq']) - last - 1
    to.gap({ cause: 'damaged', messages, from: lastTime, to: numberOrNull(next?.['time']) })
  }
  for (let index = behind.length - 1; index >= 0; index -= 1) copy(behind[index] ?? {})
  if (unnamed > 0) to.gap({ cause: 'damaged', messages: unnamed, from: null, to: lastTime })
  copyGaps(Infinity)
}

const readable = <Value>(read: () => Value): Value | null => {
  try {
    return read()
  } catch (error) {
    if (isDamage(error)) return null
    throw error
  }
}

const readNames = (from: SqliteDatabase, sql: string): ReadonlyMap<number, string> => {
  const names = new Map<number, string>()
  for (let last = 0; ;) {
    const rows = readable(() => from.prepare(sql).all(last))
    if (!rows || rows.length === 0) return names
    for (const row of rows) names.set((last = Number(row['id'])), String(row['name']))
  }
}

/** Answers whether it came to the end. */
const readForwards = (from: SqliteDatabase, take: (row: SqliteRow) => void): boolean => {
  let last = 0
  for (let rows = 1_000; ;) {
    const found = readable(() =>
      from.prepare('SELECT * FROM messages WHERE seq > ? ORDER BY seq LIMIT ?').all(last, rows),
    )
    if (found?.length === 0) return true
    for (const row of found ?? []) take(row)
    last = Number(found?.at(-1)?.['seq'] ?? last)
    if (found) continue
    if (rows === 1) return false
    rows = 1
  }
}

/** The messages behind the damage, from the last one backwards; with the newest tens of thousands it is enough. */
const readBackwards = (from: SqliteDatabase, after: number): readonly SqliteRow[] => {
  const rows: SqliteRow[] = []
  for (let last = Number.MAX_SAFE_INTEGER; rows.length < 50_000;) {
    const row = readable(() =>
      from.prepare('SELECT * FROM messages WHERE seq < ? AND seq > ? ORDER BY seq DESC LIMIT 1').get(last, after),
    )
    if (!row) return rows
    rows.push(row)
    last = Number(row['seq'])
  }
  return rows
}

const noBytes = new Uint8Array(0)
const bytesOf = (value: SqliteRow[string] | undefined): Uint8Array => (value instanceof Uint8Array ? value : noBytes)

const messageOf = (row: SqliteRow, names: { readonly topic: string; readonly subscriptions: string }) => ({
  ...names,
  time: Number(row['time']),
  clockShift: Number(row['clock_shift']),
  bits: Number(row['flags']),
  packetId: Number(row['packet_id']),
  wholeLength: numberOrNull(row['whole_length']),
  properties: bytesOf(row['properties']),
  payload: bytesOf(row['payload']),
})
