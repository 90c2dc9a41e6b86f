/**
 * Keys for the rows in view, so that a row that leaves gives its element to one that comes: drawing a screenful anew is
 * then a change of texts. Scrolled by a few places, the elements of the others keep their rows; beyond a screenful they
 * all start over in order, so that none is moved.
 */
export const createRowKeys = () => {
  let base = 0
  let slots = 0
  let shown = { from: 0, to: 0 }
  return (from: number, to: number): ((place: number) => number) => {
    // One more than fits: a row that is half in view comes and goes.
    if (to - from > slots) slots = to - from + 1
    if (from >= shown.to || to <= shown.from || from < base) base = from
    shown = { from, to }
    const [start, count] = [base, slots]
    return (place) => (place - start) % count
  }
}
