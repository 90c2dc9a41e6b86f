// Why it is so: build/docs/decisions/32-subscription-identifiers-say-what-counts.md
import type { SubscriptionTotals } from '#shared/model/frame'
import type { Subscription } from '#shared/model/subscription'
import { createFilterTrie } from '#shared/mqtt/filterTrie'
import { isSharedFilter, levelsOf } from '#shared/mqtt/topicFilter'
import type { TopicEntry } from '../message/topicTable'
import type { WireMessage } from '../message/wireMessage'
import { createMatchSets, type Named } from './matchSets'
import { countIn, createCounters, type Counter } from './subscriptionCounters'

/** The filter that was sent with a Subscription Identifier. */
export type FilterOf = (identifier: number) => string | undefined

/** The server's view of the filters. */
export interface FilterServer {
  /** Filters it refused. */
  readonly refused: readonly string[]
  readonly filterOf: FilterOf
}

export interface SubscriptionMatching {
  /** Takes a new list; counts of subscriptions that stay are kept, also while they are disabled or refused. */
  setSubscriptions(list: readonly Subscription[], server?: FilterServer): void
  /** The filters that match a topic, without those that are off or refused. */
  filtersFor(topic: TopicEntry): readonly string[]
  /**
   * The match set of a message, counted; `identifiers` are the Subscription Identifiers it names, of those we gave out.
   */
  count(message: WireMessage, identifiers: readonly number[], isStored: boolean): number
  /** The match set of a further copy, counted: the subscriptions it names. */
  countCopy(message: WireMessage, identifiers: readonly number[], isStored: boolean): number
  /** The number of a set of subscriptions, by their ids; nothing is counted. */
  setOf(subscriptionIds: readonly string[]): number
  /** How many match sets there are. */
  readonly size: number
  /** The ids of the subscriptions in each. */
  setsBetween(first: number, end: number): (readonly string[])[]
  totals(): SubscriptionTotals[]
}

/** So many results of `namedBy` are kept; further ones are computed each time. */
const mostAnswers = 65_536

const noServer: FilterServer = { refused: [], filterOf: () => undefined }

/**
 * Which subscriptions a message belongs to, and how many messages each has had. Match sets are computed once per topic
 * and revision of the subscription list.
 *
 * A message belongs to every subscription whose filter matches its topic. Where it has Subscription Identifiers, a
 * shared subscription has to be among them, because the server may have given the message to another member of the
 * group. It is counted for the subscriptions it names, and a copy for those that it names; one without identifiers for
 * all it belongs to.
 */
export const createSubscriptionMatching = (): SubscriptionMatching => {
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

  /** The subscriptions with these identifiers; null = there are no identifiers. */
  const namedBy = (setId: number, identifiers: readonly number[]): Named | null => {
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
    setSubscriptions: (list, server = noServer) => {
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
    filtersFor: (topic) => sets[matchSetOf(topic)]?.filters ?? [],
    count: (message, identifiers, isStored) => {
      const setId = matchSetOf(message.topic)
      const named = namedBy(setId, identifiers)
      countIn(named?.counters ?? sets[setId]?.counters ?? [], message, isStored)
      return named?.messageSetId ?? setId
    },
    countCopy: (message, identifiers, isStored) => {
      const named = namedBy(matchSetOf(message.topic), identifiers)
      countIn(named?.counters ?? [], message, isStored)
      return named?.copySetId ?? matchSets.none
    },
    setOf: (ids) => matchSets.idOfIds(ids),
    get size() {
      return sets.length
    },
    setsBetween: (first, end) => sets.slice(first, end).map(({ ids }) => ids),
    totals: () =>
      [...counters.values()].map(({ id, messages, stored, lastAt }) => ({
        subscriptionId: id,
        messages,
        stored,
        lastAt,
      })),
  }
}
