/** Which of many are shown: from `from` up to but not `to`. */
export interface ShownSpan {
  readonly from: number
  readonly to: number
}

/** At most `size` of `count` neighbours: the first ones, or where `wanted` is not among them, those around it. */
export const shownSpan = (count: number, size: number, wanted: number | null): ShownSpan => {
  const isFar = wanted !== null && wanted >= size
  const from = isFar ? Math.max(0, Math.min(wanted - Math.floor(size / 2), count - size)) : 0
  return { from, to: Math.min(count, from + size) }
}
