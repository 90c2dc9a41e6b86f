interface ListPlace {
  /** Rows in the list. */
  readonly count: number
  /** Where the keyboard is. */
  readonly place: number
  /** Rows that a page moves by. */
  readonly page: number
}

const moves: Readonly<Record<string, (list: ListPlace) => number>> = {
  ArrowUp: ({ place }) => place - 1,
  ArrowDown: ({ place }) => place + 1,
  PageUp: ({ place, page }) => place - page,
  PageDown: ({ place, page }) => place + page,
  Home: () => 0,
  End: ({ count }) => count - 1,
}

/** Where a key takes the keyboard in a list; null = the key moves nothing, or there is no row. */
export const placeAfterKey = (key: string, list: ListPlace): number | null => {
  const move = moves[key]
  if (!move || list.count === 0) return null
  return Math.min(Math.max(move(list), 0), list.count - 1)
}
