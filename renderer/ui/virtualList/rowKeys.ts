/**
 * Keys for the rows in view, so that a row that leaves gives its element to one that comes: drawing a screenful anew is
 * then a change of texts. A row that stays in view keeps its key, whichever way the view moves and whatever stands
 * before it now. Where no row stays they start over in order, so that no element is moved.
 */
export const createRowKeys = () => {
  let keys = new Map<number, number>()
  return (rows: readonly number[]): ((row: number) => number) => {
    const next = new Map<number, number>()
    for (const row of rows) {
      const key = keys.get(row)
      if (key !== undefined) next.set(row, key)
    }
    const taken = new Set(next.values())
    let free = 0
    for (const row of rows) {
      if (next.has(row)) continue
      while (taken.has(free)) free += 1
      next.set(row, free)
      free += 1
    }
    keys = next
    return (row) => next.get(row) ?? -1
  }
}
