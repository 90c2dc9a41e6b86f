import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { partOf, pointsOf } from './chartTesting'
import { createChartLine } from './chartLine'
import { gridOf, gridTimes, lonelyPlaces, longestSilence } from './decimate'
import { createSeriesPoints } from './seriesPoints'

const ascending = fc.array(fc.nat(2_000), { maxLength: 300 }).map((steps) => {
  let time = 0
  return steps.map((step) => (time += step))
})

const oneToForty = fc.integer({ min: 1, max: 40 })

const extremesOf = (numbers: readonly number[]) =>
  new Set(numbers.length === 0 ? [] : [Math.min(...numbers), Math.max(...numbers)])

const isSame = (one: ReadonlySet<number>, other: ReadonlySet<number>): boolean =>
  one.size === other.size && [...one].every((number) => other.has(number))

it('a value is lonely between gaps, and not beside others or where a column has two', () => {
  const none = undefined
  expect(lonelyPlaces([1, 1, null, null, 2, 2, null, none, 3, 4, null, null, 5, 5, none, none, 6, 6])).toEqual([0, 4])
  expect(lonelyPlaces([none, none, 7, 7])).toEqual([2])
  expect(lonelyPlaces([none, 1, 1, none])).toEqual([])
  expect(lonelyPlaces([])).toEqual([])
})

describe('the line of a chart', () => {
  it('has the least and the greatest value of each column of pixels, and none beside them, however it came to its grid', () => {
    fc.assert(
      fc.property(
        ascending,
        fc.array(fc.tuple(fc.nat(300), fc.nat(200_000), fc.integer({ min: 1, max: 200_000 }), oneToForty), {
          minLength: 1,
          maxLength: 6,
        }),
        fc.infiniteStream(fc.integer()),
        (times, looks, stream) => {
          const numbers = times.map(() => Number(stream.next().value))
          const points = createSeriesPoints(200)
          const line = createChartLine(points)
          let added = 0
          for (const [more, from, length, columns] of looks) {
            const end = Math.min(times.length, added + more)
            points.add(partOf(numbers.slice(added, end), times.slice(added, end)))
            added = end
            const kept = added - points.count()
            const grid = gridOf({ from, to: from + length }, columns)
            const drawn = line.valuesOn(grid)
            const came = Array.from({ length: grid.count }, (): number[] => [])
            const first = (times[kept] ?? Infinity) / grid.width
            times.slice(0, added).forEach((time, index) => {
              came[Math.floor(time / grid.width) - grid.first]?.push(numbers[index] ?? NaN)
            })
            // A column that was drawn may have what was let go since.
            const isWhole = (column: number) => kept === 0 || grid.first + column > first
            const wrong = came.flatMap((inside, column) => {
              const shown = drawn.slice(2 * column, 2 * column + 2).filter((value) => typeof value === 'number')
              // A line that goes on beyond the picture leaves it at a value that was not sent.
              const isEdge = inside.length === 0 && (column === 0 || column === grid.count - 1)
              if (isEdge) return []
              const isRight = isWhole(column)
                ? isSame(new Set(shown), extremesOf(inside))
                : shown.every((value) => inside.includes(value))
              return isRight ? [] : [{ column, inside, shown }]
            })
            expect(wrong).toEqual([])
          }
        },
      ),
    )
  })

  it('keeps the order of the least and the greatest', () => {
    const line = createChartLine(pointsOf([1, 9, 9, 2], [0, 1, 8, 9]))
    expect(line.valuesOn({ width: 8, first: 0, count: 2 })).toEqual([1, 9, 9, 2])
  })

  it('goes on to the values before and after what is shown, but for those behind a silence', () => {
    const points = pointsOf([0, 10, 20, 30, 40, 50], [0, 1_000, 2_000, 3_000, 4_000, 60_000])
    const line = (first: number, count: number) => createChartLine(points).valuesOn({ width: 100, first, count })
    expect(line(14, 4)).toEqual([14.25, ...Array.from({ length: 6 }), 17.75])
    expect(line(8, 4)).toEqual([8.25, ...Array.from({ length: 3 }), 10, 10, undefined, 11.75])
    expect(line(100, 4)).toEqual(Array.from({ length: 8 }))
    expect(line(38, 4).slice(4)).toEqual([40, 40, undefined, undefined])
  })

  it('ends before a silence of five times the usual interval', () => {
    const times = [0, 1_000, 2_000, 3_000, 4_000, 12_000, 13_000]
    const points = pointsOf(
      times.map(() => 1),
      times,
    )
    expect(longestSilence(points, { from: 0, to: 14_000 })).toBe(5_000)
    const line = createChartLine(points).valuesOn({ width: 1_000, first: 0, count: 14 })
    expect(line.indexOf(null)).toBe(10)
    expect(line.filter((value) => value === null)).toHaveLength(14)
  })
})

describe('the columns of pixels', () => {
  it('cover the span, as many as were asked for and less than twice as many', () => {
    fc.assert(
      fc.property(
        fc.nat(2_000_000_000_000),
        fc.integer({ min: 10, max: 1e11 }),
        fc.integer({ min: 1, max: 4_000 }),
        (from, length, columns) => {
          const { width, first, count } = gridOf({ from, to: from + length }, columns)
          expect(first * width).toBeLessThanOrEqual(from)
          expect((first + count) * width).toBeGreaterThan(from + length)
          expect(count).toBeGreaterThanOrEqual(columns)
          expect(count).toBeLessThanOrEqual(2 * columns + 1)
        },
      ),
    )
  })

  it('have two places each', () => {
    expect(gridTimes({ width: 2, first: 0, count: 4 })).toEqual([0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5])
  })
})
