import type { ListRows } from './listRows'
import { clampTop, isAtEnd, maximumTop, type Extent } from './scrollModel'

/** Where the view stands: at the end, whatever comes, or at a row that it is `offset` pixels below the top of. */
export type ListPosition =
  | { readonly follow: true }
  | { readonly follow: false; readonly row: number; readonly offset: number }

export const following: ListPosition = { follow: true }

/** A list, and how much of it is seen. */
export interface SeenList {
  readonly rows: ListRows
  readonly extent: Extent
}

export const topOf = (position: ListPosition, { rows, extent }: SeenList): number =>
  position.follow
    ? maximumTop(extent)
    : clampTop(extent.heights.topOf(rows.placeOf(position.row)) + position.offset, extent)

/** The position of a view that starts at `top`, wherever that is: also at the end it stands at a row. */
export const heldAt = (top: number, { rows, extent: { heights } }: SeenList): ListPosition => {
  const place = heights.placeAt(top)
  return { follow: false, row: rows.rowAt(place), offset: top - heights.topOf(place) }
}

/** As `heldAt`, but who comes to the end of a list that is followed follows. */
export const positionAt = (top: number, list: SeenList, followsEnd: boolean): ListPosition => {
  const clamped = clampTop(top, list.extent)
  return followsEnd && isAtEnd(clamped, list.extent) ? following : heldAt(clamped, list)
}

/** The same view told by another row, so that this one stays where it is; null where the row is not in view. */
export const positionBy = (row: number, top: number, { rows, extent }: SeenList): ListPosition | null => {
  const { heights, viewport } = extent
  const place = rows.placeOf(row)
  const offset = top - heights.topOf(place)
  const height = heights.topOf(place + 1) - heights.topOf(place)
  const isInView = rows.rowAt(place) === row && offset <= 0 && offset > height - viewport
  return isInView ? { follow: false, row, offset } : null
}
