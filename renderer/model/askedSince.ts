import { sentSubscriptions, type Subscription, type SubscriptionStatus } from '#shared/model/subscription'
import { createFilterTrie } from '#shared/mqtt/filterTrie'
import { levelsOf, parseFilter } from '#shared/mqtt/topicFilter'

/**
 * Since when the server would have sent whatever came on a topic, on the steady clock; null = it need not send
 * anything now.
 */
export type AskedSince = (topic: string) => number | null

/** As `asked`, but not from before `skippedAt`, when messages of any topic were missed. */
export const heardSince =
  (asked: AskedSince, skippedAt: number): AskedSince =>
  (topic) => {
    const since = asked(topic)
    return since === null ? null : Math.max(since, skippedAt)
  }

/**
 * The oldest of the subscriptions that are granted and bring all messages of a topic. Of equal filters the one
 * that was sent decides what they bring.
 */
export const createAskedSince = (statuses: readonly SubscriptionStatus[]): AskedSince => {
  const sent = sentSubscriptions(statuses.map(({ subscription }) => subscription))
  const entries = statuses.flatMap(({ subscription, state }) =>
    state.phase === 'granted' && sent.get(subscription.filter) === subscription && bringsEverything(subscription)
      ? [[subscription.filter, state.since] as const]
      : [],
  )
  if (entries.length === 0) return neverAsked
  const trie = createFilterTrie(entries)
  return (topic) => {
    const times = trie.matching(levelsOf(topic))
    return times.length === 0 ? null : times.reduce((oldest, time) => Math.min(oldest, time))
  }
}

const neverAsked: AskedSince = () => null

/** A shared subscription's messages may go to another of its group, and with No Local our own do not come back. */
const bringsEverything = ({ filter, options }: Subscription): boolean =>
  parseFilter(filter).shareName === null && options?.noLocal !== true
