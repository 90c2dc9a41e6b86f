/**
 * A set of places that never changes: one byte a place, because a `Set` of half a million numbers takes too long to
 * copy at each press of a key. Iterates in rising order.
 */
export interface PlaceSet extends Iterable<number> {
  readonly size: number
  has(place: number): boolean
  /** The same but for what the change adds and removes. */
  with(change: (edit: PlaceEdit) => void): PlaceSet
}

interface PlaceEdit {
  add(place: number): void
  remove(place: number): void
}

const createPlaceSet = (marks: Uint8Array, size: number): PlaceSet => ({
  size,
  has: (place) => marks[place] === 1,
  with: (change) => {
    let next = marks.slice()
    let count = size
    const grow = (place: number) => {
      const longer = new Uint8Array(Math.max(1_024, 2 * (place + 1)))
      longer.set(next)
      next = longer
    }
    change({
      add: (place) => {
        if (place < 0 || next[place] === 1) return
        if (place >= next.length) grow(place)
        next[place] = 1
        count += 1
      },
      remove: (place) => {
        if (next[place] !== 1) return
        next[place] = 0
        count -= 1
      },
    })
    return createPlaceSet(next, count)
  },
  *[Symbol.iterator]() {
    for (let place = marks.indexOf(1); place >= 0; place = marks.indexOf(1, place + 1)) yield place
  },
})

export const noPlaces: PlaceSet = createPlaceSet(new Uint8Array(0), 0)
