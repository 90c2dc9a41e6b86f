import type { OpenSqlite } from '../sqlite'
import { NewerSegment, numberOrNull, readHead, segmentsIn } from './segmentFile'
import { isDamage } from './segmentRepair'

/** Milliseconds since 1970: from then on, and before then. */
interface TimeRange {
  readonly from?: number | undefined
  readonly to?: number | undefined
}

/** How many messages are in a range, and when its first and last came. */
export const measureHistory = (open: OpenSqlite, folder: string, range: TimeRange): HistoryMeasure => {
  const found = segmentsIn(folder).flatMap(({ path }) => attempted(() => measureSegment(open, path, range)) ?? [])
  const times = found.flatMap((one) => [one.from, one.to]).filter((time) => time !== null)
  return {
    messages: found.reduce((sum, { messages }) => sum + messages, 0),
    from: times.length === 0 ? null : times.reduce((one, other) => Math.min(one, other)),
    to: times.length === 0 ? null : times.reduce((one, other) => Math.max(one, other)),
  }
}

export interface HistoryMeasure {
  readonly messages: number
  readonly from: number | null
  readonly to: number | null
}

const measureSegment = (
  open: OpenSqlite,
  path: string,
  { from = -Number.MAX_VALUE, to = Number.MAX_VALUE }: TimeRange,
): HistoryMeasure => {
  const database = open(path, { readOnly: true })
  try {
    const head = readHead(database)
    if (head.isSealed && (head.from ?? 0) >= from && (head.to ?? 0) < to) return head
    if (head.isSealed && isBeside(head, { from, to })) return { messages: 0, from: null, to: null }
    const row = database
      .prepare('SELECT count(*) AS n, min(time) AS a, max(time) AS z FROM messages WHERE time >= ? AND time < ?')
      .get(from, to)
    return { messages: Number(row?.['n']), from: numberOrNull(row?.['a']), to: numberOrNull(row?.['z']) }
  } finally {
    database.close()
  }
}

/** Whether a sealed segment has nothing of that time. */
export const isBeside = (
  head: Pick<HistoryMeasure, 'from' | 'to'>,
  { from = -Infinity, to = Infinity }: TimeRange,
): boolean => (head.to ?? 0) < from || (head.from ?? 0) >= to

/** Null = it is damaged, or of a later version. */
export const attempted = <Value>(act: () => Value): Value | null => {
  try {
    return act()
  } catch (error) {
    if (isDamage(error) || error instanceof NewerSegment) return null
    throw error
  }
}
