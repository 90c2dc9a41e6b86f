import { join } from 'node:path'
import type { AppError, Result } from '#shared/result'
import { createJsonFile } from './jsonFile'
import { isRecord, listOf, readEntries, type EntrySchema } from './readEntries'
import { noticesOf } from './setAsideNotice'
import type { StoreOptions } from './storeOptions'

export interface EntryListStore<T> {
  readonly notices: readonly AppError[]
  current(): readonly T[]
  save(entries: readonly T[]): Promise<Result<null>>
  settled(): Promise<void>
}

export interface EntryListOptions<T> extends StoreOptions {
  readonly fileName: string
  /** Under which the list stands in the file. */
  readonly key: string
  readonly schema: EntrySchema<T>
  /** So many are read. */
  readonly most: number
}

interface ParsedList<T> {
  readonly entries: readonly T[]
  /** Those this version could not read, as they stood in the file. */
  readonly setAside: readonly unknown[]
  readonly newlySetAside: number
}

/** A list of entries with ids of their own, written whole. One that cannot be read loses none of the others. */
export const createEntryListStore = async <T extends { readonly id: string }>(
  options: EntryListOptions<T>,
): Promise<EntryListStore<T>> => {
  const { dataDir, now, fileName, key } = options
  let entries: readonly T[] = []
  let newlySetAside = 0
  const file = createJsonFile<Readonly<Record<string, unknown>>>({
    path: join(dataDir, fileName),
    version: 1,
    parse: (content) => {
      const parsed = parseList(content, options)
      entries = parsed.entries
      newlySetAside = parsed.newlySetAside
      return { setAside: parsed.setAside }
    },
    defaults: () => ({ setAside: [] }),
    now,
  })
  const loaded = await file.load()
  const { setAside } = loaded.value
  return {
    notices: noticesOf(loaded.notice, fileName, newlySetAside),
    current: () => entries,
    save: (changed) => {
      entries = changed
      return file.save({ [key]: changed, setAside })
    },
    settled: file.settled,
  }
}

/** Throws when there is no list at all. */
const parseList = <T extends { readonly id: string }>(
  content: unknown,
  { key, schema, most }: EntryListOptions<T>,
): ParsedList<T> => {
  const listed = isRecord(content) ? content[key] : null
  if (!isRecord(content) || !Array.isArray(listed)) throw new Error(`The file has no list of ${key}.`)
  const { read, unread, newlyUnread } = readEntries(schema, listed, listOf(content['setAside']))
  const entries = [...new Map(read.map((entry) => [entry.id, entry])).values()]
  return { entries: entries.slice(0, most), setAside: unread, newlySetAside: newlyUnread }
}
