import type { LogRow, MessageLog } from '../../model/messageLog/messageLog'

/** Rows on screen and around, and their bytes; more are dropped, the oldest first. */
const limit = { rows: 400, bytes: 2 ** 24 } as const

/** Gives a row the same object as long as it says the same, so that a row on screen is not drawn again for nothing. */
export const createRowCache = (log: MessageLog): ((row: number) => LogRow | null) => {
  const rows = new Map<number, LogRow>()
  let bytes = 0
  const forget = (row: number) => {
    const known = rows.get(row)
    if (known) bytes -= bytesOf(known)
    rows.delete(row)
  }
  const isSame = (known: LogRow, fresh: LogRow) =>
    known.kind === 'message' &&
    fresh.kind === 'message' &&
    known.message.sequence === fresh.message.sequence &&
    known.message.delivery?.state === fresh.message.delivery?.state &&
    known.message.delivery?.at === fresh.message.delivery?.at

  return (row) => {
    const known = rows.get(row)
    // A message that was received never changes.
    if (known?.kind === 'message' && !known.message.outgoing && row >= log.firstRow()) return known
    const fresh = log.rowAt(row)
    if (!fresh || (known && isSame(known, fresh))) return fresh && (known ?? null)
    forget(row)
    rows.set(row, fresh)
    bytes += bytesOf(fresh)
    for (const oldest of rows.keys()) {
      if (rows.size <= 1 || (rows.size <= limit.rows && bytes <= limit.bytes)) break
      forget(oldest)
    }
    return fresh
  }
}

const bytesOf = (row: LogRow) =>
  row.kind === 'message' ? row.message.payload.length + row.message.properties.length : 0
