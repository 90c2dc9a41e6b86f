import { SaxesParser } from 'saxes'
import { decodedPayload, DecodingFault } from '#shared/encoding/decodingFault'
import { deepestLevel } from '#shared/encoding/encodingFault'
import type { NodeMember, PayloadNode } from '#shared/encoding/payloadNode'
import { charsetOf, readText, withoutMark, type Charset, type ReadText } from './charsets'
import type { Decoder } from './decoder'
import { countTo, mostValues } from './limits'

/**
 * XML as a map: attributes with `@` before their name, elements by theirs as often as they come, text as `#text`; an element with
 * text alone is that text. Entities that a document declares itself are refused, so none grows or reads a file.
 */
export const xmlDecoder: Decoder = {
  name: 'xml',
  decode: (bytes, { charset = charsetIn(bytes) }) =>
    decodedPayload(() => [rootNode(withoutMark(readText(bytes, charset)), bytes.length)]),
}

/** Longer declarations are none. */
const longestDeclaration = 200

/** What a document says of itself where nobody else does: by a mark of UTF-16, or in its declaration (XML 1.0 §4.3.3). */
const charsetIn = (bytes: Uint8Array): Charset => {
  const [first, second] = bytes
  const isMarked = (first === 0xfe && second === 0xff) || (first === 0xff && second === 0xfe)
  if (isMarked || first === 0 || second === 0) return 'utf-16'
  const start = String.fromCharCode(...bytes.subarray(0, longestDeclaration))
  const said = /^(?:\xef\xbb\xbf)?<\?xml[^>]*?\sencoding\s*=\s*["']([\w.-]+)["']/.exec(start)?.[1]
  return (said === undefined ? null : charsetOf(said)) ?? 'utf-8'
}

interface Open {
  readonly name: string
  readonly offset: number
  readonly members: NodeMember[]
  text: string
  /** Where its text begins. */
  textAt: number
  textEnd: number
}

const rootNode = ({ text, byteAt }: ReadText, length: number): PayloadNode => {
  const parser = new SaxesParser({ xmlns: false })
  const count = countTo(mostValues)
  const open: Open[] = [{ name: '', offset: 0, members: [], text: '', textAt: 0, textEnd: 0 }]
  // At the end of the text the parser stands one behind it.
  const at = () => byteAt(Math.min(parser.position, text.length))
  let start = 0
  const add = (said: string, end: number) => {
    const parent = open.at(-1)
    if (!parent || open.length === 1) return
    if (parent.text === '') parent.textAt = start
    parent.text += said
    parent.textEnd = end
  }
  parser.on('error', ({ message }) => {
    throw new DecodingFault('notXml', Math.max(0, at() - 1), message.replace(/^[^ ]*: /, ''))
  })
  parser.on('opentagstart', ({ name }) => {
    if (open.length > deepestLevel) throw new DecodingFault('tooDeep', at())
    const offset = byteAt(text.lastIndexOf('<', parser.position - 1))
    open.push({ name, offset, members: [], text: '', textAt: 0, textEnd: 0 })
  })
  parser.on('attribute', ({ name, value }) => {
    // Told when the closing quote was read; no other one of its kind stands in the value.
    const end = parser.position - 1
    const offset = byteAt(text.lastIndexOf(text.charAt(end), end - 1) + 1)
    count(offset)
    const node = { kind: 'text', text: value, type: 'attribute', offset, length: byteAt(end) - offset } as const
    open.at(-1)?.members.push({ name: `@${name}`, key: null, value: node })
  })
  // Told when the bracket behind it was read.
  parser.on('text', (said) => add(said, byteAt(parser.position - 1)))
  parser.on('cdata', (said) => add(said, at()))
  parser.on('opentag', () => (start = at()))
  parser.on('closetag', () => {
    count(at())
    const closed = open.pop()
    if (closed) open.at(-1)?.members.push({ name: closed.name, key: null, value: elementNode(closed, at()) })
    start = at()
  })
  parser.write(text).close()
  return { kind: 'map', members: open[0]?.members ?? [], type: 'document', offset: 0, length }
}

const elementNode = ({ name, offset, members, text, textAt, textEnd }: Open, end: number): PayloadNode => {
  const place = { type: name, offset, length: end - offset }
  const hasText = text.trim() !== ''
  if (members.length === 0) return { kind: 'text', text, ...place }
  const said = { kind: 'text', text: text.trim(), type: 'text', offset: textAt, length: textEnd - textAt } as const
  return { kind: 'map', members: hasText ? [...members, { name: '#text', key: null, value: said }] : members, ...place }
}
