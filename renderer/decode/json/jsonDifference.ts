import { arrayDifference } from './arrayDifference'
import { readJsonTrees, type JsonTree } from './jsonTree'

/** One step of the way to a value that differs. */
export type DifferenceStep =
  | { readonly kind: 'key'; readonly key: string; /** How many equal keys stand before it. */ readonly earlier: number }
  /** Its place in the array before and after; null where the array has no such item. */
  | { readonly kind: 'item'; readonly before: number | null; readonly after: number | null }

/** The way from the whole to a value, from the inside to the outside. Null = the whole. */
export type DifferenceWay = { readonly step: DifferenceStep; readonly around: DifferenceWay } | null

/** What one value became. Texts are as they are written, but for white space. */
export type JsonDifference = { readonly way: DifferenceWay } & (
  | { readonly kind: 'changed'; readonly before: string; readonly after: string }
  | { readonly kind: 'added'; readonly after: string }
  | { readonly kind: 'removed'; readonly before: string }
  /** An item of an array that passed others. */
  | { readonly kind: 'moved'; readonly after: string }
)

interface Pair {
  readonly way: DifferenceWay
  readonly before: JsonTree
  readonly after: JsonTree
}

/**
 * What makes the second JSON text out of the first, value by value in the order of the text; null = one of them is no
 * JSON. The order of members is no difference, nor is white space; items of arrays are told apart by what they are.
 */
export const jsonDifference = (before: string, after: string): readonly JsonDifference[] | null => {
  const trees = readJsonTrees(before, after)
  if (!trees) return null
  const found: JsonDifference[] = []
  // What is left to look at, the next one last: a text may be deeper than calls can be.
  const left: (Pair | JsonDifference)[] = [{ way: null, before: trees[0], after: trees[1] }]
  for (let next = left.pop(); next; next = left.pop()) {
    if ('kind' in next) found.push(next)
    else left.push(...partsOf(next).toReversed())
  }
  return found
}

const partsOf = (pair: Pair): readonly (Pair | JsonDifference)[] => {
  const { before, after, way } = pair
  if (before.id === after.id) return []
  if (before.kind !== after.kind || before.kind === 'scalar')
    return [{ kind: 'changed', way, before: before.text(), after: after.text() }]
  return before.kind === 'object' ? membersOf(pair) : itemsOf(pair)
}

const membersOf = ({ way, before, after }: Pair): readonly (Pair | JsonDifference)[] => {
  const [olds, news] = [membersByKey(before), membersByKey(after)]
  const parts: (Pair | JsonDifference)[] = []
  for (const [name, { step, value }] of olds) {
    const now = news.get(name)
    const here = { step, around: way }
    parts.push(
      now ? { way: here, before: value, after: now.value } : { kind: 'removed', way: here, before: value.text() },
    )
  }
  for (const [name, { step, value }] of news)
    if (!olds.has(name)) parts.push({ kind: 'added', way: { step, around: way }, after: value.text() })
  return parts
}

interface Member {
  readonly step: DifferenceStep
  readonly value: JsonTree
}

const membersByKey = ({ keys, values }: JsonTree): ReadonlyMap<string, Member> => {
  const members = new Map<string, Member>()
  const counts = new Map<string, number>()
  for (const [index, key] of keys.entries()) {
    const value = values[index]
    const earlier = counts.get(key) ?? 0
    counts.set(key, earlier + 1)
    if (value) members.set(`${earlier} ${key}`, { step: { kind: 'key', key, earlier }, value })
  }
  return members
}

const itemsOf = ({ way, before, after }: Pair): readonly (Pair | JsonDifference)[] =>
  arrayDifference(
    before.values.map(({ id }) => id),
    after.values.map(({ id }) => id),
  ).flatMap((part): readonly (Pair | JsonDifference)[] => {
    const here: DifferenceWay = { step: { kind: 'item', before: part.before, after: part.after }, around: way }
    const old = part.before === null ? undefined : before.values[part.before]
    const now = part.after === null ? undefined : after.values[part.after]
    if (old && now)
      return part.moved ? [{ kind: 'moved', way: here, after: now.text() }] : [{ way: here, before: old, after: now }]
    if (old) return [{ kind: 'removed', way: here, before: old.text() }]
    return now ? [{ kind: 'added', way: here, after: now.text() }] : []
  })

/** The way as JSONPath has it (RFC 9535), with both places of an item that has another one now: `$.list[2→3].name`. */
export const differencePath = (way: DifferenceWay): string => {
  const steps: string[] = []
  for (let at = way; at; at = at.around) steps.push(stepText(at.step))
  return `$${steps.toReversed().join('')}`
}

const stepText = (step: DifferenceStep): string => {
  if (step.kind === 'key') return /^"[A-Za-z_]\w*"$/.test(step.key) ? `.${step.key.slice(1, -1)}` : `[${step.key}]`
  const { before, after } = step
  return before === null || after === null || before === after ? `[${after ?? before ?? 0}]` : `[${before}→${after}]`
}
