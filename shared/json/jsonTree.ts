import { readJson, type JsonProblem } from '#shared/mqtt/prettyJson'

/** A member of an object; of those whose key stands twice, each is one. */
export interface JsonMember {
  readonly key: string
  /** From its opening quote to behind the closing one. */
  readonly keyPosition: number
  readonly keyEnd: number
  readonly value: JsonNode
}

/**
 * A value of a JSON text with its place there, in UTF-16 offsets: numbers keep their digits, members their order and their
 * duplicates.
 */
export type JsonNode = { readonly position: number; readonly end: number } & (
  | { readonly kind: 'constant'; readonly value: boolean | null }
  | { readonly kind: 'number'; readonly digits: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly JsonNode[] }
  | { readonly kind: 'map'; readonly members: readonly JsonMember[] }
)
export type JsonMap = Extract<JsonNode, { kind: 'map' }>

export type JsonTree =
  | { readonly ok: true; readonly root: JsonNode }
  | ({ readonly ok: false; readonly detail: JsonProblem['detail'] | 'tooDeep' } & Pick<JsonProblem, 'position'>)

/** Levels of lists and objects: what walks through them calls itself for each. */
const deepest = 500

interface Open {
  readonly isMap: boolean
  readonly position: number
  readonly items: JsonNode[]
  readonly members: JsonMember[]
  key: Pick<JsonMember, 'key' | 'keyPosition' | 'keyEnd'> | null
}

/** Reads a whole JSON text. */
export const readJsonTree = (text: string): JsonTree => {
  const open: Open[] = []
  const roots: JsonNode[] = []
  let tooDeepAt = -1
  const add = (value: JsonNode) => {
    const parent = open.at(-1)
    if (!parent) roots.push(value)
    else if (!parent.isMap) parent.items.push(value)
    else if (parent.key) parent.members.push({ ...parent.key, value })
    if (parent) parent.key = null
  }
  const problem = readJson(text, (token, _depth, position) => {
    const first = token.charAt(0)
    const parent = open.at(-1)
    if (first === '{' || first === '[') {
      if (open.length >= deepest && tooDeepAt < 0) tooDeepAt = position
      open.push({ isMap: first === '{', position, items: [], members: [], key: null })
    } else if (first === '}' || first === ']') {
      const closed = open.pop()
      if (closed) add(closedNode(closed, position + 1))
    } else if (first === '"' && parent?.isMap && parent.key === null)
      parent.key = { key: textOf(token), keyPosition: position, keyEnd: position + token.length }
    else if (first !== ',' && first !== ':') add(scalarNode(token, position))
  })
  if (problem) return { ok: false, ...problem }
  if (tooDeepAt >= 0) return { ok: false, position: tooDeepAt, detail: 'tooDeep' }
  const [root] = roots
  return root ? { ok: true, root } : { ok: false, position: text.length, detail: 'unexpectedEnd' }
}

/** The value of a key: of two members with it the last one, as most readers take it. */
export const memberOf = (node: JsonNode, key: string): JsonNode | undefined => {
  if (node.kind !== 'map') return undefined
  if (node.members.length <= mostSearched) return node.members.findLast((member) => member.key === key)?.value
  let index = indexes.get(node)
  if (!index) indexes.set(node, (index = new Map(node.members.map((member) => [member.key, member.value]))))
  return index.get(key)
}

/** Members of larger objects are found by an index. */
const mostSearched = 16
const indexes = new WeakMap<JsonMap, ReadonlyMap<string, JsonNode>>()

const closedNode = ({ isMap, position, items, members }: Open, end: number): JsonNode =>
  isMap ? { kind: 'map', members, position, end } : { kind: 'list', items, position, end }

const scalarNode = (token: string, position: number): JsonNode => {
  const end = position + token.length
  if (token.startsWith('"')) return { kind: 'text', text: textOf(token), position, end }
  if (token === 'null') return { kind: 'constant', value: null, position, end }
  if (token === 'true' || token === 'false') return { kind: 'constant', value: token === 'true', position, end }
  return { kind: 'number', digits: token, position, end }
}

const textOf = (token: string): string => (token.includes('\\') ? String(JSON.parse(token)) : token.slice(1, -1))
