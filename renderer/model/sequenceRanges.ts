/** Sequence numbers one after the other, both ends included. */
export interface SequenceRange {
  readonly from: number
  readonly to: number
}

/**
 * A set of sequence numbers that a person has chosen, perhaps a million of them: the fewest ranges that hold them all,
 * in order.
 */
export type SequenceRanges = readonly SequenceRange[]

export const noSequences: SequenceRanges = []

export const rangeOf = (one: number, other = one): SequenceRange => ({
  from: Math.min(one, other),
  to: Math.max(one, other),
})

export const holdsSequence = (ranges: SequenceRanges, sequence: number): boolean => {
  const range = ranges[placeAfter(ranges, sequence) - 1]
  return range !== undefined && sequence <= range.to
}

export const withRange = (ranges: SequenceRanges, { from, to }: SequenceRange): SequenceRanges => {
  const touching = ranges.filter((range) => range.to >= from - 1 && range.from <= to + 1)
  const joined = touching.reduce(
    (all, range) => ({ from: Math.min(all.from, range.from), to: Math.max(all.to, range.to) }),
    { from, to },
  )
  return [...ranges.filter((range) => range.to < from - 1), joined, ...ranges.filter((range) => range.from > to + 1)]
}

export const withoutSequence = (ranges: SequenceRanges, sequence: number): SequenceRanges =>
  ranges.flatMap((range) => {
    if (sequence < range.from || sequence > range.to) return range
    return [
      { from: range.from, to: sequence - 1 },
      { from: sequence + 1, to: range.to },
    ].filter(({ from, to }) => from <= to)
  })

/** The first range that begins after the sequence number. */
const placeAfter = (ranges: SequenceRanges, sequence: number): number => {
  let low = 0
  let high = ranges.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ranges[middle]?.from ?? Infinity) <= sequence) low = middle + 1
    else high = middle
  }
  return low
}
