/** Row numbers in a growing column: added at the end, taken off at either end. */
export interface RowColumn {
  length(): number
  /** NaN outside. */
  at(index: number): number
  push(row: number): void
  append(more: Float64Array): void
  shift(): void
  pop(): void
  /** Answers all row numbers and empties the column. */
  take(): Float64Array<ArrayBuffer>
}

export const createRowColumn = (): RowColumn => {
  let rows = new Float64Array(256)
  let start = 0
  let end = 0

  const reserve = (more: number) => {
    if (end + more <= rows.length) return
    const kept = rows.subarray(start, end)
    // Room taken off the front is used again before more is asked for.
    const wanted = (kept.length + more) * 2
    const grown = wanted > rows.length ? new Float64Array(wanted) : rows
    grown.set(kept)
    rows = grown
    end -= start
    start = 0
  }

  return {
    length: () => end - start,
    at: (index) => rows[start + index] ?? NaN,
    push: (row) => {
      reserve(1)
      rows[end++] = row
    },
    append: (more) => {
      reserve(more.length)
      rows.set(more, end)
      end += more.length
    },
    shift: () => {
      start++
    },
    pop: () => {
      end--
    },
    take: () => {
      const taken = rows.slice(start, end)
      start = 0
      end = 0
      return taken
    },
  }
}
