import type { SubscriptionTotals } from '#shared/model/frame'
import type { Subscription } from '#shared/model/subscription'
import { createFilterTrie } from '#shared/mqtt/filterTrie'
import { readSubscriptionIdentifiers } from '#shared/mqtt/publishProperties'
import { parseFilter } from '#shared/mqtt/topicFilter'
import type { InboxMessage } from './frameWriter'
import type { TopicEntry } from './topicTable'

/** What the server makes of the filters. */
export interface FilterServer {
  /** Filters it does not take. */
  readonly refused: readonly string[]
  /** The filter that was sent with a subscription identifier. */
  readonly filterOf: (identifier: number) => string | undefined
}

interface Counter {
  readonly id: string
  filter: string
  /** Of a shared subscription, whose messages may go to another member of the group (MQTT 5 §4.8.2). */
  isShared: boolean
  messages: number
  lastAt: number
}

interface MatchSet {
  readonly ids: readonly string[]
  counters: readonly Counter[]
}

const noServer: FilterServer = { refused: [], filterOf: () => undefined }

const isSharedFilter = (filter: string) => parseFilter(filter).shareName !== null

const countIn = (counters: readonly Counter[], time: number) => {
  for (const counter of counters) {
    counter.messages += 1
    counter.lastAt = time
  }
}

/**
 * Which subscriptions a message belongs to, and how many each has had. Match sets are numbered in the order of first
 * use; set 0 is the empty one. They are worked out once per topic and revision of the subscription list.
 *
 * A message belongs to every subscription whose filter matches its topic, except to a shared one that the server does
 * not name: where messages name subscriptions, it is known which of them the group gave to us.
 */
export const createSubscriptionTotals = () => {
  const sets: MatchSet[] = [{ ids: [], counters: [] }]
  const setIdByKey = new Map([['[]', 0]])
  let counters = new Map<string, Counter>()
  let trie = createFilterTrie<Counter>([])
  let filterOf = noServer.filterOf
  let hasShared = false
  let revision = 0

  const setIdOf = (matching: readonly Counter[]) => {
    const ids = matching.map((counter) => counter.id)
    const key = JSON.stringify(ids)
    const known = setIdByKey.get(key)
    if (known !== undefined) return known
    sets.push({ ids, counters: matching })
    setIdByKey.set(key, sets.length - 1)
    return sets.length - 1
  }

  const matchSetOf = (topic: TopicEntry): number => {
    if (topic.matchRevision === revision) return topic.matchSetId
    topic.matchSetId = setIdOf(trie.matching(topic.levels))
    topic.matchRevision = revision
    return topic.matchSetId
  }

  const countersIn = (setId: number) => sets[setId]?.counters ?? []

  /** The filters the server names for a message; null = it names none. */
  const namedFilters = ({ source, start, payloadStart }: InboxMessage): ReadonlySet<string | undefined> | null => {
    const identifiers = readSubscriptionIdentifiers(source, { start, end: payloadStart })
    return identifiers.length === 0 ? null : new Set(identifiers.map((identifier) => filterOf(identifier)))
  }

  const withoutUnnamedShared = (setId: number, message: InboxMessage): number => {
    const matching = countersIn(setId)
    const named = matching.some(({ isShared }) => isShared) ? namedFilters(message) : null
    return named ? setIdOf(matching.filter(({ isShared, filter }) => !isShared || named.has(filter))) : setId
  }

  /** What came for another filter is not counted for this one, though an edited subscription keeps its id. */
  const counterFor = ({ id, filter }: Subscription): Counter => {
    const known = counters.get(id)
    if (known?.filter === filter) return known
    return { id, filter, isShared: isSharedFilter(filter), messages: 0, lastAt: 0 }
  }

  return {
    /** Takes a new list; counts of subscriptions that stay are kept, also while they are disabled or refused. */
    setSubscriptions: (list: readonly Subscription[], server: FilterServer = noServer) => {
      revision += 1
      counters = new Map(list.map((one) => [one.id, counterFor(one)]))
      filterOf = server.filterOf
      const active = list.flatMap(({ id, enabled, filter }) => {
        const counter = counters.get(id)
        return enabled && counter && !server.refused.includes(filter) ? [[filter, counter] as const] : []
      })
      hasShared = active.some(([, { isShared }]) => isShared)
      trie = createFilterTrie(active)
      // An id that was removed and came back counts from zero, so a set's counters are looked up anew.
      for (const set of sets) set.counters = set.ids.flatMap((id) => counters.get(id) ?? [])
    },
    /** The match set of a message, counted. */
    count: (message: InboxMessage): number => {
      const matching = matchSetOf(message.topic)
      const setId = hasShared ? withoutUnnamedShared(matching, message) : matching
      countIn(countersIn(setId), message.time)
      return setId
    },
    /**
     * The match set of a further copy: the subscriptions it names. Counted for the shared ones alone, since the others
     * match and were counted with the first.
     */
    countCopy: (message: InboxMessage): number => {
      const named = namedFilters(message)
      const setId = setIdOf(countersIn(matchSetOf(message.topic)).filter(({ filter }) => named?.has(filter)))
      countIn(
        countersIn(setId).filter(({ isShared }) => isShared),
        message.time,
      )
      return setId
    },
    get size() {
      return sets.length
    },
    setsBetween: (first: number, end: number) => sets.slice(first, end).map(({ ids }) => ids),
    totals: (): SubscriptionTotals[] =>
      [...counters.values()].map(({ id, messages, lastAt }) => ({ subscriptionId: id, messages, lastAt })),
  }
}
