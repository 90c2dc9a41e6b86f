/** What became of an item of an array. Items that stay in their order and are equal are not told. */
export interface ItemDifference {
  /** Null = it is new. */
  readonly before: number | null
  /** Null = it is gone. */
  readonly after: number | null
  /** It is the same, and passed others; otherwise one item took the place of another. */
  readonly moved: boolean
}

type Match = readonly [before: number, after: number]

/**
 * What makes one array out of another, by the ids of their items. Most equal items stay in their order; what is left
 * between them takes each other's place.
 */
export const arrayDifference = (before: readonly number[], after: readonly number[]): readonly ItemDifference[] => {
  const matches = matchEqual(before, after)
  const kept = longestRising(matches)
  const [olds, news] = [new Set(matches.map(([old]) => old)), new Set(matches.map(([, now]) => now))]
  const parts: ItemDifference[] = matches
    .filter((match) => !kept.has(match))
    .map(([old, now]) => ({ before: old, after: now, moved: true }))
  let [old, now] = [0, 0]
  for (const [oldEnd, newEnd] of [
    ...matches.filter((match) => kept.has(match)),
    [before.length, after.length] as const,
  ]) {
    const gone = range(old, oldEnd).filter((index) => !olds.has(index))
    const come = range(now, newEnd).filter((index) => !news.has(index))
    for (let place = 0; place < Math.max(gone.length, come.length); place += 1)
      parts.push({ before: gone[place] ?? null, after: come[place] ?? null, moved: false })
    old = oldEnd + 1
    now = newEnd + 1
  }
  return parts.toSorted((one, other) => placeOf(one) - placeOf(other))
}

const placeOf = ({ before, after }: ItemDifference) => after ?? before ?? 0

const range = (from: number, to: number) => Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index)

/** Pairs of equal items, by their places after: equal ends first, and then each with the first one that is left. */
const matchEqual = (before: readonly number[], after: readonly number[]): readonly Match[] => {
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before[start] === after[start]) start += 1
  let end = 0
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1
  const places = new Map<number, number[]>()
  for (let place = before.length - end - 1; place >= start; place -= 1) {
    const id = before[place] ?? -1
    const known = places.get(id)
    if (known) known.push(place)
    else places.set(id, [place])
  }
  const inside = range(start, after.length - end).flatMap((place): readonly Match[] => {
    const old = places.get(after[place] ?? -1)?.pop()
    return old === undefined ? [] : [[old, place]]
  })
  return [
    ...range(0, start).map((place): Match => [place, place]),
    ...inside,
    ...range(after.length - end, after.length).map((place): Match => [place + before.length - after.length, place]),
  ]
}

/** The most matches of which the places before rise as those after do. */
const longestRising = (matches: readonly Match[]): ReadonlySet<Match> => {
  /** By length of a rising row less one: its last match, the one that ends lowest. */
  const ends: number[] = []
  const previous: number[] = []
  for (const [index, [before]] of matches.entries()) {
    let [from, to] = [0, ends.length]
    while (from < to) {
      const middle = (from + to) >> 1
      if ((matches[ends[middle] ?? 0]?.[0] ?? 0) < before) from = middle + 1
      else to = middle
    }
    previous[index] = from === 0 ? -1 : (ends[from - 1] ?? -1)
    ends[from] = index
  }
  const kept = new Set<Match>()
  for (let at = ends.at(-1) ?? -1; at >= 0; at = previous[at] ?? -1) {
    const match = matches[at]
    if (match) kept.add(match)
  }
  return kept
}
