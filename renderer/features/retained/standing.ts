import type { PlaceSet } from './placeSet'
import type { ShownRows } from './retainedSelection'
import type { Listing } from './useRetainedListing'

/** What is chosen and still stands on the broker. */
export interface Standing {
  readonly places: readonly number[]
  /** Of all their payloads together. */
  readonly bytes: number
  /** How many of them are not among the rows that are shown. */
  readonly hidden: number
}

const gone = new Set(['cleared', 'gone', 'expired', 'missing'])

export const standingOf = ({ entries, fates }: Listing, chosen: PlaceSet, rows: ShownRows): Standing => {
  const stands = (place: number) =>
    entries[place] !== undefined && (fates.size === 0 || !gone.has(fates.get(place) ?? ''))
  const places: number[] = []
  let bytes = 0
  for (const place of chosen) {
    if (!stands(place)) continue
    places.push(place)
    bytes += entries[place]?.size ?? 0
  }
  if (rows.count === entries.length || places.length === 0) return { places, bytes, hidden: 0 }
  let shown = 0
  for (let row = 0; row < rows.count; row += 1) {
    const place = rows.placeAt(row)
    if (chosen.has(place) && stands(place)) shown += 1
  }
  return { places, bytes, hidden: places.length - shown }
}
