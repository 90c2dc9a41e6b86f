import { levelsOf, topicFilterProblem } from './topicFilter'

const branchEnd = '/#'
const stemOf = (wanted: string) => (wanted.endsWith(branchEnd) ? wanted.slice(0, -branchEnd.length) : wanted)

const endOfLevel = (text: string, start: number) => {
  const slash = text.indexOf('/', start)
  return slash < 0 ? text.length : slash
}

const firstLevelOf = (text: string) => text.slice(0, endOfLevel(text, 0))

/**
 * The least filter of all that was added, held as the first of them and what the others have made of its levels: a
 * hostile topic has tens of thousands.
 */
const createLeastFilter = (first: string) => {
  const stem = stemOf(first)
  /** By level of the first: another one does not share it. */
  const differs: boolean[] = []
  /** Levels of the shortest. */
  let depth = Infinity
  let isOpen = stem !== first

  const levels = (): string[] => {
    const all = levelsOf(stem)
    const shared = all.slice(0, depth).map((level, at) => (differs[at] ? '+' : level))
    return isOpen || shared.length < all.length ? [...shared, '#'] : shared
  }
  return {
    add: (wanted: string) => {
      const other = stemOf(wanted)
      if (other !== wanted) isOpen = true
      let level = 0
      let start = 0
      let otherStart = 0
      for (; level < depth && start <= stem.length && otherStart <= other.length; level++) {
        const end = endOfLevel(stem, start)
        const otherEnd = endOfLevel(other, otherStart)
        differs[level] ||= stem.slice(start, end) !== other.slice(otherStart, otherEnd)
        start = end + 1
        otherStart = otherEnd + 1
      }
      if (otherStart <= other.length) isOpen = true
      depth = Math.min(depth, level)
    },
    levels,
    text: () => (depth === Infinity ? first : levels().join('/')),
  }
}

const isTooWide = (filter: readonly string[]): boolean =>
  filter.length > 1 && filter.every((level) => level === '+' || level === '#')

/** What is wanted of one first level. */
interface Group {
  add(text: string): void
  levels(): readonly string[]
  /** A # behind a topic may be more than a filter can hold; then each stands for itself. */
  filters(): readonly string[]
}

const createGroup = (first: string): Group => {
  const least = createLeastFilter(first)
  const wanted = [first]
  return {
    add: (text) => {
      wanted.push(text)
      least.add(text)
    },
    levels: least.levels,
    filters: () => {
      const filter = least.text()
      return topicFilterProblem(filter) === null ? [filter] : wanted
    },
  }
}

/** Narrow filters for what is added one by one, so that many can be taken a slice at a time. */
export interface FilterCover {
  /**
   * A topic name, or as `branch/#` a whole branch, which nothing else that is added may lie in; none twice, each of at
   * most 65,535 bytes. Costs as much as its levels, whatever was added before.
   */
  add(wanted: string): void
  /** The filters, a few at a time. Nothing may be added meanwhile. */
  filters(): Iterable<readonly string[]>
}

/**
 * Filters that together match all that is wanted, without one that another contains.
 *
 * - One filter for all where that says enough: levels that all share stay, levels that differ become +, and where the
 *   depths differ or a branch is wanted, a # stands behind the last level of the shortest. No other filter that matches
 *   them all matches less. What is wanted alone is its own filter.
 * - One filter for each first level instead, where that one would be wildcards only (`+/+`, `+/#`); topics of a single
 *   level become `+` all the same.
 * - What lies below a first level with `$` never shares a filter with others, because no leading wildcard matches it.
 *
 * In the order of what is wanted. What lies below `$share` is left out: as a filter it would be a shared subscription
 * (MQTT 5 §4.8.2), so no plain filter matches it.
 */
export const createFilterCover = (): FilterCover => {
  const byFirstLevel = new Map<string, Group>()
  let plain: Group | null = null

  const addToPlain = (wanted: string) => {
    if (plain) plain.add(wanted)
    else plain = createGroup(wanted)
  }
  return {
    add: (wanted) => {
      const firstLevel = firstLevelOf(wanted)
      if (firstLevel === '$share') return
      const group = byFirstLevel.get(firstLevel)
      if (group) group.add(wanted)
      else byFirstLevel.set(firstLevel, createGroup(wanted))
      if (!firstLevel.startsWith('$')) addToPlain(wanted)
    },
    *filters() {
      let together = plain && !isTooWide(plain.levels()) ? plain : null
      const standTogether = together !== null
      for (const [firstLevel, group] of byFirstLevel) {
        if (!standTogether || firstLevel.startsWith('$')) yield group.filters()
        else if (together) {
          yield together.filters()
          together = null
        }
      }
    },
  }
}

/** The filters of `createFilterCover` for all of these at once. */
export const narrowestCover = (wanted: readonly string[]): string[] => {
  const cover = createFilterCover()
  for (const one of new Set(wanted)) cover.add(one)
  return [...cover.filters()].flat()
}
