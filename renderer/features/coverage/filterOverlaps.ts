// Why it is so: build/docs/decisions/35-coverage-counts-sets-of-filters.md
import { defaultSubscriptionOptions, type SubscriptionStatus } from '#shared/model/subscription'
import { leastCover, relationOfShapes, shapeOf, type FilterShape } from '#shared/mqtt/filterAlgebra'
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
type Caveat = (typeof caveats)[number]

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

/** A filter parsed once, for all that it is compared with. */
interface ParsedFilter extends ComparedFilter {
  readonly shape: FilterShape
  readonly shareName: string | null
}

const parsed = (one: ComparedFilter): ParsedFilter => ({
  ...one,
  shape: shapeOf(one.filter),
  shareName: parseFilter(one.filter).shareName,
})

const applies: Readonly<Record<Caveat, (one: ParsedFilter, other: ParsedFilter) => boolean>> = {
  notGranted: (_, { granted }) => !granted,
  qos: (one, { qos }) => qos < one.qos,
  options: (one, { options }) => options !== one.options,
  muted: (one, { muted }) => muted && !one.muted,
  group: (one, { shareName, filter }) => shareName !== null && filter !== one.filter,
}

const caveatsOf = (one: ParsedFilter, cover: readonly ParsedFilter[]): Caveat[] =>
  caveats.filter((caveat) => cover.some((other) => applies[caveat](one, other)))

/** Sorts filters by how well one stands in for another; 0 = with no caveat. One that is not granted comes last. */
const weightOf = (one: ParsedFilter, other: ParsedFilter): number => {
  let weight = other.granted ? 0 : caveats.length
  for (const caveat of caveats) if (applies[caveat](one, other)) weight += 1
  return weight
}

const leastOf = (one: ParsedFilter, others: readonly ParsedFilter[]): readonly ParsedFilter[] | null =>
  leastCover(
    one.shape,
    others.map(({ shape }) => shape),
  )?.flatMap((place) => others[place] ?? []) ?? null

interface Neighbour {
  readonly other: ParsedFilter
  /** It matches all that the filter matches. */
  readonly contains: boolean
}

/** The others that make a filter superfluous: without a caveat if that is possible, then granted ones, then one alone. */
const coverOf = (one: ParsedFilter, neighbours: readonly Neighbour[]): readonly ParsedFilter[] | null => {
  const weighed = neighbours
    .map((neighbour) => ({ ...neighbour, weight: weightOf(one, neighbour.other) }))
    .sort((a, b) => b.weight - a.weight)
  const containing = weighed.filter(({ contains }) => contains)
  const lightest = containing.find(({ weight }) => weight === containing.at(-1)?.weight)
  if (lightest?.weight === 0) return [lightest.other]
  const free = weighed.filter(({ weight }) => weight === 0)
  const others = (some: readonly Neighbour[]) => some.map(({ other }) => other)
  const alone = lightest ? [lightest.other] : null
  const granted = weighed.filter(({ other }) => other.granted)
  return (
    leastOf(one, others(free)) ??
    (lightest?.other.granted ? alone : leastOf(one, others(granted))) ??
    alone ??
    leastOf(one, others(weighed))
  )
}

const pairsPerLook = 32

/** Takes valid filters, shared or not, each with an id of its own. */
export const createFilterOverlaps = (list: readonly ComparedFilter[]): FilterOverlaps => {
  const filters = list.map(parsed)
  const found: Record<FilterPair['relation'], FilterPair[]> = { equal: [], contains: [], overlaps: [] }
  const neighbours = new Map<string, Neighbour[]>(filters.map(({ id }) => [id, []]))
  const covers = new Map<string, readonly ParsedFilter[]>()
  const byId = new Map(filters.map((filter) => [filter.id, filter]))
  let disjoint = 0
  let row = 0
  let column = 1
  let judged = 0
  let sorted: readonly FilterPair[] = []

  const compare = (one: ParsedFilter, other: ParsedFilter) => {
    const relation = relationOfShapes(one.shape, other.shape)
    if (relation === 'disjoint') {
      disjoint += 1
      return
    }
    if (relation === 'contained') found.contains.push({ one: other.id, other: one.id, relation: 'contains' })
    else found[relation].push({ one: one.id, other: other.id, relation })
    // A message of a shared subscription goes to one member of its group: nothing else stands in for it (§4.8.2).
    if (one.shareName !== other.shareName) return
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
  const judge = (one: ParsedFilter) => {
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
