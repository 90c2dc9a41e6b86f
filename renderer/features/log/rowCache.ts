import type { LogRow, MessageLog } from '../../model/messageLog'

/** Rows on screen and around; more are dropped, the oldest first. */
const limit = 400

/** Gives a row the same object as long as it says the same, so that a row on screen is not drawn again for nothing. */
export const createRowCache = (log: MessageLog): ((row: number) => LogRow | null) => {
  const rows = new Map<number, LogRow>()
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
    rows.set(row, fresh)
    if (rows.size > limit)
      for (const oldest of rows.keys()) {
        rows.delete(oldest)
        break
      }
    return fresh
  }
}
