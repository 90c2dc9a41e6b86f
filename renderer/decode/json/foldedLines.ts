/** Lines of a view without those that are folded away. Places number the lines that are left. */
export interface FoldedLines {
  readonly count: number
  lineAt(place: number): number
  /** The place of a line, or of the line that it is folded into. */
  placeOf(line: number): number
}

interface Folded {
  /** Lines of the view. */
  readonly count: number
  /** Lines that are folded: what they open is away, up to and with the line that closes it. */
  readonly folded: Iterable<number>
  readonly closingOf: (line: number) => number | undefined
}

export const foldLines = ({ count, folded, closingOf }: Folded): FoldedLines => {
  /** Of the outermost folds, from the top: their lines, and how many lines are away up to and with each. */
  const openings: number[] = []
  const away: number[] = []
  let [end, sum] = [-1, 0]
  for (const opening of [...folded].toSorted((one, other) => one - other)) {
    const closing = closingOf(opening)
    if (closing === undefined || opening <= end) continue
    sum += closing - opening
    openings.push(opening)
    away.push(sum)
    end = closing
  }
  const awayBefore = (index: number) => away[index - 1] ?? 0
  return {
    count: count - sum,
    lineAt: (place) => {
      // The folds above the place: each stands at its line without what is away before it.
      const index = firstWhere(openings.length, (at) => (openings[at] ?? 0) - awayBefore(at) >= place)
      return place + awayBefore(index)
    },
    placeOf: (line) => {
      const index = firstWhere(openings.length, (at) => (openings[at] ?? 0) >= line)
      const last = index - 1
      const isAway = last >= 0 && line <= (openings[last] ?? 0) + (away[last] ?? 0) - awayBefore(last)
      return isAway ? (openings[last] ?? 0) - awayBefore(last) : line - awayBefore(index)
    },
  }
}

/** The first index that the check, false before it and true from there on, is true of. */
const firstWhere = (length: number, check: (index: number) => boolean): number => {
  let [from, to] = [0, length]
  while (from < to) {
    const middle = (from + to) >> 1
    if (check(middle)) to = middle
    else from = middle + 1
  }
  return from
}
