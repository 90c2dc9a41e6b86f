import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rowOf } from '#shared/importing/readDocument'
import type { ForeignTable } from '#shared/importing/foreignConnection'
import { importLimits, UnreadableFile } from '#shared/importing/limits'
import { sqliteFrom, type SqliteRow } from '../sqlite'

const openDatabase = sqliteFrom(__filename)

/** Tables that are settings in the databases of the tools that are known: nothing else of a database is read. */
const wanted = new Set([
  'ConnectionEntity',
  'SubscriptionEntity',
  'WillEntity',
  'CollectionEntity',
  'historyMessageHeaderEntity',
  'historyMessagePayloadEntity',
  'ScriptEntity',
  'DashboardEntity',
  'connections',
  'subscriptions',
  'collections',
  'collection_messages',
])

/** Tables whose rows are many: only whose they are is asked. */
const counted: Readonly<Record<string, string>> = {
  MessageEntity: 'SELECT DISTINCT connection_id FROM MessageEntity',
  received_messages: 'SELECT DISTINCT connection_id FROM received_messages',
}

/**
 * The settings in a database of another tool. It is copied first, with what is not yet merged into it, and only the copy is opened:
 * the tool may be running, and nothing is changed there. Throws `UnreadableFile`.
 */
export const readDatabase = async (path: string): Promise<readonly ForeignTable[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'topicscope-import-'))
  try {
    const copy = join(folder, 'copy.db')
    await copyFile(path, copy)
    for (const ending of ['-wal', '-shm']) await copyFile(path + ending, copy + ending).catch(() => undefined)
    return tablesOf(copy)
  } catch (error) {
    if (error instanceof UnreadableFile) throw error
    throw new UnreadableFile('damaged', `The database cannot be read: ${error instanceof Error ? error.message : ''}`, {
      cause: error,
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const tablesOf = (path: string): readonly ForeignTable[] => {
  const database = openDatabase(path, { readOnly: true })
  try {
    const names = database
      .prepare("SELECT name FROM sqlite_master WHERE type = 'table'")
      .all()
      .map((row) => String(row['name']))
    return names.flatMap((name) => {
      const sql = Object.hasOwn(counted, name) ? counted[name] : undefined
      if (!wanted.has(name) && sql === undefined) return []
      const rows = database.prepare(sql ?? `SELECT * FROM "${name}" LIMIT ${importLimits.rows}`).all()
      return [{ name, rows: rows.map(ofDatabase) }]
    })
  } finally {
    database.close()
  }
}

const ofDatabase = (row: SqliteRow) => rowOf(Object.keys(row), Object.values(row))
