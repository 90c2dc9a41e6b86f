import { parseFilter } from '#shared/mqtt/topicFilter'

/** Why no topic can match two filters. Levels count from 1. */
export type DisjointReason =
  | { readonly kind: 'level'; readonly level: number; readonly one: string; readonly other: string }
  /** How many levels their topics have: exactly, or that many and more. */
  | { readonly kind: 'depth'; readonly one: Depth; readonly other: Depth }
  /** A wildcard at the start does not match topics beginning with $ (MQTT 5 §4.7.2). */
  | { readonly kind: 'dollar' }
  /** Only the empty text would match both, and that is no topic (§4.7.3). */
  | { readonly kind: 'empty' }

export interface Depth {
  readonly levels: number
  readonly orMore: boolean
}

/** Takes two valid filters without a topic in common. */
export const disjointReason = (a: string, b: string): DisjointReason => {
  const one = parseFilter(a).levels
  const other = parseFilter(b).levels
  const isDollar = (level: string | undefined) => level?.startsWith('$') === true
  const starts = [one[0], other[0]]
  if (starts.some(isDollar) && starts.some(isWildcard)) return { kind: 'dollar' }
  for (const [index, level] of one.entries()) {
    const beside = other[index]
    if (level === '#' || beside === '#' || beside === undefined) break
    if (level !== beside && level !== '+' && beside !== '+')
      return { kind: 'level', level: index + 1, one: level, other: beside }
  }
  const depths = [depthOf(one), depthOf(other)] as const
  const [left, right] = depths
  const meets = (exact: Depth, open: Depth) => open.orMore && exact.levels >= open.levels
  const isSame = left.levels === right.levels || meets(left, right) || meets(right, left)
  return isSame ? { kind: 'empty' } : { kind: 'depth', one: left, other: right }
}

const isWildcard = (level: string | undefined) => level === '+' || level === '#'

const depthOf = (levels: readonly string[]): Depth => {
  const orMore = levels.at(-1) === '#'
  return { levels: orMore ? Math.max(1, levels.length - 1) : levels.length, orMore }
}
