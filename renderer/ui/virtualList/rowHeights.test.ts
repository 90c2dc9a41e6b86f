import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMeasuredHeights } from './rowHeights'

const height = fc.integer({ min: 1, max: 90 })
const note = fc.record({ place: fc.nat(60), height, asked: fc.nat(6_000) })

describe('measured heights', () => {
  it('are the sums of what is known of each row, whatever is noted and asked in between', () => {
    fc.assert(
      fc.property(fc.array(height, { maxLength: 60 }), fc.array(note), (estimates, notes) => {
        const expected = [...estimates]
        const heights = createMeasuredHeights({
          rows: estimates.length,
          rowHeight: 18,
          estimate: (place) => estimates[place] ?? 0,
        })
        const topOf = (place: number) => expected.slice(0, place).reduce((sum, one) => sum + one, 0)
        for (const { place, height, asked } of [{ place: 99, height: 1, asked: 0 }, ...notes]) {
          const isNews = place < expected.length && expected[place] !== height
          expect(heights.note(place, height)).toBe(isNews)
          if (place < expected.length) expected[place] = height
          const { length } = expected
          expect(heights.total()).toBe(topOf(length))
          expect(heights.topOf(place)).toBe(topOf(place))
          const at = heights.placeAt(asked)
          expect(topOf(at)).toBeLessThanOrEqual(asked)
          if (at < length) expect(topOf(at + 1)).toBeGreaterThan(asked)
          else expect(asked).toBeGreaterThanOrEqual(topOf(length))
        }
      }),
    )
  })
})
