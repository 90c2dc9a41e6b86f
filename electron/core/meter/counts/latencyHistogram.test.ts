import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLatencyHistogram } from './latencyHistogram'

const summaryOf = (times: readonly number[]) => {
  const histogram = createLatencyHistogram()
  for (const time of times) histogram.note(time)
  return histogram.summary()
}

/** Milliseconds from a microsecond to a day, in whole microseconds. */
const times = fc.array(
  fc.oneof(fc.nat(1_000), fc.nat(1_000_000), fc.nat(86_400_000_000)).map((microseconds) => microseconds / 1_000),
  { minLength: 1, maxLength: 200 },
)

describe('how long messages took', () => {
  it('is told by percentiles that are at most a hundredth too large, and never too small', () => {
    fc.assert(
      fc.property(times, (all) => {
        const found = summaryOf(all)
        const sorted = all.toSorted((one, other) => one - other)
        const exact = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? 0
        expect(found?.count).toBe(all.length)
        expect(found?.least).toBe(sorted[0])
        expect(found?.most).toBe(sorted.at(-1))
        for (const [name, share] of [
          ['p50', 0.5],
          ['p95', 0.95],
          ['p99', 0.99],
        ] as const) {
          expect(found?.[name]).toBeGreaterThanOrEqual(exact(share) - 1e-9)
          expect(found?.[name]).toBeLessThanOrEqual(exact(share) * 1.01 + 1e-9)
        }
      }),
    )
  })

  it('stands in bins that follow each other, hold each time once, and begin and end with one that holds some', () => {
    fc.assert(
      fc.property(times, (all) => {
        const bins = summaryOf(all)?.bins ?? []
        for (const { from, to, count } of bins)
          expect(all.filter((time) => time >= from && time < to)).toHaveLength(count)
        expect(bins.slice(1).map(({ from }) => from)).toEqual(bins.slice(0, -1).map(({ to }) => to))
        expect([bins[0]?.count, bins.at(-1)?.count]).not.toContain(0)
        expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(all.length)
      }),
    )
  })

  it('is not told where nothing came, and is never less than nothing', () => {
    expect(createLatencyHistogram().summary()).toBeNull()
    expect(summaryOf([-0.001])).toMatchObject({ least: 0, most: 0 })
  })
})
