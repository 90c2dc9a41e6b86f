// Why it is so: build/docs/decisions/35-coverage-counts-sets-of-filters.md
import { createFilterTrie } from '#shared/mqtt/filterTrie'
import { levelsOf } from '#shared/mqtt/topicFilter'

/** A subscription in force: its id and its filter. */
export interface CoveringFilter {
  readonly id: string
  readonly filter: string
}

/** By how many subscriptions a topic is matched. */
export const throughs = ['any', 'several', 'one', 'none'] as const
export type Through = (typeof throughs)[number]

export interface TopicQuery {
  readonly through: Through
  /** Ids of subscriptions that all have to match. */
  readonly of: readonly string[]
}

export const allTopics: TopicQuery = { through: 'any', of: [] }

export interface KnownTopics {
  readonly topics: number
  /** The one that was seen first; null = none. */
  readonly example: string | null
}

/** Which known topics the subscriptions in force match. Numbers are of the topics looked at so far. */
export interface TopicCoverage {
  /**
   * Looks at topics it has not seen until `exhausted` says stop; true = more are left. The list grows at its end;
   * another list starts over.
   */
  advance(topics: readonly { readonly topic: string }[], exhausted: () => boolean): boolean
  looked(): number
  count(through: Through): number
  /** Topics that the subscription matches, and those that no other does. */
  topicsOf(id: string): number
  onlyOf(id: string): number
  /** Topics that all of the first subscriptions match and none of the second. */
  between(inside: readonly string[], outside: readonly string[]): KnownTopics
  /** Ids of the subscriptions that match the topic at a place of the list, in the order of the subscriptions. */
  idsAt(place: number): readonly string[]
  /** Finds the topics that fit a query, of those looked at and of those to come. */
  ask(query: TopicQuery): void
  /** Places of the topics that fit what was asked last; before anything was, of all. Grows at its end until then. */
  places(): readonly number[]
}

/** Topics that the same subscriptions match. */
interface MatchSet {
  readonly ids: readonly string[]
  topics: number
  readonly firstPlace: number
}

const topicsPerLook = 64

const fits = ({ through, of }: TopicQuery, ids: readonly string[]): boolean => {
  if (through === 'several' && ids.length < 2) return false
  if (through === 'one' && ids.length !== 1) return false
  if (through === 'none' && ids.length > 0) return false
  return of.every((id) => ids.includes(id))
}

const holds = (ids: readonly string[], inside: readonly string[], outside: readonly string[]): boolean =>
  inside.every((id) => ids.includes(id)) && !outside.some((id) => ids.includes(id))

interface LookedAt {
  readonly sets: readonly MatchSet[]
  /** Number of the match set of each topic looked at. */
  readonly setAt: readonly number[]
}

/** Places of the topics that fit one query. The query is put to each match set once, not to each topic. */
interface FittingPlaces {
  /** Grows at its end. */
  readonly places: readonly number[]
  /** Takes in the topics that were looked at since the last call. */
  follow(): void
}

const createFittingPlaces = (query: TopicQuery, { sets, setAt }: LookedAt): FittingPlaces => {
  const places: number[] = []
  const fitting: boolean[] = []
  let looked = 0
  return {
    places,
    follow: () => {
      for (; looked < setAt.length; looked++) {
        const number = setAt[looked] ?? 0
        if ((fitting[number] ??= fits(query, sets[number]?.ids ?? []))) places.push(looked)
      }
    },
  }
}

/** Takes valid filters, each with an id of its own. */
export const createTopicCoverage = (filters: readonly CoveringFilter[]): TopicCoverage => {
  const trie = createFilterTrie(filters.map(({ id, filter }) => [filter, id] as const))
  let list: readonly { readonly topic: string }[] = []
  let sets: MatchSet[] = []
  let setByKey = new Map<string, number>()
  let setAt: number[] = []
  const topicsById = new Map<string, number>()
  const onlyById = new Map<string, number>()
  const counts: Record<Through, number> = { any: 0, several: 0, one: 0, none: 0 }
  let asked = allTopics
  let fitting = createFittingPlaces(asked, { sets, setAt })

  const start = (topics: readonly { readonly topic: string }[]) => {
    list = topics
    sets = []
    setByKey = new Map()
    setAt = []
    topicsById.clear()
    onlyById.clear()
    for (const through of throughs) counts[through] = 0
    fitting = createFittingPlaces(asked, { sets, setAt })
  }
  const setNumberOf = (ids: readonly string[], place: number): number => {
    const key = JSON.stringify(ids)
    const known = setByKey.get(key)
    if (known !== undefined) return known
    sets.push({ ids, topics: 0, firstPlace: place })
    setByKey.set(key, sets.length - 1)
    return sets.length - 1
  }
  const look = (place: number) => {
    const ids = trie.matching(levelsOf(list[place]?.topic ?? ''))
    const number = setNumberOf(ids, place)
    const set = sets[number]
    if (set) set.topics += 1
    setAt.push(number)
    counts.any += 1
    counts[ids.length === 0 ? 'none' : ids.length === 1 ? 'one' : 'several'] += 1
    for (const id of ids) topicsById.set(id, (topicsById.get(id) ?? 0) + 1)
    const [only] = ids
    if (only !== undefined && ids.length === 1) onlyById.set(only, (onlyById.get(only) ?? 0) + 1)
  }
  const idsOfSet = (number: number | undefined): readonly string[] => sets[number ?? -1]?.ids ?? []

  return {
    advance: (topics, exhausted) => {
      if (topics !== list) start(topics)
      while (setAt.length < topics.length) {
        const end = Math.min(setAt.length + topicsPerLook, topics.length)
        for (let place = setAt.length; place < end; place++) look(place)
        if (exhausted()) break
      }
      fitting.follow()
      return setAt.length < topics.length
    },
    looked: () => setAt.length,
    count: (through) => counts[through],
    topicsOf: (id) => topicsById.get(id) ?? 0,
    onlyOf: (id) => onlyById.get(id) ?? 0,
    between: (inside, outside) => {
      let topics = 0
      let first = Infinity
      for (const set of sets) {
        if (!holds(set.ids, inside, outside)) continue
        topics += set.topics
        first = Math.min(first, set.firstPlace)
      }
      return { topics, example: list[first]?.topic ?? null }
    },
    idsAt: (place) => idsOfSet(setAt[place]),
    ask: (query) => {
      asked = query
      fitting = createFittingPlaces(query, { sets, setAt })
      fitting.follow()
    },
    places: () => fitting.places,
  }
}
