// Why it is so: build/docs/decisions/32-subscription-identifiers-say-what-counts.md
import type { Counter } from './subscriptionCounters'

/** The subscriptions that a message with identifiers belongs to. */
export interface Named {
  readonly counters: readonly Counter[]
  /** For a message: the match set without shared subscriptions that are not named. For a copy: only the named ones. */
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

export interface MatchSets {
  /** The number of the empty set. */
  readonly none: number
  /** By number. */
  readonly sets: readonly MatchSet[]
  /** The set of these counters, made on first use; `spareId` where there is no room for another. */
  idOf(counters: readonly Counter[], spareId?: number): number
  /** The number of the set of these ids, which may be those of subscriptions of before. */
  idOfIds(ids: readonly string[]): number
  /** The subset with these counters; the whole set where there is no room for another. */
  partOf(setId: number, isIn: (counter: Counter) => boolean): number
  /** Looks the counters of all sets up again: a subscription has another counter when its filter was edited. */
  renew(counters: ReadonlyMap<string, Counter>): void
}

/** Beyond so many sets, messages get the whole set of their topic. */
const mostSets = 4_096

/** Match sets, numbered in the order of first use; set 0 is the empty one. */
export const createMatchSets = (): MatchSets => {
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
    idOfIds: (ids) => {
      const key = JSON.stringify(ids)
      const known = idByKey.get(key)
      if (known !== undefined) return known
      idByKey.set(key, sets.length)
      return sets.push({ ids, counters: [], filters: [], named: new Map() }) - 1
    },
    partOf: (setId, isIn) => idOf((sets[setId]?.counters ?? []).filter(isIn), setId),
    renew: (counters) => {
      for (const set of sets) {
        set.counters = set.ids.flatMap((id) => counters.get(id) ?? [])
        set.filters = filtersOf(set.counters)
        set.named.clear()
      }
    },
  }
}

const filtersOf = (counters: readonly Counter[]) => [...new Set(counters.map(({ filter }) => filter))]
