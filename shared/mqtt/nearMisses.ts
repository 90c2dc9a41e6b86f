import { anotherLevel, createLikeness, likeness } from './levelLikeness'
import { levelsMatch, parseFilter, topicFilterProblem } from './topicFilter'

/** A filter that matches topics, and differs a little from one that matches none. */
export interface NearMiss {
  readonly filter: string
  /** How many of the topics it matches. */
  readonly topics: number
}

/** Holds a filter against topics, one after the other: what a person may have meant by it where it matches none of them. */
export interface NearMisses {
  /** Each topic once. Costs a microsecond or two. */
  look(topic: string): void
  /** The nearest first; none where the filter matches one of the topics itself. */
  found(): readonly NearMiss[]
}

/** At most so many differences: beyond that it is another filter, and no slip. */
const mostDifferences = 2
/** Filters that are counted; with very many topics of one kind the first ones say enough. */
const mostCandidates = 10_000

/** A filter with one level more or less, or with another end. */
interface Shape {
  /** Null = `+`, which matches any level. */
  readonly levels: readonly (LevelShape | null)[]
  readonly endsInHash: boolean
  readonly differences: 0 | 1
}
interface LevelShape {
  readonly text: string
  readonly isLike: (other: string) => number
}

/**
 * Differences that are looked for: other letter case, other spaces, singular or plural, a slash more or less at the beginning or
 * the end, one level more or less, and `#` missing. A share group stays as it is.
 */
export const createNearMisses = (filter: string): NearMisses => {
  const { levels } = parseFilter(filter)
  const share = filter.slice(0, filter.length - parseFilter(filter).filter.length)
  const shapes = topicFilterProblem(filter) ? [] : shapesOf(levels)
  const candidates = new Map<string, { topics: number; differences: number }>()
  let isMatched = false

  const note = (found: string, differences: number) => {
    const known = candidates.get(found)
    if (known) {
      known.topics += 1
      known.differences = Math.min(known.differences, differences)
    } else if (candidates.size < mostCandidates) candidates.set(found, { topics: 1, differences })
  }
  return {
    look: (topic) => {
      if (isMatched) return
      const topicLevels = topic.split('/')
      if (levelsMatch(levels, topicLevels)) {
        isMatched = true
        candidates.clear()
        return
      }
      const seen = new Map<string, number>()
      for (const shape of shapes) {
        const differences = differencesOf(shape, topicLevels)
        if (differences === null) continue
        const found = filterFrom(shape, topicLevels)
        seen.set(found, Math.min(differences, seen.get(found) ?? mostDifferences))
      }
      for (const [found, differences] of seen) note(found, differences)
    },
    found: () =>
      [...candidates]
        .filter(([found, { topics }]) => !found.endsWith('/#') || candidates.get(found.slice(0, -2))?.topics !== topics)
        .map(([found, counted]) => ({ filter: `${share}${found}`, ...counted }))
        .sort(byNearness)
        .map(({ filter: found, topics }) => ({ filter: found, topics })),
  }
}

/** How a topic differs from what a shape matches; null = by too much, or not at all. */
const differencesOf = ({ levels, endsInHash, differences }: Shape, topic: readonly string[]): number | null => {
  if (endsInHash ? topic.length < levels.length : topic.length !== levels.length) return null
  const [first] = levels
  // §4.7.2: a filter starting with a wildcard does not match topics beginning with $.
  if (topic[0]?.startsWith('$') && (first === null || first === undefined)) return null
  let kinds = 0
  for (const [place, level] of levels.entries()) {
    if (level === null) continue
    const kind = level.isLike(topic[place] ?? '')
    if (kind === anotherLevel) return null
    kinds |= kind
  }
  const all = differences + bitsOf(kinds)
  return all > 0 && all <= mostDifferences ? all : null
}

const bitsOf = (kinds: number): number => Object.values(likeness).filter((bit) => (kinds & bit) !== 0).length

/** The shape with the letters of the topic. */
const filterFrom = ({ levels, endsInHash }: Shape, topic: readonly string[]): string =>
  [...levels.map((level, place) => (level === null ? '+' : (topic[place] ?? ''))), ...(endsInHash ? ['#'] : [])].join(
    '/',
  )

const byNearness = (one: NearMiss & { differences: number }, other: NearMiss & { differences: number }): number =>
  one.differences - other.differences ||
  other.topics - one.topics ||
  // Of two that match the same, the one that promises less.
  Number(one.filter.endsWith('#')) - Number(other.filter.endsWith('#')) ||
  one.filter.length - other.filter.length ||
  (one.filter < other.filter ? -1 : 1)

const shapesOf = (filter: readonly string[]): readonly Shape[] => {
  const endsInHash = filter.at(-1) === '#'
  const named = endsInHash ? filter.slice(0, -1) : filter
  const levels = named.map((text) => (text === '+' ? null : { text, isLike: createLikeness(text) }))
  const empty: LevelShape = { text: '', isLike: createLikeness('') }
  const isNamed = levels.some(saysSomething)
  const places = [...levels.keys()]
  const changed = [
    // A level more, which may be any, or none between two slashes at an end.
    ...[...places, levels.length].map((place) => levels.toSpliced(place, 0, null)),
    [empty, ...levels],
    ...(endsInHash ? [] : [[...levels, empty]]),
    ...places.map((place) => levels.toSpliced(place, 1)),
  ]
  const shapes: Shape[] = [
    { levels, endsInHash, differences: 0 },
    ...changed.map((one): Shape => ({ levels: one, endsInHash, differences: 1 })),
    ...(endsInHash ? [] : [{ levels, endsInHash: true, differences: 1 } as const]),
  ]
  // What names nothing any more is no slip.
  return shapes.filter(
    (shape) => (shape.levels.length > 0 || shape.endsInHash) && (!isNamed || shape.levels.some(saysSomething)),
  )
}

const saysSomething = (level: LevelShape | null): boolean => level !== null && level.text !== ''
