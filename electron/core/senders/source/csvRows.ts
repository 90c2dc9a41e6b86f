import Papa from 'papaparse'
import { lineAndColumn } from '#shared/mqtt/prettyJson'
import type { AppError } from '#shared/result'
import { longestRow, rowUnreadable, type Row, type RowParser } from './row'

/** What the parser reads of a text. It is not typed. */
interface CsvPart {
  readonly data: readonly (readonly string[])[]
  readonly errors: readonly { readonly row: number; readonly index: number }[]
  /** Up to where it was read. */
  readonly meta: { readonly cursor: number }
}

/** How a text is written: the delimiter and the line breaks that its beginning has. */
interface CsvForm {
  readonly linebreak: string
  /** The row that may go on with the next piece is left out, unless this is the last piece. */
  parse(text: string, isLast: boolean): CsvPart
}

/**
 * CSV as RFC 4180 has it, with commas, semicolons, tabs or bars, and the names of its columns in the first line. Every row has as
 * many fields as there are names; lines without anything are left out.
 */
export const createCsvRows = (): RowParser => {
  let form: CsvForm | null = null
  let rest = ''
  /** The one that `rest` begins with. */
  let line = 1
  const table = createTable()

  return {
    read: (piece, isLast) => {
      rest += piece
      if (rest === '' || (!form && !isLast && rest.length < guessedFrom)) return { rows: [], error: null }
      form ??= formOf(rest)
      const { data, errors, meta } = form.parse(rest, isLast)
      // In a row that is not whole an error may only mean that its rest has not come yet.
      const bad = errors.find(({ row }) => isLast || row < data.length)
      const rows: Row[] = []
      const start = line
      for (const fields of bad ? data.slice(0, bad.row) : data) {
        const error = table.take(fields, line, rows)
        if (error) return { rows, error }
        line += linesOf(fields, form.linebreak)
      }
      if (bad) {
        const place = lineAndColumn(rest, bad.index)
        return { rows, error: rowUnreadable('quotes', { line: start + place.line - 1, column: place.column }).error }
      }
      rest = rest.slice(meta.cursor)
      return { rows, error: rest.length > longestRow ? rowUnreadable('tooLong', { line }).error : null }
    },
  }
}

/** So many characters tell how a text is written. */
const guessedFrom = 4_096

const delimiters = [',', ';', '\t', '|']

/** The delimiter and the line break are those of the first line. */
const formOf = (beginning: string): CsvForm => {
  const unquoted = beginning.replace(/"[^"]*"/g, '')
  const linebreak = /\r\n|\n|\r/.exec(unquoted)?.[0] ?? '\n'
  const [names = ''] = unquoted.split(linebreak, 1)
  const countOf = (delimiter: string) => names.split(delimiter).length
  const [delimiter = ','] = delimiters.toSorted((one, other) => countOf(other) - countOf(one))
  // It keeps nothing from one text to the next.
  const parser = new Papa.Parser({ delimiter, newline: linebreak as '\n' })
  return { linebreak, parse: (text, isLast) => parser.parse(text, 0, !isLast) as CsvPart }
}

/** A field in quotes may have line breaks. */
const linesOf = (fields: readonly string[], linebreak: string): number =>
  fields.reduce((lines, field) => (field.includes(linebreak) ? lines + field.split(linebreak).length - 1 : lines), 1)

/** Takes the first row as the names of the columns. */
const createTable = () => {
  let names: readonly string[] | null = null
  return {
    /** Answers why a row is none. */
    take: (fields: readonly string[], line: number, rows: Row[]): AppError | null => {
      if (fields.length === 1 && fields[0] === '') return null
      if (!names) {
        names = fields
        const same = fields.find((name, place) => fields.indexOf(name) !== place)
        return same === undefined ? null : rowUnreadable('sameColumn', { line, detail: same }).error
      }
      const detail = `${fields.length}/${names.length}`
      if (fields.length !== names.length) return rowUnreadable('columns', { line, detail }).error
      rows.push(Object.fromEntries(names.map((name, place) => [name, fields[place] ?? ''])))
      return null
    },
  }
}
