import type { MessageLog } from '../messageLog/messageLog'
import { createRowColumn } from './rowColumn'
import type { RowsFound } from './searchProtocol'

/** The rows a list shows, oldest first. Row numbers grow with the place. */
export interface RowSource {
  count(): number
  rowAt(place: number): number
  /** The first place whose row is at `row` or after it. */
  placeOf(row: number): number
}

export interface FoundRows extends RowSource {
  add(answer: Pick<RowsFound, 'older' | 'newer'>): void
  dropBefore(row: number): void
}

/** What a search has found so far. */
export const createFoundRows = (): FoundRows => {
  /** Rows before the search's start, newest first, and the rest, oldest first. */
  const older = createRowColumn()
  const newer = createRowColumn()
  const count = () => older.length() + newer.length()
  const rowAt = (place: number): number =>
    place < older.length() ? older.at(older.length() - 1 - place) : newer.at(place - older.length())

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
    add: (answer) => {
      older.append(answer.older)
      newer.append(answer.newer)
    },
    dropBefore: (row) => {
      while (older.length() > 0 && older.at(older.length() - 1) < row) older.pop()
      if (older.length() === 0) while (newer.length() > 0 && newer.at(0) < row) newer.shift()
    },
  }
}

/** Those of the rows that stand before `endRow`. */
export const rowsBefore = (rows: RowSource, endRow: number): RowSource => {
  const count = rows.placeOf(endRow)
  return { count: () => count, rowAt: rows.rowAt, placeOf: (row) => Math.min(rows.placeOf(row), count) }
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
