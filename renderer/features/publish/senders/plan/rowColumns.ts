import type { TypedRows } from './planForm'

/** Names of the columns that rows of data have: the heading of CSV, or the keys of the first line of JSON; empty = none found. */
export const rowColumns = ({ format, text }: Pick<TypedRows, 'format' | 'text'>): readonly string[] => {
  const line =
    text
      .split('\n', 1)[0]
      ?.replace(/^\uFEFF/, '')
      .trim() ?? ''
  if (line === '') return []
  return format === 'csv' ? csvFields(line) : keysOf(line)
}

/** How a template says the value of a column. */
export const columnPlaceholder = (column: string): string =>
  /^[A-Za-z_]\w*$/.test(column) ? `{{ row.${column} }}` : `{{ row["${column.replaceAll('"', '\\"')}"] }}`

const keysOf = (line: string): readonly string[] => {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : []
  } catch {
    return []
  }
}

/** What stands between fields; as where rows are read, it is the one that makes the most fields of the heading. */
const delimiters = [',', ';', '\t', '|']

/** RFC 4180 §2: fields in quotes where they hold a delimiter, and a quote in quotes stands twice. */
const csvFields = (line: string): readonly string[] => {
  const unquoted = line.replace(/"[^"]*"/g, '')
  const countOf = (delimiter: string) => unquoted.split(delimiter).length
  const [delimiter = ','] = delimiters.toSorted((one, other) => countOf(other) - countOf(one))
  const field = new RegExp(`(?:^|[${delimiter}])(?:"((?:[^"]|"")*)"|([^"${delimiter}]*))`, 'g')
  return [...line.matchAll(field)]
    .map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '')
    .filter((name) => name !== '')
}
