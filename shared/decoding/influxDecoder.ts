import { decodedPayload, DecodingFault } from '#shared/encoding/decodingFault'
import type { NodeMember, PayloadNode } from '#shared/encoding/payloadNode'
import { readText, withoutMark, type ReadText } from './charsets'
import type { Decoder } from './decoder'
import { linesOf } from './jsonDecoder'
import { countTo, mostValues } from './limits'

/** The Influx line protocol: measurement, tags, fields with their types, and a time, which keeps all its digits. */
export const influxDecoder: Decoder = {
  name: 'influx',
  otherNames: ['influx-line'],
  decode: (bytes, { charset = 'utf-8' }) =>
    decodedPayload(() => {
      const { text, byteAt } = withoutMark(readText(bytes, charset))
      const count = countTo(mostValues)
      return linesOf(text).flatMap(({ line, start }) => {
        if (line.trim() === '' || line.startsWith('#')) return []
        return [point({ text: line, byteAt: (position) => byteAt(start + position) }, count)]
      })
    }),
}

interface Part {
  readonly start: number
  readonly end: number
}

const point = (source: ReadText, count: (offset: number) => void): PayloadNode => {
  const [series, values, time, more] = parts(source.text, { start: 0, end: source.text.length }, ' ')
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
  if (/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(written))
    return { kind: 'number', digits: written, type: 'float', ...place }
  if (/^(?:t|true|T|True|TRUE)$/.test(written)) return { kind: 'constant', value: true, type: 'boolean', ...place }
  if (/^(?:f|false|F|False|FALSE)$/.test(written)) return { kind: 'constant', value: false, type: 'boolean', ...place }
  if (/^"(?:[^"\\]|\\.)*"$/s.test(written))
    return { kind: 'text', text: written.slice(1, -1).replace(/\\(["\\])/g, '$1'), type: 'string', ...place }
  throw new DecodingFault('notInfluxLine', place.offset)
}

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
