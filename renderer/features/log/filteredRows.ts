import type { MessageLog } from '../../model/messageLog'
import { rowsOf, type LogChunk } from '../../model/messageLogChunk'
import type { MessageTest } from './logFilter'

/** Row numbers in a growing column: added at the end, taken off at either end. */
const createRowColumn = () => {
  let rows = new Float64Array(1_024)
  let start = 0
  let end = 0
  return {
    length: () => end - start,
    at: (index: number) => rows[start + index] ?? NaN,
    push: (row: number) => {
      if (end === rows.length) {
        const kept = rows.subarray(start, end)
        // Room taken off the front is used again before more is asked for.
        const grown = kept.length * 2 > rows.length ? new Float64Array(rows.length * 2) : rows
        grown.set(kept)
        rows = grown
        end -= start
        start = 0
      }
      rows[end++] = row
    },
    shift: () => {
      start++
    },
    pop: () => {
      end--
    },
  }
}

/** The rows a list shows, oldest first. Row numbers grow with the place. */
export interface RowSource {
  count(): number
  rowAt(place: number): number
  /** The first place whose row is at `row` or after it. */
  placeOf(row: number): number
}

export interface FilteredRows extends RowSource {
  /** Looks at messages for at most the given time; true when none is left. `endRow` = where the shown log ends. */
  advance(endRow: number, milliseconds: number): boolean
}

/** The clock is read once in so many messages. */
const messagesPerLook = 256

/**
 * The messages that pass a test, found in slices of a few milliseconds: the newest first, so that the end of the log is
 * there at once, and whatever arrives meanwhile. Gap rows are not among them.
 */
export const createFilteredRows = (
  log: MessageLog,
  test: MessageTest,
  now: () => number = () => performance.now(),
): FilteredRows => {
  const startRow = log.endRow()
  /** Rows before `startRow`, newest first, and the rest, oldest first. */
  const older = createRowColumn()
  const newer = createRowColumn()
  let below = startRow
  let above = startRow

  const dropEvicted = () => {
    const first = log.firstKeptRow()
    while (older.length() > 0 && older.at(older.length() - 1) < first) older.pop()
    if (older.length() === 0) while (newer.length() > 0 && newer.at(0) < first) newer.shift()
    above = Math.max(above, first)
  }

  /** Neighbouring rows mostly stand in one chunk. */
  let chunk: LogChunk | null = null
  const passes = (row: number): boolean => {
    if (!chunk || row < chunk.firstRow || row >= chunk.firstRow + rowsOf(chunk)) chunk = log.chunkAt(row)
    return chunk?.kind === 'messages' && test(chunk, row - chunk.firstRow)
  }

  const scan = (endRow: number, isLate: () => boolean): boolean => {
    for (; above < endRow; above++) {
      if (passes(above)) newer.push(above)
      if (isLate()) {
        above++
        return above >= endRow && below <= log.firstKeptRow()
      }
    }
    while (below > log.firstKeptRow()) {
      below--
      if (passes(below)) older.push(below)
      if (isLate()) return below <= log.firstKeptRow()
    }
    return true
  }

  const rowAt = (place: number): number =>
    place < older.length() ? older.at(older.length() - 1 - place) : newer.at(place - older.length())
  const count = () => older.length() + newer.length()

  return {
    count,
    rowAt,
    placeOf: (row) => {
      let low = 0
      let high = count()
      while (low < high) {
        const middle = (low + high) >> 1
        if (rowAt(middle) < row) low = middle + 1
        else high = middle
      }
      return low
    },
    advance: (endRow, milliseconds) => {
      dropEvicted()
      const deadline = now() + milliseconds
      let looks = 0
      return scan(endRow, () => ++looks % messagesPerLook === 0 && now() > deadline)
    },
  }
}

/** All rows up to `endRow`, gaps included. */
export const allRows = (log: MessageLog, endRow: number): RowSource => {
  const first = Math.min(log.firstRow(), endRow)
  return {
    count: () => endRow - first,
    rowAt: (place) => first + place,
    placeOf: (row) => Math.min(Math.max(row - first, 0), endRow - first),
  }
}
