import { levelsMatch, levelsOf, parseFilter } from '#shared/mqtt/topicFilter'
import type { ColourName, SubscriptionStatus } from '#shared/model/subscription'

export interface TopicChip {
  readonly id: string
  readonly colour: ColourName
  readonly name: string
}

/** Answers which subscriptions match a topic; filters are taken apart once. */
export type ChipsOf = (topic: string) => readonly TopicChip[]

const none: readonly TopicChip[] = []

export const createChipsOf = (statuses: readonly SubscriptionStatus[]): ChipsOf => {
  const wanted = statuses
    .map(({ subscription }) => subscription)
    .filter(({ enabled }) => enabled)
    .map(({ id, colour, alias, filter }) => ({
      chip: { id, colour, name: alias === '' ? filter : `${alias} (${filter})` },
      levels: parseFilter(filter).levels,
    }))
  return (topic) => {
    if (wanted.length === 0) return none
    const levels = levelsOf(topic)
    return wanted.filter((one) => levelsMatch(one.levels, levels)).map((one) => one.chip)
  }
}
