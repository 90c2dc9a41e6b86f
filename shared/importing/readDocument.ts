import Papa from 'papaparse'
import { parse as parseJsonc, type ParseError } from 'jsonc-parser'
import { parseDocument } from 'yaml'
import { readText } from '#shared/decoding/charsets'
import { DecodingFault } from '#shared/encoding/decodingFault'
import type { ForeignDocument, ForeignTable } from './foreignConnection'
import { importLimits, UnreadableFile } from './limits'
import { readXml } from './readXml'

const sqliteMark = 'SQLite format 3\0'
const zipMark = 'PK\u0003\u0004'

/** What a file is by its first bytes. Databases and workbooks are read by those who can; everything else is text. */
export const fileKind = (bytes: Uint8Array): 'sqlite' | 'zip' | 'text' => {
  const start = Array.from(bytes.subarray(0, 16), (byte) => String.fromCharCode(byte)).join('')
  if (start === sqliteMark) return 'sqlite'
  return start.startsWith(zipMark) ? 'zip' : 'text'
}

/** Tables that were read by others. */
export const tablesDocument = (form: 'XLSX' | 'SQLite', tables: readonly ForeignTable[]): ForeignDocument => ({
  text: '',
  form,
  value: undefined,
  xml: null,
  tables,
})

/** A text file in the form that its content has. Throws `UnreadableFile`. */
export const readDocument = (bytes: Uint8Array): ForeignDocument => {
  if (bytes.length > importLimits.bytes) throw new UnreadableFile('tooLarge', 'The file is too large.')
  const text = textOf(bytes)
  const start = text.trimStart()
  const empty: ForeignDocument = { text, form: 'text', value: undefined, xml: null, tables: [] }
  if (start === '') throw new UnreadableFile('empty', 'The file is empty.')
  if (start.startsWith('<')) return { ...empty, form: 'XML', xml: readXml(start) }
  if (/^(?:[{[]|\/[/*])/.test(start) && !sectionHead.test(firstLine(start)))
    return { ...empty, form: 'JSON', value: jsonOf(text) }
  if (csvHead.test(firstLine(start))) return { ...empty, form: 'CSV', tables: [csvTable(start)] }
  const yaml = looksLikeYaml(text) ? yamlOf(text) : undefined
  return yaml === undefined ? empty : { ...empty, form: 'YAML', value: yaml }
}

const firstLine = (text: string): string => text.slice(0, 20_000).split(/\r?\n/, 1)[0] ?? ''

/** Of an INI or TOML file. */
const sectionHead = /^\[\[?[A-Za-z][\w. -]*\]?\]\s*$/
/** A row of names. */
const csvHead = /^"?[A-Za-z]\w*"?(?:,"?[A-Za-z]\w*"?){4,}\s*$/

/** The text of a file: by its mark, as UTF-16 where every other byte is zero, as UTF-8, else as Windows wrote it. */
const textOf = (bytes: Uint8Array): string => {
  const read = (charset: 'utf-8' | 'utf-16' | 'utf-16le' | 'utf-16be' | 'windows-1252') =>
    readText(bytes, charset).text.replace(/^\uFEFF/, '')
  try {
    const [first = 1, second = 1] = bytes
    if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return read('utf-16')
    if (bytes.length > 3 && second === 0 && bytes[3] === 0) return read('utf-16le')
    if (bytes.length > 3 && first === 0 && bytes[2] === 0) return read('utf-16be')
    const charset = isSound(bytes) ? 'utf-8' : 'windows-1252'
    const text = read(charset)
    if (text.includes('\0')) throw new UnreadableFile('damaged', 'The file is not text.')
    return text
  } catch (error) {
    if (error instanceof DecodingFault)
      throw new UnreadableFile('damaged', 'The text of the file is damaged.', { cause: error })
    throw error
  }
}

const isSound = (bytes: Uint8Array): boolean => {
  try {
    readText(bytes, 'utf-8')
    return true
  } catch {
    return false
  }
}

/** JSON, else JSON with comments and commas behind the last value; undefined = neither. */
const jsonOf = (text: string): unknown => {
  const value = strictJson(text)
  if (value !== undefined) return checkDepth(value)
  const errors: ParseError[] = []
  let lenient: unknown
  try {
    lenient = parseJsonc(text, errors, { allowTrailingComma: true })
  } catch (error) {
    throw new UnreadableFile('tooMuch', 'The JSON has too many values inside each other.', { cause: error })
  }
  const [first] = errors
  if (first) throw new UnreadableFile('damaged', `The JSON is damaged at character ${first.offset}.`)
  return checkDepth(lenient)
}

const strictJson = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

const checkDepth = (value: unknown): unknown => {
  let level: readonly unknown[] = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > importLimits.depth)
      throw new UnreadableFile('tooMuch', 'The file has too many values inside each other.')
    level = level.flatMap((one): unknown[] => (typeof one === 'object' && one !== null ? Object.values(one) : []))
  }
  return value
}

const looksLikeYaml = (text: string): boolean => /^(?:- +)?["']?[\w.-]+["']?:(?:\s|$)/m.test(text)

const yamlOf = (text: string): unknown => {
  try {
    const document = parseDocument(text, { schema: 'core', prettyErrors: false, logLevel: 'silent' })
    if (document.errors.length > 0) return undefined
    return checkDepth(document.toJS({ maxAliasCount: importLimits.aliases }) as unknown)
  } catch (error) {
    if (error instanceof UnreadableFile) throw error
    throw new UnreadableFile('tooMuch', 'The YAML repeats values too often, or has too many inside each other.', {
      cause: error,
    })
  }
}

const csvTable = (text: string): ForeignTable => {
  const { data } = Papa.parse<string[]>(text, { skipEmptyLines: true })
  const [names = [], ...rows] = data
  if (rows.length > importLimits.rows) throw new UnreadableFile('tooMuch', 'The table has too many rows.')
  return { name: '', rows: rows.map((cells) => rowOf(names.map(plainCell), cells.map(plainCell))) }
}

/** A row by the names of its columns; names that would be more than a name are left out. */
export const rowOf = (names: readonly string[], cells: readonly unknown[]): Readonly<Record<string, unknown>> => {
  const row: Record<string, unknown> = Object.create(null) as Record<string, unknown>
  for (const [index, name] of names.entries()) {
    const cell = cells[index]
    if (typeof cell === 'string' && cell.length > importLimits.cell)
      throw new UnreadableFile('tooMuch', 'A cell of the table is too large.')
    row[name] = cell
  }
  return row
}

/** Spreadsheets keep the digits of `="127.0"`. */
const plainCell = (cell: string): string => /^="(.*)"$/s.exec(cell)?.[1] ?? cell
