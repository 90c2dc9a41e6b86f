import { levelsOf, topicFilterProblem } from './topicFilter'

type Levels = readonly string[]

const isShareLevel = (levels: Levels) => levels[0] === '$share'
const isDollarLevel = ([first = '']: Levels) => first.startsWith('$')

/**
 * The one filter that matches all of these topics and least besides: levels that all share stay, levels that differ
 * become +, and where the depths differ a # stands behind the last level of the shortest topic.
 */
const leastFilter = (topics: readonly Levels[]): string[] => {
  const depths = topics.map((levels) => levels.length)
  const depth = depths.reduce((least, one) => Math.min(least, one), Infinity)
  const levels = (topics[0] ?? []).slice(0, depth).map((level, index) => {
    const isShared = topics.every((topic) => topic[index] === level)
    return isShared ? level : '+'
  })
  return depths.every((one) => one === depth) ? levels : [...levels, '#']
}

const isTooWide = (filter: Levels): boolean =>
  filter.length > 1 && filter.every((level) => level === '+' || level === '#')

const groupsByFirstLevel = (topics: readonly Levels[]): Levels[][] => {
  const groups = new Map<string, Levels[]>()
  for (const topic of topics) {
    const first = topic[0] ?? ''
    const group = groups.get(first)
    if (group) group.push(topic)
    else groups.set(first, [topic])
  }
  return [...groups.values()]
}

/** A # behind a topic may be more than a filter can hold; then each topic stands for itself. */
const filtersOf = (topics: readonly Levels[]): string[] => {
  const filter = leastFilter(topics).join('/')
  return topicFilterProblem(filter) === null ? [filter] : topics.map((levels) => levels.join('/'))
}

/**
 * Narrow filters that together match all of these topic names, without one that another contains:
 *
 * - One filter for all where that says enough: levels that all share stay, levels that differ become +, and where the
 *   depths differ a # stands behind the last level of the shortest topic. No other filter that matches them all
 *   matches less. A single topic is its own filter.
 * - One filter for each first level instead, where that one would be wildcards only (`+/+`, `+/#`); topics of a single
 *   level become `+` all the same.
 * - Topics below a first level with `$` never share a filter with others, because no leading wildcard matches them.
 *
 * In the order of the topics. Topics below `$share` are left out: as a filter they would be shared subscriptions
 * (MQTT 5 §4.8.2), so no plain filter matches them.
 */
export const narrowestCover = (topics: readonly string[]): string[] => {
  const all: readonly Levels[] = [...new Set(topics)].map(levelsOf).filter((levels) => !isShareLevel(levels))
  const plain = all.filter((levels) => !isDollarLevel(levels))
  if (plain.length === 0 || isTooWide(leastFilter(plain))) return groupsByFirstLevel(all).flatMap(filtersOf)
  // The plain ones stand together where the first of them stood.
  const place = all.findIndex((levels) => !isDollarLevel(levels))
  const groups = groupsByFirstLevel(all.filter(isDollarLevel))
  const before = groups.filter(([topic]) => topic && all.indexOf(topic) < place)
  return [...before, plain, ...groups.slice(before.length)].flatMap(filtersOf)
}
