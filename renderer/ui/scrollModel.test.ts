import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
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

const extent = fc.record({
  rows: fc.nat(50_000_000),
  rowHeight: fc.constantFrom(18, 24),
  viewport: fc.integer({ min: 0, max: 3_000 }),
})

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
        const { rowHeight } = given
        fc.pre(given.rows > 0 && given.viewport >= rowHeight)
        const place = some % given.rows
        const top = clampTop(topRevealing(place, clampTop(where * rowHeight, given), given), given)
        expect(place * rowHeight).toBeGreaterThanOrEqual(top)
        expect((place + 1) * rowHeight).toBeLessThanOrEqual(top + given.viewport)
        const { from, to } = visiblePlaces(top, given)
        expect(place >= from && place < to).toBe(true)
      }),
    )
  })
})
