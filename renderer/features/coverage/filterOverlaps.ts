import { defaultSubscriptionOptions, type SubscriptionStatus } from '#shared/model/subscription'
import { isCoveredBy, relationOf } from '#shared/mqtt/filterAlgebra'
import { parseFilter } from '#shared/mqtt/topicFilter'

/** A subscription in force, as far as it decides what another may be removed for. */
export interface ComparedFilter {
  readonly id: string
  readonly filter: string
  /** As `ownQosOf` says. */
  readonly qos: number
  /** The options of MQTT 5 as one text; equal texts = equal options. */
  readonly options: string
  readonly muted: boolean
  /** The server takes it on this connection. */
  readonly granted: boolean
}

/** Two filters with topics in common; where one contains the other, it stands first. */
export interface FilterPair {
  readonly one: string
  readonly other: string
  readonly relation: 'equal' | 'contains' | 'overlaps'
}

/**
 * What to think of before a filter is removed: `notGranted` = the server has not (yet) said that it takes what would be
 * left, so topics may be lost. With the others every topic still comes: `qos` = it asks for a higher one, `options` =
 * others, `muted` = only muted filters would be left, `group` = of a shared subscription, each hands its messages to one
 * member.
 */
export const caveats = ['notGranted', 'qos', 'options', 'muted', 'group'] as const
export type Caveat = (typeof caveats)[number]

/** Every topic there can be that the filter matches, others match as well. */
export interface Redundancy {
  /** Ids of the others: one where one is enough, else several that are all needed together. */
  readonly by: readonly string[]
  readonly caveats: readonly Caveat[]
  /** One of the others is covered by this one in turn: only one of them may go. */
  readonly mutual: boolean
}

/** How filters lie to each other, by algebra. Answers are of the filters compared so far. */
export interface FilterOverlaps {
  /** Compares until `exhausted` says stop; true = more is left. */
  advance(exhausted: () => boolean): boolean
  /** Pairs with topics in common: equal ones first, then those of which one contains the other. */
  pairs(): readonly FilterPair[]
  /** Pairs without. */
  disjoint(): number
  redundancyOf(id: string): Redundancy | null
}

/**
 * The QoS a subscription would have by itself, as far as the server has said. Equal filters share what is granted for the
 * one with the highest QoS: without that one, only what this one asks for would be left.
 */
export const ownQosOf = ({ subscription, state }: SubscriptionStatus): number =>
  state.phase === 'granted' ? Math.min(state.qos, subscription.qos) : subscription.qos

export const comparedFilterOf = (status: SubscriptionStatus, isVersion5: boolean): ComparedFilter => {
  const { subscription, state } = status
  const { id, filter, muted } = subscription
  const options = (isVersion5 ? subscription.options : undefined) ?? defaultSubscriptionOptions
  return {
    id,
    filter,
    qos: ownQosOf(status),
    options: JSON.stringify([options.noLocal, options.retainAsPublished, options.retainHandling]),
    muted,
    granted: state.phase === 'granted',
  }
}

const shareNameOf = ({ filter }: ComparedFilter) => parseFilter(filter).shareName

const caveatsOf = (one: ComparedFilter, cover: readonly ComparedFilter[]): Caveat[] => {
  const applies: Readonly<Record<Caveat, (other: ComparedFilter) => boolean>> = {
    notGranted: ({ granted }) => !granted,
    qos: ({ qos }) => qos < one.qos,
    options: ({ options }) => options !== one.options,
    muted: ({ muted }) => muted && !one.muted,
    group: (other) => shareNameOf(other) !== null && other.filter !== one.filter,
  }
  return caveats.filter((caveat) => cover.some(applies[caveat]))
}

/** How little a filter is fit to stand in for another; 0 = without a caveat. One that is not granted comes last. */
const weightOf = (one: ComparedFilter, other: ComparedFilter): number =>
  caveatsOf(one, [other]).length + (other.granted ? 0 : caveats.length)

const filtersOf = (list: readonly ComparedFilter[]) => list.map(({ filter }) => filter)

/** A cover of which nothing can be left out, made by leaving out what stands first if that is possible. */
const leastCover = (filter: string, cover: readonly ComparedFilter[]): readonly ComparedFilter[] => {
  let least = cover
  for (const one of cover) {
    const without = least.filter((other) => other !== one)
    if (isCoveredBy(filter, filtersOf(without))) least = without
  }
  return least
}

interface Neighbour {
  readonly other: ComparedFilter
  /** It matches all that the filter matches. */
  readonly contains: boolean
}

/** The others that make a filter superfluous: such without a caveat if that is possible, then one alone if it is. */
const coverOf = (one: ComparedFilter, neighbours: readonly Neighbour[]): readonly ComparedFilter[] | null => {
  const weight = (other: ComparedFilter) => weightOf(one, other)
  const lightest = neighbours.filter(({ contains }) => contains).sort((a, b) => weight(a.other) - weight(b.other))[0]
  if (lightest && weight(lightest.other) === 0) return [lightest.other]
  const all = neighbours.map(({ other }) => other).sort((a, b) => weight(b) - weight(a))
  const free = all.filter((other) => weight(other) === 0)
  if (isCoveredBy(one.filter, filtersOf(free))) return leastCover(one.filter, free)
  if (lightest) return [lightest.other]
  return isCoveredBy(one.filter, filtersOf(all)) ? leastCover(one.filter, all) : null
}

const pairsPerLook = 32

/** Takes valid filters, shared or not, each with an id of its own. */
export const createFilterOverlaps = (filters: readonly ComparedFilter[]): FilterOverlaps => {
  const found: Record<FilterPair['relation'], FilterPair[]> = { equal: [], contains: [], overlaps: [] }
  const neighbours = new Map<string, Neighbour[]>(filters.map(({ id }) => [id, []]))
  const covers = new Map<string, readonly ComparedFilter[]>()
  const byId = new Map(filters.map((filter) => [filter.id, filter]))
  let disjoint = 0
  let row = 0
  let column = 1
  let judged = 0
  let sorted: readonly FilterPair[] = []

  const compare = (one: ComparedFilter, other: ComparedFilter) => {
    const relation = relationOf(one.filter, other.filter)
    if (relation === 'disjoint') {
      disjoint += 1
      return
    }
    if (relation === 'contained') found.contains.push({ one: other.id, other: one.id, relation: 'contains' })
    else found[relation].push({ one: one.id, other: other.id, relation })
    // A message of a shared subscription goes to one member of its group: nothing else stands in for it (§4.8.2).
    if (shareNameOf(one) !== shareNameOf(other)) return
    neighbours.get(one.id)?.push({ other, contains: relation === 'equal' || relation === 'contained' })
    neighbours.get(other.id)?.push({ other: one, contains: relation === 'equal' || relation === 'contains' })
  }
  const compareSome = () => {
    for (let done = 0; done < pairsPerLook && row < filters.length - 1; done++) {
      const [one, other] = [filters[row], filters[column]]
      if (one && other) compare(one, other)
      column += 1
      if (column < filters.length) continue
      row += 1
      column = row + 1
    }
  }
  const judge = (one: ComparedFilter) => {
    const cover = coverOf(one, neighbours.get(one.id) ?? [])
    if (cover) covers.set(one.id, cover)
  }
  const isPending = () => row < filters.length - 1 || judged < filters.length

  return {
    advance: (exhausted) => {
      while (isPending()) {
        const next = filters[judged]
        if (row < filters.length - 1) compareSome()
        else if (next) {
          judge(next)
          judged += 1
        }
        if (exhausted()) break
      }
      return isPending()
    },
    pairs: () => {
      const { equal, contains, overlaps } = found
      if (sorted.length < equal.length + contains.length + overlaps.length)
        sorted = [...equal, ...contains, ...overlaps]
      return sorted
    },
    disjoint: () => disjoint,
    redundancyOf: (id) => {
      const cover = covers.get(id)
      const one = byId.get(id)
      if (!cover || !one) return null
      return {
        by: cover.map((other) => other.id),
        caveats: caveatsOf(one, cover),
        mutual: cover.some((other) => covers.get(other.id)?.includes(one) === true),
      }
    },
  }
}
