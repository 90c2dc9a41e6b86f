/** Where the rows of a list stand below each other, in pixels from the top of the first one. */
export interface RowHeights {
  /** How many rows there are. */
  readonly rows: number
  /** Of one row as a rule: what an arrow key and a line of the wheel move by. */
  readonly rowHeight: number
  /** The height of all rows together. */
  total(): number
  /** Where the row at a place begins; for the place after the last one, where the list ends. */
  topOf(place: number): number
  /** The place of the row that this pixel belongs to; below the last row, a place after it. */
  placeAt(top: number): number
}

/** Rows that all have the same height. */
export const fixedHeights = (rows: number, rowHeight: number): RowHeights => ({
  rows,
  rowHeight,
  total: () => rows * rowHeight,
  topOf: (place) => place * rowHeight,
  placeAt: (top) => Math.floor(top / rowHeight),
})

/** Rows whose heights are estimates until they are drawn. */
export interface MeasuredHeights extends RowHeights {
  heightOf(place: number): number
  /** Notes how high a drawn row is; answers whether that is news. */
  note(place: number, height: number): boolean
}

interface EstimatedRows {
  readonly rows: number
  readonly rowHeight: number
  /** Pixels that the row at a place probably takes. */
  readonly estimate: (place: number) => number
}

/**
 * Heights that become known as rows are drawn. Where a row begins is the sum of the heights before it: the sums are
 * kept as far down as they were asked for, so that reading on from the top sums up nothing twice.
 */
export const createMeasuredHeights = ({ rows, rowHeight, estimate }: EstimatedRows): MeasuredHeights => {
  const heights = Float64Array.from({ length: rows }, (_, place) => estimate(place))
  /** Where each row begins, right for the places up to `summed`. */
  const tops = new Float64Array(rows + 1)
  let summed = 0
  let total = heights.reduce((sum, height) => sum + height, 0)
  const heightOf = (place: number) => heights[place] ?? 0
  const knownTop = (place: number) => tops[place] ?? 0
  const sumNext = () => {
    tops[summed + 1] = knownTop(summed) + heightOf(summed)
    summed += 1
  }
  return {
    rows,
    rowHeight,
    total: () => total,
    topOf: (place) => {
      if (place >= rows) return total
      while (summed < place) sumNext()
      return knownTop(place)
    },
    placeAt: (top) => {
      if (top >= total) return rows
      while (summed < rows && knownTop(summed) <= top) sumNext()
      // The last place that begins at `top` or above it.
      let [from, to] = [0, summed]
      while (to - from > 1) {
        const middle = (from + to) >> 1
        if (knownTop(middle) <= top) from = middle
        else to = middle
      }
      return knownTop(to) <= top ? to : from
    },
    heightOf,
    note: (place, height) => {
      if (place >= rows || height === heightOf(place)) return false
      total += height - heightOf(place)
      heights[place] = height
      summed = Math.min(summed, place)
      return true
    },
  }
}
