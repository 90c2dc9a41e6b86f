import type { SubscriptionSort } from '#shared/model/settings'
import type { SubscriptionStatus } from '#shared/model/subscription'

interface ListOrder {
  readonly sort: SubscriptionSort
  /** Messages by id at the moment of sorting: rows must not change places while messages come. */
  readonly counted: ReadonlyMap<string, number>
  /** Words that a filter or its alias must hold, in any order. */
  readonly search: string
}

/** The rows of the list: those that are looked for, in their order. What was not counted yet stands last. */
export const orderedSubscriptions = (
  list: readonly SubscriptionStatus[],
  { sort, counted, search }: ListOrder,
): readonly SubscriptionStatus[] => {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const found = words.length === 0 ? list : list.filter((status) => holds(status, words))
  if (sort === 'filter')
    return found.toSorted((one, other) => byName(one.subscription.filter, other.subscription.filter))
  if (sort === 'entered') return found
  const countOf = ({ subscription: { id } }: SubscriptionStatus) => counted.get(id) ?? -1
  return found.toSorted((one, other) => countOf(other) - countOf(one))
}

/** As a person counts: `line2` before `line10`. */
const { compare: byName } = new Intl.Collator(undefined, { numeric: true })

const holds = ({ subscription: { filter, alias } }: SubscriptionStatus, words: readonly string[]): boolean => {
  const text = `${filter}\n${alias}`.toLowerCase()
  return words.every((word) => text.includes(word))
}
