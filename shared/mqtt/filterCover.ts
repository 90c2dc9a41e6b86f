import { levelsOf, topicFilterProblem } from './topicFilter'

/** What is to be matched: one topic, or with `isBranch` everything below it as well. */
interface Wanted {
  readonly text: string
  readonly levels: readonly string[]
  readonly isBranch: boolean
}

const wantedOf = (text: string): Wanted => {
  const levels = levelsOf(text)
  const isBranch = levels.at(-1) === '#'
  return { text, levels: isBranch ? levels.slice(0, -1) : levels, isBranch }
}

const isShare = ({ levels }: Wanted) => levels[0] === '$share'
const isDollar = ({ levels: [first = ''] }: Wanted) => first.startsWith('$')

/**
 * The one filter that matches all of these and least besides: levels that all share stay, levels that differ become +,
 * and where the depths differ or a branch is wanted, a # stands behind the last level of the shortest.
 */
const leastFilter = (wanted: readonly Wanted[]): string[] => {
  const depth = wanted.reduce((least, { levels }) => Math.min(least, levels.length), Infinity)
  const levels = (wanted[0]?.levels ?? []).slice(0, depth).map((level, index) => {
    const isShared = wanted.every((other) => other.levels[index] === level)
    return isShared ? level : '+'
  })
  return wanted.every((one) => one.levels.length === depth && !one.isBranch) ? levels : [...levels, '#']
}

const isTooWide = (filter: readonly string[]): boolean =>
  filter.length > 1 && filter.every((level) => level === '+' || level === '#')

/** In the order in which the first of each group comes. */
const groupsBy = (wanted: readonly Wanted[], nameOf: (one: Wanted) => string | null): Wanted[][] => {
  const groups = new Map<string | null, Wanted[]>()
  for (const one of wanted) {
    const name = nameOf(one)
    const group = groups.get(name)
    if (group) group.push(one)
    else groups.set(name, [one])
  }
  return [...groups.values()]
}

const firstLevelOf = ({ levels }: Wanted) => levels[0] ?? ''

/** A # behind a topic may be more than a filter can hold; then each stands for itself. */
const filtersOf = (wanted: readonly Wanted[]): string[] => {
  const filter = leastFilter(wanted).join('/')
  return topicFilterProblem(filter) === null ? [filter] : wanted.map(({ text }) => text)
}

/**
 * Narrow filters that together match all that is wanted, without one that another contains. Wanted are topic names, and
 * as `branch/#` whole branches, which no other of the wanted may lie in; each of them at most 65,535 bytes.
 *
 * - One filter for all where that says enough: levels that all share stay, levels that differ become +, and where the
 *   depths differ or a branch is wanted, a # stands behind the last level of the shortest. No other filter that matches
 *   them all matches less. What is wanted alone is its own filter.
 * - One filter for each first level instead, where that one would be wildcards only (`+/+`, `+/#`); topics of a single
 *   level become `+` all the same.
 * - What lies below a first level with `$` never shares a filter with others, because no leading wildcard matches it.
 *
 * In the order of what is wanted. What lies below `$share` is left out: as a filter it would be a shared subscription
 * (MQTT 5 §4.8.2), so no plain filter matches it. The cost grows with the levels of all that is wanted, and not faster.
 */
export const narrowestCover = (wanted: readonly string[]): string[] => {
  const all = [...new Set(wanted)].map(wantedOf).filter((one) => !isShare(one))
  const plain = all.filter((one) => !isDollar(one))
  const standTogether = plain.length > 0 && !isTooWide(leastFilter(plain))
  return groupsBy(all, (one) => (standTogether && !isDollar(one) ? null : firstLevelOf(one))).flatMap(filtersOf)
}
