import { jsonProblem } from '#shared/mqtt/prettyJson'
import type { AppError } from '#shared/result'
import { readRecordedLine, type RecordedMessage } from './recordedLine'
import { longestRow, rowUnreadable, type RowParser } from './row'

/** The messages of a recording, a line each. A line that is none is told and left out; empty lines are none. */
export const createRecordedLines = (onUnreadable: (error: AppError) => void): RowParser<RecordedMessage> => {
  /** The beginning of a line, in the pieces in which it came: one of many megabytes is put together once. */
  let rest: string[] = []
  let length = 0
  let line = 1
  return {
    read: (piece, isLast) => {
      rest.push(piece)
      length += piece.length
      if (length > longestRecorded) return { rows: [], error: rowUnreadable('tooLong', { line }).error }
      if (!isLast && !piece.includes('\n')) return { rows: [], error: null }
      const lines = rest.join('').split('\n')
      rest = isLast ? [] : [lines.pop() ?? '']
      length = rest[0]?.length ?? 0
      const rows = lines.flatMap((text) => {
        const read = text.trim() === '' ? null : readLine(text, line)
        line += 1
        if (read && 'code' in read) onUnreadable(read)
        return read && 'message' in read && 'at' in read ? [read] : []
      })
      return { rows, error: null }
    },
  }
}

/** The longest payload of MQTT as Base64 does not fit into a row of data. */
const longestRecorded = 100 * longestRow

const readLine = (text: string, line: number): RecordedMessage | AppError => {
  const value = parsed(text)
  if (!value) return rowUnreadable('syntax', { line, column: (jsonProblem(text)?.position ?? 0) + 1 }).error
  const read = readRecordedLine(value.json)
  return 'problem' in read ? rowUnreadable(read.problem, { line, detail: read.detail }).error : read
}

const parsed = (text: string): { readonly json: unknown } | null => {
  try {
    return { json: JSON.parse(text) }
  } catch {
    return null
  }
}
