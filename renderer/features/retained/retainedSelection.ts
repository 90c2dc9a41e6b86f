import { noPlaces, type PlaceSet } from './placeSet'

/** The rows of a list that is shown in part: which places of the whole they are, in their order. */
export interface ShownRows {
  readonly count: number
  /** For rows from 0 to `count` - 1. */
  placeAt(row: number): number
}

/** What is chosen in a list, and where the keyboard is. */
export interface RetainedSelection {
  /** Places; they stay chosen while they are not shown. */
  readonly chosen: PlaceSet
  /** A row. */
  readonly cursor: number
  /** The row where a range begins, and what was chosen beside it. */
  readonly anchor: number
  readonly beside: PlaceSet
}

export const nothingChosen: RetainedSelection = { chosen: noPlaces, cursor: 0, anchor: 0, beside: noPlaces }

/** Chooses nothing anew; the next range begins at the row. */
export const movedTo = ({ chosen }: RetainedSelection, row: number): RetainedSelection => at(row, chosen)

/** Chooses a row or lets it go; the next range begins there. */
export const toggled = ({ chosen }: RetainedSelection, row: number, rows: ShownRows): RetainedSelection => {
  const place = rows.placeAt(row)
  const isChosen = chosen.has(place)
  const next = chosen.with(({ add, remove }) => (isChosen ? remove : add)(place))
  return at(row, next)
}

/** Chooses all from the anchor to the row; a range that was drawn further before gets shorter. */
export const extendedTo = ({ anchor, beside }: RetainedSelection, row: number, rows: ShownRows): RetainedSelection => {
  const last = Math.min(Math.max(anchor, row), rows.count - 1)
  const chosen = beside.with(({ add }) => {
    for (let between = Math.min(anchor, row); between <= last; between += 1) add(rows.placeAt(between))
  })
  return { chosen, cursor: row, anchor, beside }
}

/** Chooses these places too, or lets them go where all of them are chosen. */
export const withPlaces = ({ chosen, cursor }: RetainedSelection, places: readonly number[]): RetainedSelection => {
  const known = places.every((place) => chosen.has(place))
  const next = chosen.with(({ add, remove }) => {
    for (const place of places) (known ? remove : add)(place)
  })
  return at(cursor, next)
}

/** All that is shown. */
export const allChosen = (selection: RetainedSelection, rows: ShownRows): RetainedSelection =>
  changedEach(selection, rows, () => true)

/** What is shown and was not chosen, in place of what is shown and was. */
export const inverted = (selection: RetainedSelection, rows: ShownRows): RetainedSelection =>
  changedEach(selection, rows, (was) => !was)

/** Lets everything go, shown or not; the keyboard stays where it is. */
export const noneChosen = ({ cursor }: RetainedSelection): RetainedSelection => at(cursor, noPlaces)

/** As the rows are others now: the keyboard is at their top. */
export const onOtherRows = ({ chosen }: RetainedSelection): RetainedSelection => at(0, chosen)

const at = (row: number, chosen: PlaceSet): RetainedSelection => ({
  chosen,
  cursor: row,
  anchor: row,
  beside: chosen,
})

const changedEach = (
  { chosen, cursor }: RetainedSelection,
  rows: ShownRows,
  keep: (was: boolean) => boolean,
): RetainedSelection => {
  const next = chosen.with(({ add, remove }) => {
    for (let row = 0; row < rows.count; row += 1) {
      const place = rows.placeAt(row)
      const change = keep(chosen.has(place)) ? add : remove
      change(place)
    }
  })
  return at(cursor, next)
}
