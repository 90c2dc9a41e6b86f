import type { SubscriptionStatus } from '#shared/model/subscription'
import { createFilterTrie } from '#shared/mqtt/filterTrie'
import { levelsOf, parseFilter } from '#shared/mqtt/topicFilter'

/**
 * Since when the server would have sent whatever came on a topic, in milliseconds since 1970; null = it need not send
 * anything now.
 */
export type AskedSince = (topic: string) => number | null

const neverAsked: AskedSince = () => null

/** A shared subscription's messages may go to another of its group, and with No Local our own do not come back. */
const bringsEverything = ({ subscription }: SubscriptionStatus): boolean =>
  parseFilter(subscription.filter).shareName === null && subscription.options?.noLocal !== true

/** The longest standing of the subscriptions that are granted and bring all messages of a topic. */
export const createAskedSince = (statuses: readonly SubscriptionStatus[]): AskedSince => {
  const entries = statuses.flatMap((status) =>
    status.state.phase === 'granted' && bringsEverything(status)
      ? [[status.subscription.filter, status.state.since] as const]
      : [],
  )
  if (entries.length === 0) return neverAsked
  const trie = createFilterTrie(entries)
  return (topic) => {
    const times = trie.matching(levelsOf(topic))
    return times.length === 0 ? null : times.reduce((oldest, time) => Math.min(oldest, time))
  }
}
