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

/** RFC 4180 §2: fields between commas, in quotes where they hold some, and a quote in quotes stands twice. */
const csvFields = (line: string): readonly string[] =>
  [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)]
    .map(([, quoted, plain]) => (quoted === undefined ? (plain ?? '').trim() : quoted.replaceAll('""', '"')))
    .filter((name) => name !== '')
