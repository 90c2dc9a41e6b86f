/**
 * The rows of a list, by their place in it. A row's number grows with its place and stays when others come, go or are
 * filtered away: by it the view stays with what it shows.
 */
export interface ListRows {
  count(): number
  rowAt(place: number): number
  /** The first place whose row is at `row` or after it. */
  placeOf(row: number): number
}

/** Rows that never come or go before others: a row's number is its place. */
export const rowsByPlace = (count: number): ListRows => ({
  count: () => count,
  rowAt: (place) => place,
  placeOf: (row) => Math.min(row, count),
})
