import { fail, type AppError } from '#shared/result'

/** Columns, or fields, by their names. */
export type Row = Readonly<Record<string, unknown>>

/** Turns a text that comes in pieces into rows. */
export interface RowParser<Item = Row> {
  /** The rows that are whole with this piece, up to one that is none; the last piece ends the last row. */
  read(piece: string, isLast: boolean): { readonly rows: readonly Item[]; readonly error: AppError | null }
}

/** A row that has not ended after so many characters is none: a quote that never closes would take all of a file. */
export const longestRow = 4 * 2 ** 20

type RowProblem =
  | 'syntax'
  | 'notAnObject'
  | 'quotes'
  | 'columns'
  | 'sameColumn'
  | 'noRows'
  | 'tooLong'
  | 'notUtf8'
  | 'tooMany'
  | RecordedProblem

/** Why a line of a recording is no message that can be sent as it was. */
export type RecordedProblem = 'notAMessage' | 'time' | 'topic' | 'payload' | 'notWhole' | 'copy' | 'properties'

/** Lines and columns count from 1. */
export const rowUnreadable = (
  problem: RowProblem,
  { line, column = 1, detail = '' }: { readonly line: number; readonly column?: number; readonly detail?: string },
) =>
  fail('rowUnreadable', `Line ${line}, column ${column} of the data: ${problem} ${detail}`, {
    values: { problem, line, column, detail },
  })
