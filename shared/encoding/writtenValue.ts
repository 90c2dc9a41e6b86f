import { parseBase64, parseHex } from '#shared/mqtt/payloadText'
import { readJson } from '#shared/mqtt/prettyJson'
import { deepestLevel, EncodingFault, NoJson } from './encodingFault'

/**
 * A value as it is written in JSON, and the UTF-16 offset where it begins. Numbers keep their digits, members their order, also
 * those whose key stands twice.
 */
export type WrittenValue =
  | { readonly kind: 'constant'; readonly value: boolean | null; readonly position: number }
  | { readonly kind: 'number'; readonly digits: string; readonly position: number }
  | { readonly kind: 'text'; readonly text: string; readonly position: number }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array; readonly position: number }
  | { readonly kind: 'list'; readonly items: readonly WrittenValue[]; readonly position: number }
  | { readonly kind: 'map'; readonly members: readonly Member[]; readonly position: number }
/** With the UTF-16 offset of the key. */
type Member = readonly [key: string, value: WrittenValue, keyPosition: number]

/** JSON has no bytes: an object with one of these as its only key stands for what its text says. */
const byteKeys = { $hex: parseHex, $base64: parseBase64 } as const

interface Open {
  readonly isMap: boolean
  readonly position: number
  readonly items: WrittenValue[]
  readonly members: Member[]
  /** Of the member that is read. */
  key: string | null
  keyPosition: number
}

/** Reads a JSON text. Throws `NoJson`, or an `EncodingFault` for what has no bytes in any encoding. */
export const readWritten = (text: string): WrittenValue => {
  const open: Open[] = []
  const roots: WrittenValue[] = []
  const add = (value: WrittenValue) => {
    const parent = open.at(-1)
    if (!parent) roots.push(value)
    else if (parent.isMap) parent.members.push([parent.key ?? '', value, parent.keyPosition])
    else parent.items.push(value)
    if (parent) parent.key = null
  }
  const problem = readJson(text, (token, _depth, position) => {
    const first = token.charAt(0)
    const parent = open.at(-1)
    if (first === '{' || first === '[') {
      if (open.length >= deepestLevel) throw new EncodingFault('tooDeep', position)
      open.push({ isMap: first === '{', position, items: [], members: [], key: null, keyPosition: position })
    } else if (first === '}' || first === ']') {
      const closed = open.pop()
      if (closed) add(valueOf(closed))
    } else if (first === '"' && parent?.isMap && parent.key === null) {
      parent.key = stringOf(token, position)
      parent.keyPosition = position
    } else if (first !== ',' && first !== ':') add(scalarOf(token, position))
  })
  if (problem) throw new NoJson(problem)
  const [root] = roots
  if (!root) throw new NoJson({ position: text.length, detail: 'unexpectedEnd' })
  return root
}

const valueOf = ({ isMap, position, items, members }: Open): WrittenValue => {
  if (!isMap) return { kind: 'list', items, position }
  const [only] = members
  const bytes = members.length === 1 && only ? bytesIn(only) : null
  return bytes ? { kind: 'bytes', bytes, position } : { kind: 'map', members, position }
}

const bytesIn = ([key, value]: Member): Uint8Array | null => {
  if ((key !== '$hex' && key !== '$base64') || value.kind !== 'text') return null
  const parsed = byteKeys[key](value.text)
  if (parsed.ok) return parsed.bytes
  // Behind the opening quote; an escape before the wrong character is counted as one.
  throw new EncodingFault(key === '$hex' ? 'badHex' : 'badBase64', value.position + 1 + parsed.position)
}

const scalarOf = (token: string, position: number): WrittenValue => {
  if (token.startsWith('"')) return { kind: 'text', text: stringOf(token, position), position }
  if (token === 'null') return { kind: 'constant', value: null, position }
  if (token === 'true' || token === 'false') return { kind: 'constant', value: token === 'true', position }
  return { kind: 'number', digits: token, position }
}

const surrogate = /[\ud800-\udfff]/
const loneSurrogate = /[\ud800-\udfff]/u

const stringOf = (token: string, position: number): string => {
  const text = token.includes('\\') ? String(JSON.parse(token)) : token.slice(1, -1)
  // UTF-8 has no bytes for it. Most texts have none at all, which takes a quarter of the time to see.
  if (surrogate.test(text) && loneSurrogate.test(text)) throw new EncodingFault('loneSurrogate', position)
  return text
}
