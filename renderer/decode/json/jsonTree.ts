import { readJson } from '#shared/mqtt/prettyJson'

/** A value of a JSON text, with every number as it is written there. */
export interface JsonTree {
  readonly kind: 'scalar' | 'object' | 'array'
  /** Values of one `readJsonTrees` are equal where these are: the order of the members of an object is no difference. */
  readonly id: number
  /** Of an object: its keys as they are written, one for each of the values. */
  readonly keys: readonly string[]
  readonly values: readonly JsonTree[]
  /** As it is written, but for white space. */
  text(): string
}

/** The values of two texts that can be compared with each other; null = one of them is no JSON. */
export const readJsonTrees = (one: string, other: string): readonly [JsonTree, JsonTree] | null => {
  const ids = new Map<string, number>()
  const first = readTree(one, ids)
  const second = first && readTree(other, ids)
  return first && second ? [first, second] : null
}

interface OpenValue {
  readonly kind: 'object' | 'array'
  readonly firstToken: number
  readonly keys: string[]
  readonly values: JsonTree[]
  awaitsKey: boolean
}

/** Without recursion: how deep a text goes is up to strangers. */
const readTree = (text: string, ids: Map<string, number>): JsonTree | null => {
  const tokens: string[] = []
  const open: OpenValue[] = []
  let root: JsonTree | null = null
  const idOf = (shape: string) => {
    const id = ids.get(shape) ?? ids.size
    ids.set(shape, id)
    return id
  }
  const put = (value: JsonTree) => {
    const around = open.at(-1)
    if (around) around.values.push(value)
    else root = value
  }
  const textOf = (from: number, to: number) => () => tokens.slice(from, to).join('')
  const close = ({ kind, firstToken, keys, values }: OpenValue) => {
    const shape = kind === 'array' ? `[${values.map(({ id }) => id).join()}` : `{${membersOf(keys, values).join()}`
    put({ kind, id: idOf(shape), keys, values, text: textOf(firstToken, tokens.length) })
  }
  const take = (token: string) => {
    tokens.push(token)
    const around = open.at(-1)
    if (token === '{' || token === '[') {
      const kind = token === '{' ? 'object' : 'array'
      open.push({ kind, firstToken: tokens.length - 1, keys: [], values: [], awaitsKey: kind === 'object' })
    } else if (token === '}' || token === ']') {
      const closed = open.pop()
      if (closed) close(closed)
    } else if (token === ',' || token === ':') {
      if (around) around.awaitsKey = token === ',' && around.kind === 'object'
    } else if (around?.awaitsKey) around.keys.push(token)
    else put({ kind: 'scalar', id: idOf(token), keys: [], values: [], text: textOf(tokens.length - 1, tokens.length) })
  }
  return readJson(text, take) === null ? root : null
}

/** Equal keys stay in their order: the sort is stable. */
const membersOf = (keys: readonly string[], values: readonly JsonTree[]): readonly string[] =>
  keys
    .map((key, index) => ({ key, id: values[index]?.id ?? -1 }))
    .toSorted((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0))
    .map(({ key, id }) => `${key}:${id}`)
