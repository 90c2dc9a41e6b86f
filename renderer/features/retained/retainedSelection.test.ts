import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  allChosen,
  extendedTo,
  inverted,
  movedTo,
  noneChosen,
  nothingChosen,
  onOtherRows,
  toggled,
  withPlaces,
  type RetainedSelection,
  type ShownRows,
} from './retainedSelection'
import { noPlaces } from './placeSet'

const rowsOf = (places: readonly number[]): ShownRows => ({
  count: places.length,
  placeAt: (row) => places[row] ?? -1,
})
const chosenIn = ({ chosen }: RetainedSelection) => [...chosen]
const setOf = (places: readonly number[]) => noPlaces.with(({ add }) => places.forEach(add))
const ten = rowsOf([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])

describe('selection', () => {
  it('toggles a row and draws a range from it, longer and shorter, beside what was chosen', () => {
    const two = toggled(toggled(nothingChosen, 0, ten), 5, ten)
    expect(chosenIn(extendedTo(two, 3, ten))).toEqual([0, 3, 4, 5])
    expect(chosenIn(extendedTo(extendedTo(two, 3, ten), 6, ten))).toEqual([0, 5, 6])
    expect(chosenIn(toggled(two, 5, ten))).toEqual([0])
    expect(toggled(two, 5, ten).cursor).toBe(5)
    expect(chosenIn(extendedTo(movedTo(two, 8), 9, ten))).toEqual([0, 5, 8, 9])
  })

  it('takes and inverts what is shown and leaves the rest', () => {
    const shown = rowsOf([2, 4, 6])
    const some = toggled(toggled(nothingChosen, 1, ten), 4, ten)
    expect(chosenIn(allChosen(some, shown))).toEqual([1, 2, 4, 6])
    expect(chosenIn(inverted(some, shown))).toEqual([1, 2, 6])
    expect(chosenIn(noneChosen(some))).toEqual([])
    expect(onOtherRows(some)).toMatchObject({ cursor: 0, anchor: 0 })
    expect(chosenIn(onOtherRows(some))).toEqual([1, 4])
  })

  it('takes a group of places, and lets it go when it has all of it', () => {
    const some = toggled(nothingChosen, 1, ten)
    const more = withPlaces(some, [1, 2, 3])
    expect(chosenIn(more)).toEqual([1, 2, 3])
    expect(chosenIn(withPlaces(more, [2, 3]))).toEqual([1])
  })

  it('inverts back to what it was', () => {
    const places = fc.uniqueArray(fc.integer({ min: 0, max: 20 }))
    fc.assert(
      fc.property(places, places, (chosen, shown) => {
        const given = { ...nothingChosen, chosen: setOf(chosen) }
        expect(chosenIn(inverted(inverted(given, rowsOf(shown)), rowsOf(shown)))).toEqual(chosenIn(given))
      }),
    )
  })

  it('holds the places that a set would hold, whatever is added and removed', () => {
    const changes = fc.array(fc.tuple(fc.boolean(), fc.nat(3_000)))
    fc.assert(
      fc.property(changes, (given) => {
        const set = new Set<number>()
        let places = noPlaces
        for (const [adds, place] of given) {
          const before = [...places]
          const after = places.with(({ add, remove }) => (adds ? add : remove)(place))
          expect([...places]).toEqual(before)
          places = after
          if (adds) set.add(place)
          else set.delete(place)
        }
        expect([...places]).toEqual([...set].toSorted((one, other) => one - other))
        expect(places.size).toBe(set.size)
      }),
    )
  })
})
