import { createFilterTrie } from '#shared/mqtt/filterTrie'
import { levelsOf } from '#shared/mqtt/topicFilter'
import type { ColourName } from '#shared/model/colour'
import { isInForce, type SubscriptionStatus } from '#shared/model/subscription'

interface TopicChip {
  readonly id: string
  readonly colour: ColourName
  readonly name: string
}

/** Answers which subscriptions in force match a topic; filters are taken apart once. */
export type ChipsOf = (topic: string) => readonly TopicChip[]

const none: readonly TopicChip[] = []

export const createChipsOf = (statuses: readonly SubscriptionStatus[]): ChipsOf => {
  const entries = statuses.filter(isInForce).map(({ subscription: { id, colour, alias, filter } }) => {
    const chip: TopicChip = { id, colour, name: alias === '' ? filter : `${alias} (${filter})` }
    return [filter, chip] as const
  })
  if (entries.length === 0) return () => none
  const trie = createFilterTrie(entries)
  return (topic) => trie.matching(levelsOf(topic))
}
