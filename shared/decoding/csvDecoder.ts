import { decodedPayload, DecodingFault } from '#shared/encoding/decodingFault'
import type { PayloadNode } from '#shared/encoding/payloadNode'
import { readText, withoutMark, type ReadText } from './charsets'
import type { Decoder } from './decoder'
import { countTo, mostValues } from './limits'

/**
 * CSV (RFC 4180): a list of texts for each row, as they are written. Columns are set apart by the first of tab, semicolon, comma and
 * bar that stands in the first row outside of quotes: a comma beside semicolons is that of a number. A first line `sep=;`, which
 * spreadsheets write, says which it is and is no row.
 */
export const csvDecoder: Decoder = {
  name: 'csv',
  decode: (bytes, { charset = 'utf-8' }) =>
    decodedPayload(() => {
      const source = withoutMark(readText(bytes, charset))
      const said = /^sep=([^"\r\n])(?:\r?\n|$)/.exec(source.text)
      const separator = said?.[1] ?? separatorOf(source.text)
      const count = countTo(mostValues)
      const rows: PayloadNode[] = []
      for (let at = said?.[0].length ?? 0; at < source.text.length;) {
        const row = readRow(source, at, separator)
        at = row.end
        for (const { offset } of row.items) count(offset)
        const [first] = row.items
        const isEmpty = row.items.length === 1 && first?.length === 0
        if (!isEmpty) rows.push(rowNode(row.items))
      }
      return rows
    }),
}

const rowNode = (items: readonly PayloadNode[]): PayloadNode => {
  const offset = items[0]?.offset ?? 0
  const last = items.at(-1)
  return { kind: 'list', items, type: 'row', offset, length: last ? last.offset + last.length - offset : 0 }
}

const separatorOf = (text: string): string => {
  const [firstRow = ''] = text.replace(/"[^"]*"/g, '').split(/\r?\n/, 1)
  return ['\t', ';', ',', '|'].find((one) => firstRow.includes(one)) ?? ','
}

interface Row {
  readonly items: readonly PayloadNode[]
  /** Behind what ends it. */
  readonly end: number
}

const readRow = (source: ReadText, start: number, separator: string): Row => {
  const { text } = source
  const items: PayloadNode[] = []
  for (let at = start; ;) {
    const end = text[at] === '"' ? quotedEnd(source, at, separator) : plainEnd(text, at, separator)
    items.push(fieldNode(source, at, end))
    const next = text[end]
    if (next === separator) {
      at = end + 1
      continue
    }
    return { items, end: end + (next === '\r' && text[end + 1] === '\n' ? 2 : 1) }
  }
}

const plainEnd = (text: string, start: number, separator: string): number => {
  let end = start
  while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end++
  return end
}

/** Behind the quote that ends the field; two in a row are one of its text. */
const quotedEnd = ({ text, byteAt }: ReadText, start: number, separator: string): number => {
  for (let at = start + 1; ;) {
    const quote = text.indexOf('"', at)
    if (quote < 0) throw new DecodingFault('badCsv', byteAt(start))
    if (text[quote + 1] === '"') at = quote + 2
    else {
      const end = quote + 1
      // What stands behind the quote would belong to no field.
      if (end < text.length && ![separator, '\n', '\r'].includes(text[end] ?? ''))
        throw new DecodingFault('badCsv', byteAt(end))
      return end
    }
  }
}

const fieldNode = ({ text, byteAt }: ReadText, start: number, end: number): PayloadNode => {
  const written = text.slice(start, end)
  const said = written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written
  const offset = byteAt(start)
  return { kind: 'text', text: said, type: 'field', offset, length: byteAt(end) - offset }
}
