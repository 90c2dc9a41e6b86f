import type { Qos } from '#shared/model/qos'
import { createFilterTrie, type FilterTrie } from '#shared/mqtt/filterTrie'
import { bytesOfFilter, type LedgerAccount } from '../localBrokerLedger'

/** A client's subscription as aedes holds it: `si` is its identifier, `nl` No Local, `rap` Retain As Published. */
export interface HeldSubscription {
  readonly qos: Qos
  readonly si?: number
  readonly nl?: boolean
  readonly rap?: boolean
}

/**
 * The subscriptions of one client, as the plain object that aedes wants, and asked which of them match a topic. What came
 * over the wire must not find the properties every plain object has.
 */
export interface SubscriptionTable {
  readonly table: Record<string, HeldSubscription>
  has(filter: string): boolean
  count(): number
  matching(topic: string): readonly HeldSubscription[]
}

export const createSubscriptionTable = (account: LedgerAccount): SubscriptionTable => {
  const entries = Object.create(null) as Record<string, HeldSubscription>
  let trie: FilterTrie<HeldSubscription> | null = null
  const table = new Proxy(entries, {
    set: (target, filter, subscription: HeldSubscription) => {
      if (typeof filter !== 'string') return false
      if (!(filter in target)) account.note(bytesOfFilter(filter))
      target[filter] = subscription
      trie = null
      return true
    },
    deleteProperty: (target, filter) => {
      if (typeof filter !== 'string') return false
      if (filter in target) account.give(bytesOfFilter(filter))
      // A table by name is what aedes wants.
      Reflect.deleteProperty(target, filter)
      trie = null
      return true
    },
  })
  return {
    table,
    has: (filter) => filter in entries,
    count: () => Object.keys(entries).length,
    matching: (topic) => {
      trie ??= createFilterTrie(Object.entries(entries))
      return trie.matching(topic.split('/'))
    },
  }
}
