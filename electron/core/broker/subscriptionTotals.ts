import type { SubscriptionTotals } from '#shared/model/frame'
import type { Subscription } from '#shared/model/subscription'
import { createFilterTrie } from '#shared/mqtt/filterTrie'
import type { TopicEntry } from './topicTable'

interface Counter {
  readonly id: string
  messages: number
  lastAt: number
}

/**
 * Which subscriptions a message belongs to, and how many each has had. Match sets are numbered in the order of first
 * use; set 0 is the empty one. They are worked out once per topic and revision of the subscription list.
 */
export const createSubscriptionTotals = () => {
  const sets: { readonly ids: readonly string[]; counters: readonly Counter[] }[] = [{ ids: [], counters: [] }]
  const setIdByKey = new Map([['[]', 0]])
  let counters = new Map<string, Counter>()
  let trie = createFilterTrie<Counter>([])
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

  return {
    /**
     * Takes a new list; counts of subscriptions that stay are kept, also while they are disabled or the server refuses
     * their filters.
     */
    setSubscriptions: (list: readonly Subscription[], refused: readonly string[] = []) => {
      revision += 1
      counters = new Map(list.map(({ id }) => [id, counters.get(id) ?? { id, messages: 0, lastAt: 0 }]))
      const active = list.flatMap(({ id, enabled, filter }) => {
        const counter = counters.get(id)
        return enabled && counter && !refused.includes(filter) ? [[filter, counter] as const] : []
      })
      trie = createFilterTrie(active)
      // An id that was removed and came back counts from zero, so a set's counters are looked up anew.
      for (const set of sets) set.counters = set.ids.flatMap((id) => counters.get(id) ?? [])
    },
    /** The match set of a message that arrived at `time`, counted. */
    count: (topic: TopicEntry, time: number): number => {
      const setId = matchSetOf(topic)
      for (const counter of sets[setId]?.counters ?? []) {
        counter.messages += 1
        counter.lastAt = time
      }
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
