import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMeasuredHeights, fixedHeights } from './rowHeights'
import {
  clampTop,
  isAtEnd,
  maximumSpacerHeight,
  maximumTop,
  scrollFromTop,
  spacerHeight,
  topFromScroll,
  topRevealing,
  visiblePlaces,
} from './scrollModel'

const fixed = fc
  .record({ rows: fc.nat(50_000_000), rowHeight: fc.constantFrom(18, 24) })
  .map(({ rows, rowHeight }) => fixedHeights(rows, rowHeight))
const measured = fc
  .array(fc.record({ estimated: fc.integer({ min: 1, max: 90 }), measured: fc.integer({ min: 1, max: 90 }) }))
  .map((rows) => {
    const heights = createMeasuredHeights({
      rows: rows.length,
      rowHeight: 18,
      estimate: (place) => rows[place]?.estimated ?? 0,
    })
    rows.forEach((row, place) => heights.note(place, row.measured))
    return heights
  })
const extent = fc.record({ heights: fc.oneof(fixed, measured), viewport: fc.integer({ min: 0, max: 3_000 }) })

describe('scroll model', () => {
  it('never asks for an element the engine cannot lay out, and reaches both ends', () => {
    fc.assert(
      fc.property(extent, (given) => {
        expect(spacerHeight(given)).toBeLessThanOrEqual(maximumSpacerHeight)
        expect(topFromScroll(0, given)).toBe(0)
        const last = Math.max(0, spacerHeight(given) - given.viewport)
        expect(isAtEnd(topFromScroll(last, given), given)).toBe(true)
      }),
    )
  })

  it('comes back to where it was through the scroll bar', () => {
    fc.assert(
      fc.property(extent, fc.double({ min: 0, max: 1, noNaN: true }), (given, share) => {
        const top = maximumTop(given) * share
        expect(Math.abs(topFromScroll(scrollFromTop(top, given), given) - top)).toBeLessThan(0.01)
      }),
    )
  })

  it('reveals a row whole when the view has room for one', () => {
    fc.assert(
      fc.property(extent, fc.nat(), fc.nat(), (given, some, where) => {
        const { heights, viewport } = given
        fc.pre(heights.rows > 0)
        const place = some % heights.rows
        fc.pre(viewport >= heights.topOf(place + 1) - heights.topOf(place))
        const top = clampTop(topRevealing(place, clampTop(where * heights.rowHeight, given), given), given)
        expect(heights.topOf(place)).toBeGreaterThanOrEqual(top)
        expect(heights.topOf(place + 1)).toBeLessThanOrEqual(top + viewport)
        const { from, to } = visiblePlaces(top, given)
        expect(place >= from && place < to).toBe(true)
      }),
    )
  })
})
