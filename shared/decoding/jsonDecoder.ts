import { decodedPayload, DecodingFault } from '#shared/encoding/decodingFault'
import type { PayloadNode } from '#shared/encoding/payloadNode'
import { readJsonTree, type JsonNode } from '#shared/json/jsonTree'
import { readText, withoutMark, type ReadText } from './charsets'
import type { Decoder } from './decoder'
import { countTo, mostValues } from './limits'

/** JSON (RFC 8259): numbers as they are written, members in their order and as often as they stand there. */
export const jsonDecoder: Decoder = {
  name: 'json',
  decode: (bytes, { charset = 'utf-8' }) =>
    decodedPayload(() => [jsonNode(withoutMark(readText(bytes, charset)), countTo(mostValues))]),
}

/** A value of JSON on each line; empty lines are none. */
export const jsonLinesDecoder: Decoder = {
  name: 'json-lines',
  otherNames: ['jsonl', 'jsonlines', 'ndjson'],
  decode: (bytes, { charset = 'utf-8' }) =>
    decodedPayload(() => {
      const { text, byteAt } = withoutMark(readText(bytes, charset))
      const count = countTo(mostValues)
      return linesOf(text).flatMap(({ line, start }) =>
        line.trim() === '' ? [] : [jsonNode({ text: line, byteAt: (position) => byteAt(start + position) }, count)],
      )
    }),
}

export interface Line {
  readonly line: string
  readonly start: number
}

/** Without the characters that end them; with the UTF-16 offset of each. */
export const linesOf = (text: string): readonly Line[] => {
  const lines: Line[] = []
  for (let start = 0; start < text.length;) {
    const end = text.indexOf('\n', start)
    const line = text.slice(start, end < 0 ? text.length : end)
    lines.push({ line: line.endsWith('\r') ? line.slice(0, -1) : line, start })
    start = end < 0 ? text.length : end + 1
  }
  return lines
}

/** Throws a `DecodingFault` where the text is no JSON. */
export const jsonNode = ({ text, byteAt }: ReadText, count: (offset: number) => void): PayloadNode => {
  const tree = readJsonTree(text)
  if (!tree.ok) throw new DecodingFault(tree.detail, byteAt(tree.position))
  const nodeOf = (json: JsonNode): PayloadNode => {
    const offset = byteAt(json.position)
    count(offset)
    const place = { offset, length: byteAt(json.end) - offset }
    switch (json.kind) {
      case 'constant':
        return { kind: 'constant', value: json.value, type: json.value === null ? 'null' : 'boolean', ...place }
      case 'number':
        return { kind: 'number', digits: json.digits, type: 'number', ...place }
      case 'text':
        return { kind: 'text', text: json.text, type: 'string', ...place }
      case 'list':
        return { kind: 'list', items: json.items.map(nodeOf), type: 'array', ...place }
      case 'map': {
        const members = json.members.map(({ key, keyPosition, keyEnd, value }) => {
          const at = byteAt(keyPosition)
          const length = byteAt(keyEnd) - at
          return {
            name: key,
            key: { kind: 'text', text: key, type: 'string', offset: at, length } as const,
            value: nodeOf(value),
          }
        })
        return { kind: 'map', members, type: 'object', ...place }
      }
    }
  }
  return nodeOf(tree.root)
}
