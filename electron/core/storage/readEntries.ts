export type EntrySchema<T> = { safeParse(raw: unknown): { success: true; data: T } | { success: false } }

export interface ReadEntries<T> {
  readonly read: T[]
  /** What this version could not read, as it stood in the file. */
  readonly unread: unknown[]
  /** How many of `unread` were still listed among the others. */
  readonly newlyUnread: number
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const recordIn = (value: unknown): Readonly<Record<string, unknown>> => (isRecord(value) ? value : {})

/** What should have been a list counts as one entry that cannot be read. */
export const listOf = (value: unknown): readonly unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as readonly unknown[]) : [value]

/** Reads each entry for itself: those listed, and those that were `before` set aside as unreadable. */
export const readEntries = <T>(
  schema: EntrySchema<T>,
  listed: readonly unknown[],
  before: readonly unknown[],
): ReadEntries<T> => {
  const read: T[] = []
  const unread: unknown[] = []
  for (const raw of [...listed, ...before]) {
    const parsed = schema.safeParse(raw)
    if (parsed.success) read.push(parsed.data)
    else unread.push(raw)
  }
  return { read, unread, newlyUnread: unread.filter((raw) => listed.includes(raw)).length }
}
