import { createRequire } from 'node:module'

/** What a value in a database is read as. */
type SqliteValue = null | number | bigint | string | Uint8Array
export type SqliteRow = Readonly<Record<string, SqliteValue>>

/** What of node:sqlite is needed; @photostructure/sqlite has the same. */
export interface SqliteStatement {
  run(...values: readonly SqliteValue[]): unknown
  get(...values: readonly SqliteValue[]): SqliteRow | undefined
  all(...values: readonly SqliteValue[]): readonly SqliteRow[]
}
export interface SqliteDatabase {
  exec(sql: string): void
  prepare(sql: string): SqliteStatement
  /**
   * @photostructure/sqlite 1.2.1 closes files only when the garbage collector has come to all statements of the database: until then
   * its WAL stays beside it, and goes by its name when it goes. So nothing else may ever have the name of a database that was open.
   */
  close(): void
}
interface SqliteModule {
  readonly DatabaseSync: new (path: string, options: { readOnly: boolean }) => SqliteDatabase
}

export type OpenSqlite = (path: string, options?: { readonly readOnly?: boolean }) => SqliteDatabase

/**
 * Opens databases with node:sqlite where the runtime has it (Node 22.5), else with @photostructure/sqlite, which is looked for
 * from the file `anchor` on: code that runs as a text has no place of its own.
 */
export const sqliteFrom = (anchor: string): OpenSqlite => {
  let loaded: SqliteModule | null = null
  return (path, { readOnly = false } = {}) => {
    loaded ??= loadModule(createRequire(anchor))
    return new loaded.DatabaseSync(path, { readOnly })
  }
}

const loadModule = (load: NodeJS.Require): SqliteModule => {
  try {
    return load('node:sqlite') as SqliteModule
  } catch {
    return load('@photostructure/sqlite') as SqliteModule
  }
}

export type SqliteFailure = 'full' | 'damaged' | 'locked'

/** By SQLite's result code: FULL; CORRUPT, NOTADB, and ERROR, which is a table that is not there; BUSY. */
const failureOfCode: Readonly<Record<number, SqliteFailure>> = {
  13: 'full',
  11: 'damaged',
  26: 'damaged',
  1: 'damaged',
  5: 'locked',
}
/** @photostructure/sqlite 1.2.1 says no code where reading rows fails. */
const failureOfText: readonly (readonly [RegExp, SqliteFailure])[] = [
  [/^database or disk is full/, 'full'],
  [/^database disk image is malformed|^file is not a database|^no such table/, 'damaged'],
  [/^database is locked/, 'locked'],
]

/** Null = another one, or none of SQLite. */
export const sqliteFailure = (error: unknown): SqliteFailure | null => {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'ERR_SQLITE_ERROR') return null
  if ('errcode' in error) return failureOfCode[Number(error.errcode) & 0xff] ?? null
  return failureOfText.find(([text]) => text.test(error.message))?.[1] ?? null
}
