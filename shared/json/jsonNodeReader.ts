import type { NodeMember, PayloadNode } from '#shared/encoding/payloadNode'
import { decodeUtf8 } from '#shared/mqtt/utf8'
import { literalEnd, numberEnd, skipWhite, stringEnd } from './jsonTokens'

/** Reads JSON (RFC 8259) as nodes, piece by piece: megabytes take longer than a frame. */
export interface JsonNodeReader {
  /** Reads about so many values more; answers whether it is done. */
  advance(values: number): boolean
  /** Null = it is not done, or the bytes are no JSON, or more than is looked at. */
  root(): PayloadNode | null
}

/** What walks through nodes calls itself for each level. */
const deepest = 500
const mostValues = 1_000_000

interface Open {
  readonly isMap: boolean
  readonly offset: number
  readonly items: PayloadNode[]
  readonly members: NodeMember[]
  key: PayloadNode | null
  name: string
}

const bad = -1

/** Of the bytes up to `end`, which begin at `start` where something stands before the JSON. */
export const createJsonNodeReader = (bytes: Uint8Array, start = 0, end = bytes.length): JsonNodeReader => {
  const open: Open[] = []
  let root: PayloadNode | null = null
  let at = skipWhite(bytes, start, end)
  let values = 0

  const put = (node: PayloadNode) => {
    const parent = open.at(-1)
    if (!parent) root = node
    else if (parent.isMap) parent.members.push({ name: parent.name, key: parent.key, value: node })
    else parent.items.push(node)
  }
  const close = ({ isMap, offset, items, members }: Open, behind: number) => {
    const place = { offset, length: behind - offset }
    put(isMap ? { kind: 'map', type: 'object', members, ...place } : { kind: 'list', type: 'array', items, ...place })
  }
  /** Past a scalar, or the opening of a container. */
  const readValue = (): number => {
    values += 1
    const first = bytes[at]
    if (values > mostValues || at >= end) return bad
    if (first === 0x7b || first === 0x5b) {
      if (open.length >= deepest) return bad
      open.push({ isMap: first === 0x7b, offset: at, items: [], members: [], key: null, name: '' })
      return beginMember(at + 1, true)
    }
    const scalar = scalarNode(bytes, at, end)
    if (!scalar) return bad
    put(scalar)
    return afterValue(at + scalar.length)
  }
  /** To the value of a member, or past the end of an empty container. */
  const beginMember = (from: number, mayEnd: boolean): number => {
    const parent = open.at(-1)
    const next = skipWhite(bytes, from, end)
    if (!parent || next >= end) return bad
    if (mayEnd && bytes[next] === (parent.isMap ? 0x7d : 0x5d)) {
      open.pop()
      close(parent, next + 1)
      return afterValue(next + 1)
    }
    if (!parent.isMap) return next
    const key = bytes[next] === 0x22 ? scalarNode(bytes, next, end) : null
    const colon = key ? skipWhite(bytes, next + key.length, end) : end
    if (key?.kind !== 'text' || colon >= end || bytes[colon] !== 0x3a) return bad
    parent.key = key
    parent.name = key.text
    return skipWhite(bytes, colon + 1, end)
  }
  const afterValue = (from: number): number => {
    let next = skipWhite(bytes, from, end)
    for (let parent = open.at(-1); parent; parent = open.at(-1)) {
      if (next >= end) return bad
      if (bytes[next] === 0x2c) return beginMember(next + 1, false)
      if (bytes[next] !== (parent.isMap ? 0x7d : 0x5d)) return bad
      open.pop()
      close(parent, next + 1)
      next = skipWhite(bytes, next + 1, end)
    }
    return next
  }
  const isDone = () => at === bad || (values > 0 && open.length === 0)
  return {
    advance: (more) => {
      for (let count = 0; count < more && !isDone(); count++) at = readValue()
      return isDone()
    },
    root: () => (at === end && isDone() ? root : null),
  }
}

const scalarNode = (bytes: Uint8Array, offset: number, end: number): PayloadNode | null => {
  const first = bytes[offset]
  const isText = first === 0x22
  const isWord = first === 0x74 || first === 0x66 || first === 0x6e
  const behind = (isText ? stringEnd : isWord ? literalEnd : numberEnd)(bytes, offset, end)
  if (behind < 0) return null
  const place = { offset, length: behind - offset }
  const written = decodeUtf8(bytes.subarray(offset, behind))
  if (isText) {
    const text = written.includes('\\') ? String(JSON.parse(written)) : written.slice(1, -1)
    return { kind: 'text', text, type: 'string', ...place }
  }
  if (!isWord) return { kind: 'number', digits: written, type: 'number', ...place }
  const value = written === 'null' ? null : written === 'true'
  return { kind: 'constant', value, type: value === null ? 'null' : 'boolean', ...place }
}
