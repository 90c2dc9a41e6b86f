import type { SubscriptionTotals } from '#shared/model/frame'
import type { Subscription } from '#shared/model/subscription'
import { createFilterTrie } from '#shared/mqtt/filterTrie'
import { isSharedFilter, levelsOf } from '#shared/mqtt/topicFilter'
import type { InboxMessage } from '../inbox/frameWriter'
import { knownIdentifiers, type FilterOf } from '../delivery/knownIdentifiers'
import type { TopicEntry } from '../message/topicTable'

/** What the server makes of the filters. */
export interface FilterServer {
  /** Filters it does not take. */
  readonly refused: readonly string[]
  readonly filterOf: FilterOf
}

interface Counter {
  readonly id: string
  readonly filter: string
  messages: number
  stored: number
  lastAt: number
}

/** What a message makes of a match set that names subscriptions. */
interface Named {
  readonly counters: readonly Counter[]
  /** The match set without the shared subscriptions that are not named, and with the named ones alone. */
  readonly messageSetId: number
  readonly copySetId: number
}

interface MatchSet {
  readonly ids: readonly string[]
  counters: readonly Counter[]
  /** Each once. */
  filters: readonly string[]
  /** By the identifier a message names, or several with commas between. */
  readonly named: Map<number | string, Named>
}

/** Beyond so many sets, messages get the whole set of their topic, and beyond so many answers none is kept. */
const mostSets = 4_096
const mostAnswers = 65_536

/** So many counts of subscriptions that were removed are kept. */
const mostRemoved = 1_000

const noServer: FilterServer = { refused: [], filterOf: () => undefined }

const filtersOf = (counters: readonly Counter[]) => [...new Set(counters.map(({ filter }) => filter))]

const countIn = (counters: readonly Counter[], { time, clockShift }: InboxMessage, isStored: boolean) => {
  for (const counter of counters) {
    counter.messages += 1
    if (isStored) counter.stored += 1
    else counter.lastAt = time - clockShift
  }
}

/** Counters by subscription. One that was removed is remembered for a while: it may be brought back. */
const createCounters = () => {
  let current: ReadonlyMap<string, Counter> = new Map()
  const removed = new Map<string, Counter>()

  /** What came for another filter is not counted for this one, though an edited subscription keeps its id. */
  const counterFor = ({ id, filter }: Subscription): Counter => {
    const known = current.get(id) ?? removed.get(id)
    return known?.filter === filter ? known : { id, filter, messages: 0, stored: 0, lastAt: 0 }
  }
  return {
    /** Takes a new list. */
    of: (list: readonly Subscription[]): ReadonlyMap<string, Counter> => {
      const next = new Map(list.map((one) => [one.id, counterFor(one)]))
      for (const id of next.keys()) removed.delete(id)
      for (const [id, counter] of current) if (!next.has(id)) removed.set(id, counter)
      const tooMany = removed.size - mostRemoved
      if (tooMany > 0) for (const id of [...removed.keys()].slice(0, tooMany)) removed.delete(id)
      current = next
      return next
    },
  }
}

/** Match sets, numbered in the order of first use; set 0 is the empty one. */
const createMatchSets = () => {
  const sets: MatchSet[] = []
  const idByKey = new Map<string, number>()
  const add = (key: string, counters: readonly Counter[]): number => {
    const ids = counters.map(({ id }) => id)
    idByKey.set(key, sets.length)
    return sets.push({ ids, counters, filters: filtersOf(counters), named: new Map() }) - 1
  }
  const idOf = (counters: readonly Counter[], spareId?: number): number => {
    const key = JSON.stringify(counters.map(({ id }) => id))
    return idByKey.get(key) ?? (sets.length >= mostSets ? spareId : undefined) ?? add(key, counters)
  }
  const none = idOf([])
  return {
    none,
    sets,
    idOf,
    /** A part of a set, as long as there is room for parts. */
    partOf: (setId: number, isIn: (counter: Counter) => boolean): number =>
      idOf((sets[setId]?.counters ?? []).filter(isIn), setId),
    /** The counter of an id is another one when its filter is, so a set's counters are looked up anew. */
    renew: (counters: ReadonlyMap<string, Counter>): void => {
      for (const set of sets) {
        set.counters = set.ids.flatMap((id) => counters.get(id) ?? [])
        set.filters = filtersOf(set.counters)
        set.named.clear()
      }
    },
  }
}

/**
 * Which subscriptions a message belongs to, and how many each has had. Match sets are worked out once per topic and
 * revision of the subscription list.
 *
 * A message belongs to every subscription whose filter matches its topic, except to a shared one that the server does
 * not name: where messages name subscriptions, it is known which of them the group gave to us. It counts for the ones it
 * names, and its copies for those they name; where it names none, for all it belongs to.
 */
export const createSubscriptionTotals = () => {
  const matchSets = createMatchSets()
  const { sets } = matchSets
  const allCounters = createCounters()
  let counters = allCounters.of([])
  let trie = createFilterTrie<Counter>([])
  let filterOf = noServer.filterOf
  let revision = 0
  let answers = 0

  const matchSetOf = (topic: TopicEntry): number => {
    if (topic.matchRevision === revision) return topic.matchSetId
    topic.matchSetId = matchSets.idOf(trie.matching(levelsOf(topic.text)))
    topic.matchRevision = revision
    return topic.matchSetId
  }

  const findNamed = (setId: number, identifiers: readonly number[]): Named => {
    const filters = new Set(identifiers.map(filterOf))
    const isNamed = ({ filter }: Counter) => filters.has(filter)
    return {
      counters: [...counters.values()].filter(isNamed),
      messageSetId: matchSets.partOf(setId, (counter) => isNamed(counter) || !isSharedFilter(counter.filter)),
      copySetId: matchSets.partOf(setId, isNamed),
    }
  }

  /** What a message names; null = nothing we know of. */
  const namedBy = (setId: number, message: InboxMessage): Named | null => {
    const identifiers = knownIdentifiers(message, filterOf)
    const [first] = identifiers
    if (first === undefined) return null
    const key = identifiers.length === 1 ? first : identifiers.join()
    const kept = sets[setId]?.named.get(key)
    if (kept) return kept
    const found = findNamed(setId, identifiers)
    if (answers >= mostAnswers) return found
    answers += 1
    sets[setId]?.named.set(key, found)
    return found
  }

  return {
    /** Takes a new list; counts of subscriptions that stay are kept, also while they are disabled or refused. */
    setSubscriptions: (list: readonly Subscription[], server: FilterServer = noServer) => {
      revision += 1
      answers = 0
      counters = allCounters.of(list)
      filterOf = server.filterOf
      const active = list.flatMap(({ id, enabled, filter }) => {
        const counter = counters.get(id)
        return enabled && counter && !server.refused.includes(filter) ? [[filter, counter] as const] : []
      })
      trie = createFilterTrie(active)
      matchSets.renew(counters)
    },
    /** The filters that match a topic, without those that are off or refused. */
    filtersFor: (topic: TopicEntry): readonly string[] => sets[matchSetOf(topic)]?.filters ?? [],
    /** The match set of a message, counted. */
    count: (message: InboxMessage, isStored = false): number => {
      const setId = matchSetOf(message.topic)
      const named = namedBy(setId, message)
      countIn(named?.counters ?? sets[setId]?.counters ?? [], message, isStored)
      return named?.messageSetId ?? setId
    },
    /** The match set of a further copy, counted: the subscriptions it names. */
    countCopy: (message: InboxMessage): number => {
      const named = namedBy(matchSetOf(message.topic), message)
      countIn(named?.counters ?? [], message, false)
      return named?.copySetId ?? matchSets.none
    },
    get size() {
      return sets.length
    },
    setsBetween: (first: number, end: number) => sets.slice(first, end).map(({ ids }) => ids),
    totals: (): SubscriptionTotals[] =>
      [...counters.values()].map(({ id, messages, stored, lastAt }) => ({
        ...{ subscriptionId: id, messages, stored, lastAt },
      })),
  }
}
