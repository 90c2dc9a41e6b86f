import { jsonProblem } from '#shared/mqtt/prettyJson'
import type { AppError } from '#shared/result'
import { longestRow, rowUnreadable, type Row, type RowParser } from './row'

/** JSON lines: an object in each line, whose fields are the columns. Empty lines are left out. */
export const createJsonRows = (): RowParser => {
  let rest = ''
  let line = 1
  return {
    read: (piece, isLast) => {
      const lines = `${rest}${piece}`.split('\n')
      rest = isLast ? '' : (lines.pop() ?? '')
      const rows: Row[] = []
      for (const text of lines) {
        const error = text.trim() === '' ? null : takeLine(text, line, rows)
        if (error) return { rows, error }
        line += 1
      }
      return { rows, error: rest.length > longestRow ? rowUnreadable('tooLong', { line }).error : null }
    },
  }
}

/** Answers why a line is no row. */
const takeLine = (text: string, line: number, rows: Row[]): AppError | null => {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return rowUnreadable('notAnObject', { line }).error
    rows.push(value as Row)
    return null
  } catch {
    return rowUnreadable('syntax', { line, column: (jsonProblem(text)?.position ?? 0) + 1 }).error
  }
}
