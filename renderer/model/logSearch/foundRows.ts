import type { MessageLog } from '../messageLog/messageLog'
import { arrivedAt } from '../messageLog/messageLogChunk'
import type { AgeRange } from '../query/resolveQuery'
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

export interface ShownSpan {
  readonly age: AgeRange
  /** The steady time. */
  readonly now: number
  readonly endRow: number
}

/** Those of the rows before `endRow` whose messages are as old as is asked for. The search knows no ages: they change. */
export const rowsOfAge = (log: MessageLog, rows: RowSource, { age, now, endRow }: ShownSpan): RowSource => {
  const { youngerThan, atLeast } = age
  const first = youngerThan === null ? -Infinity : firstRowSince(log, now - youngerThan)
  const end = atLeast === null ? Infinity : firstRowSince(log, now - atLeast)
  return rowsBetween(rows, first, Math.min(end, endRow))
}

const rowsBetween = (rows: RowSource, firstRow: number, endRow: number): RowSource => {
  const first = rows.placeOf(firstRow)
  const count = Math.max(rows.placeOf(endRow) - first, 0)
  return {
    count: () => count,
    rowAt: (place) => rows.rowAt(first + place),
    placeOf: (row) => Math.min(Math.max(rows.placeOf(row) - first, 0), count),
  }
}

/** The first row of a message that came at the steady time or after it; the end of the log = none did. */
const firstRowSince = (log: MessageLog, time: number): number => {
  let low = log.firstKeptRow()
  let high = log.endRow()
  while (low < high) {
    const middle = (low + high) >> 1
    if (arrivedFrom(log, middle) < time) low = middle + 1
    else high = middle
  }
  return low
}

/** When the message at the row came, or the next one behind a gap. */
const arrivedFrom = (log: MessageLog, first: number): number => {
  for (let row = first; row < log.endRow(); row++) {
    const chunk = log.chunkAt(row)
    if (chunk?.kind === 'messages') return arrivedAt(chunk, row - chunk.firstRow)
  }
  return Infinity
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
