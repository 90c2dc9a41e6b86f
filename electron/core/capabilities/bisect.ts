/** What was found of a limit. */
export interface Found {
  /** The largest that was taken; null = not even the least was. */
  readonly value: number | null
  /** The largest that was to be tried is taken. */
  readonly isAtLeast: boolean
}

/**
 * The largest value from `least` to `most` that is taken, where each below one that is taken is taken too. The largest is asked
 * first, then the least, then the middle of what is left: about log2 of the range. Null = it was ended.
 */
export const largestTaken = async (
  { least, most }: { readonly least: number; readonly most: number },
  isTaken: (value: number) => Promise<boolean | null>,
): Promise<Found | null> => {
  const all = await isTaken(most)
  if (all === null) return null
  if (all) return { value: most, isAtLeast: true }
  const some = await isTaken(least)
  if (some === null) return null
  if (!some) return { value: null, isAtLeast: false }
  let low = least
  let high = most
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    const taken = await isTaken(middle)
    if (taken === null) return null
    if (taken) low = middle
    else high = middle
  }
  return { value: low, isAtLeast: false }
}
