import { describe, expect, it } from 'vitest'
import { pointsOf } from './chartTesting'
import { createSeriesPoints } from './seriesPoints'
import { isState, summaryOf } from './summary'

const all = { from: -Infinity, to: Infinity }
const many = <Value>(count: number, value: (index: number) => Value) =>
  Array.from({ length: count }, (_, at) => value(at))

describe('what a series says of itself', () => {
  it('is nothing under twelve values', () => {
    expect(summaryOf(pointsOf(many(11, (at) => at)), all)).toEqual({ kind: 'few', count: 11 })
  })

  it('has mean, median, spread, least and most of a quantity, and no trend in scatter', () => {
    expect(summaryOf(pointsOf(many(20, (at) => [1, 4, 2, 5][at % 4]!)), all)).toMatchObject({
      kind: 'quantity',
      mean: 3,
      median: 3,
      least: 1,
      most: 5,
      trend: null,
    })
  })

  it('has a trend where the drift is larger than the scatter', () => {
    const summary = summaryOf(pointsOf(many(20, (at) => 10 - at + (at % 2) * 0.1)), all)
    expect(summary.kind === 'quantity' ? summary.trend : null).toBeCloseTo(-19, 0)
  })

  it('counts what a switch does', () => {
    expect(summaryOf(pointsOf(many(21, (at) => (at % 4 === 1 ? 1 : 0))), all)).toEqual({
      kind: 'switch',
      count: 21,
      rises: 5,
      duty: 0.25,
      width: 1_000,
      period: 4_000,
    })
  })

  it('has the rate of a running total, over its resets', () => {
    const values = many(40, (at) => (at < 20 ? at * 3 : (at - 20) * 3))
    expect(summaryOf(pointsOf(values), all)).toEqual({
      kind: 'total',
      count: 40,
      perSecond: (57 + 57) / 39,
      resets: 1,
    })
  })

  it('has no mean of states', () => {
    const points = pointsOf(many(12, (at) => (at < 8 ? 'open' : 'closed')))
    expect(isState(points)).toBe(true)
    expect(summaryOf(points, all)).toEqual({
      kind: 'state',
      count: 12,
      changes: 1,
      states: [
        { text: 'open', count: 8 },
        { text: 'closed', count: 4 },
      ],
    })
  })
})

describe('the values of a series', () => {
  it('make room for newer ones, and count what they let go of', () => {
    const points = createSeriesPoints(100)
    for (let value = 0; value < 250; value++) {
      points.add({
        rows: Float64Array.of(value),
        times: Float64Array.of(value),
        kinds: Uint8Array.of(0),
        numbers: Float64Array.of(value),
        texts: [String(value)],
        skipped: 1,
      })
    }
    expect(points.count() + points.letGo()).toBe(250)
    expect(points.count()).toBeLessThanOrEqual(100)
    expect(points.textAt(points.count() - 1)).toBe('249')
    expect(points.numberAt(0)).toBe(points.letGo())
    expect(points.skipped()).toBe(250)
    expect(points.indexAt(249)).toBe(points.count() - 1)
  })
})
