import { decodedPayload, DecodingFault } from '#shared/encoding/decodingFault'
import type { NodeMember, PayloadNode } from '#shared/encoding/payloadNode'
import { readText, withoutMark, type ReadText } from './charsets'
import type { Decoder } from './decoder'
import { linesOf, type Line } from './jsonDecoder'
import { countTo, mostValues } from './limits'

/**
 * The Influx line protocol: measurement, tags, fields with their types, and a time, which keeps all its digits. As in its own reader,
 * spaces may stand around the parts, and a string may go on behind the end of a line.
 */
export const influxDecoder: Decoder = {
  name: 'influx',
  otherNames: ['influx-line'],
  decode: (bytes, { charset = 'utf-8' }) =>
    decodedPayload(() => {
      const { text, byteAt } = withoutMark(readText(bytes, charset))
      const count = countTo(mostValues)
      return pointLines(text).map(({ line, start }) =>
        point({ text: line, byteAt: (position) => byteAt(start + position) }, count),
      )
    }),
}

interface Part {
  readonly start: number
  readonly end: number
}

/** The lines that are a point, without the spaces around them. */
const pointLines = (text: string): readonly Line[] => {
  const lines: Line[] = []
  let from = -1
  let end = 0
  let isOpen = false
  for (const { line, start } of linesOf(text)) {
    if (!isOpen && /^\s*(?:#|$)/.test(line)) continue
    if (!isOpen) from = start + (/^[ \t]*/.exec(line)?.[0].length ?? 0)
    end = start + line.length
    isOpen = isQuoteOpen(line, isOpen)
    if (!isOpen) lines.push({ line: text.slice(from, end).trimEnd(), start: from })
  }
  // A quote that nothing closes is a fault of its point.
  return isOpen ? [...lines, { line: text.slice(from, end), start: from }] : lines
}

/** Whether a string goes on behind the line. A quote begins one behind an equals sign only. */
const isQuoteOpen = (line: string, wasOpen: boolean): boolean => {
  let isOpen = wasOpen
  for (let at = 0; at < line.length; at++) {
    if (line[at] === '\\') at++
    else if (line[at] === '"' && (isOpen || line[at - 1] === '=')) isOpen = !isOpen
  }
  return isOpen
}

const point = (source: ReadText, count: (offset: number) => void): PayloadNode => {
  const all = parts(source.text, { start: 0, end: source.text.length }, ' ')
  const [series, values, time, more] = all.filter(({ start, end }) => end > start)
  if (!series || !values || more) throw new DecodingFault('notInfluxLine', source.byteAt((more ?? series)?.start ?? 0))
  const [name, ...tags] = parts(source.text, series, ',')
  if (!name || name.start === name.end) throw new DecodingFault('notInfluxLine', source.byteAt(0))
  const tagNode = (part: Part): PayloadNode => textNode(source, part, 'tag')
  const members = [
    { name: 'measurement', key: null, value: textNode(source, name, 'measurement') },
    ...(tags.length > 0 ? [{ name: 'tags', key: null, value: pairs(source, tags, tagNode) }] : []),
    {
      name: 'fields',
      key: null,
      value: pairs(source, parts(source.text, values, ','), (part) => fieldNode(source, part)),
    },
    ...(time ? [{ name: 'timestamp', key: null, value: timeNode(source, time) }] : []),
  ]
  for (const { value } of members)
    for (let left = value.kind === 'map' ? value.members.length : 1; left > 0; left--) count(value.offset)
  return { kind: 'map', members, type: 'point', ...placeOf(source, { start: 0, end: source.text.length }) }
}

/** Set apart by a character that is neither behind a backslash nor in quotes, which fields alone have. */
const parts = (text: string, { start, end }: Part, separator: string): readonly Part[] => {
  const found: Part[] = []
  let from = start
  let isQuoted = false
  for (let at = start; at < end; at++) {
    const character = text[at]
    if (character === '\\') at++
    else if (character === '"' && (isQuoted || text[at - 1] === '=')) isQuoted = !isQuoted
    else if (character === separator && !isQuoted) {
      found.push({ start: from, end: at })
      from = at + 1
    }
  }
  return [...found, { start: from, end }]
}

const pairs = (source: ReadText, all: readonly Part[], valueOf: (part: Part) => PayloadNode): PayloadNode => {
  const members = all.map((part): NodeMember => {
    const [key, value] = parts(source.text, part, '=')
    if (!key || !value || key.start === key.end || value.start === value.end)
      throw new DecodingFault('notInfluxLine', source.byteAt(part.start))
    const named = textNode(source, key, 'key')
    // Only the first equals sign sets apart.
    return {
      name: named.kind === 'text' ? named.text : '',
      key: named,
      value: valueOf({ start: value.start, end: part.end }),
    }
  })
  const [first, last] = [all[0], all.at(-1)]
  return { kind: 'map', members, type: 'pairs', ...placeOf(source, { start: first?.start ?? 0, end: last?.end ?? 0 }) }
}

const fieldNode = (source: ReadText, part: Part): PayloadNode => {
  const written = source.text.slice(part.start, part.end)
  const place = placeOf(source, part)
  if (/^-?\d+[iu]$/.test(written)) {
    const type = written.endsWith('i') ? 'integer' : 'unsigned'
    return { kind: 'number', digits: written.slice(0, -1).replace(/^(-?)0+(?=\d)/, '$1'), type, ...place }
  }
  if (/^-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(written))
    return { kind: 'number', digits: writtenFloat(written), type: 'float', ...place }
  if (/^(?:t|true|T|True|TRUE)$/.test(written)) return { kind: 'constant', value: true, type: 'boolean', ...place }
  if (/^(?:f|false|F|False|FALSE)$/.test(written)) return { kind: 'constant', value: false, type: 'boolean', ...place }
  if (/^"(?:[^"\\]|\\.)*"$/s.test(written))
    return { kind: 'text', text: written.slice(1, -1).replace(/\\(["\\])/g, '$1'), type: 'string', ...place }
  throw new DecodingFault('notInfluxLine', place.offset)
}

/** With a digit on either side of a point, as JSON has it; no other digit changes. */
const writtenFloat = (written: string): string =>
  written
    .replace(/^(-?)\./, '$10.')
    .replace(/\.(?=$|[eE])/, '')
    .replace(/^(-?)0+(?=\d)/, '$1')

const timeNode = (source: ReadText, part: Part): PayloadNode => {
  const digits = source.text.slice(part.start, part.end)
  if (!/^-?\d{1,20}$/.test(digits)) throw new DecodingFault('notInfluxLine', source.byteAt(part.start))
  return { kind: 'number', digits: digits.replace(/^(-?)0+(?=\d)/, '$1'), type: 'timestamp', ...placeOf(source, part) }
}

const textNode = (source: ReadText, part: Part, type: string): PayloadNode => {
  const text = source.text.slice(part.start, part.end).replace(/\\([,= \\])/g, '$1')
  return { kind: 'text', text, type, ...placeOf(source, part) }
}

const placeOf = ({ byteAt }: ReadText, { start, end }: Part) => {
  const offset = byteAt(start)
  return { offset, length: byteAt(end) - offset }
}
