import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { everythingLive, panned, spanShown, viewOf, zoomed } from './timeView'

const all = { from: 1_000, to: 9_000 }

describe('what is shown of the time', () => {
  it('is everything, live, at first, and never nothing', () => {
    expect(spanShown(everythingLive, all)).toEqual(all)
    expect(spanShown(everythingLive, { from: 5, to: 5 })).toEqual({ from: -5, to: 5 })
  })

  it('ends with the newest value while it is live', () => {
    expect(spanShown({ width: 500, end: null }, all)).toEqual({ from: 8_500, to: 9_000 })
    expect(spanShown({ width: 500, end: 4_000 }, all)).toEqual({ from: 3_500, to: 4_000 })
  })

  it('goes on live where a choice reaches the newest value, and stands still where it does not or stood before', () => {
    expect(viewOf({ from: 8_000, to: 9_000 }, everythingLive, all)).toEqual({ width: 1_000, end: null })
    expect(viewOf({ from: 2_000, to: 3_000 }, everythingLive, all)).toEqual({ width: 1_000, end: 3_000 })
    expect(viewOf({ from: 8_000, to: 9_000 }, { width: null, end: 9_000 }, all).end).toBe(9_000)
  })

  it('is the span that was chosen', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_000, max: 8_000 }), fc.integer({ min: 10, max: 900 }), (from, length) => {
        const span = { from, to: from + length }
        expect(spanShown(viewOf(span, everythingLive, all), all)).toEqual(span)
      }),
    )
  })
})

describe('zooming', () => {
  it('keeps the cursor where it is, or the middle where there is none in sight', () => {
    expect(zoomed(all, 0.5, 2_000)).toEqual({ from: 1_500, to: 5_500 })
    expect(zoomed(all, 0.5, null)).toEqual({ from: 3_000, to: 7_000 })
    expect(zoomed(all, 0.5, 20_000)).toEqual({ from: 3_000, to: 7_000 })
  })

  it('in and out leads back', () => {
    expect(zoomed(zoomed(all, 0.5, 2_000), 2, 2_000)).toEqual(all)
  })
})

it('panning moves a part of what is shown', () => {
  expect(panned(all, 0.25)).toEqual({ from: 3_000, to: 11_000 })
  expect(panned(all, -0.25)).toEqual({ from: -1_000, to: 7_000 })
})
