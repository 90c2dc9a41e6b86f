import type { Selection, ShownRows } from './selection'
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

export const standingOf = ({ entries, fates }: Listing, { chosen }: Selection, rows: ShownRows): Standing => {
  const stands = (place: number) => entries[place] !== undefined && !gone.has(fates.get(place) ?? '')
  const places = [...chosen].filter(stands)
  const bytes = places.reduce((sum, place) => sum + (entries[place]?.size ?? 0), 0)
  if (rows.count === entries.length) return { places, bytes, hidden: 0 }
  let shown = 0
  for (let row = 0; row < rows.count; row += 1) {
    const place = rows.placeAt(row)
    if (chosen.has(place) && stands(place)) shown += 1
  }
  return { places, bytes, hidden: places.length - shown }
}
