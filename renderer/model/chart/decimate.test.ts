import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pointsOf } from './chartTesting'
import { decimated, gridTimes, longestSilence } from './decimate'

const ascending = fc.array(fc.nat(2_000), { maxLength: 300 }).map((steps) => {
  let time = 0
  return steps.map((step) => (time += step))
})

describe('a decimated line', () => {
  it('has the least and the greatest value of each column of pixels, and none beside them', () => {
    fc.assert(
      fc.property(
        ascending,
        fc.integer({ min: 1, max: 60 }),
        fc.infiniteStream(fc.integer()),
        (times, columns, stream) => {
          const numbers = times.map(() => Number(stream.next().value))
          const span = { from: 0, to: Math.max(1, times.at(-1) ?? 1) }
          const line = decimated(pointsOf(numbers, times), span, columns)
          const width = span.to / columns
          for (let column = 0; column < columns; column++) {
            const isLast = column === columns - 1
            const inside = numbers.filter((_, index) => {
              const time = times[index] ?? 0
              return time >= column * width && (isLast || time < (column + 1) * width)
            })
            const drawn = [line[2 * column], line[2 * column + 1]].filter((value) => typeof value === 'number')
            expect(new Set(drawn)).toEqual(
              new Set(inside.length === 0 ? [] : [Math.min(...inside), Math.max(...inside)]),
            )
          }
        },
      ),
    )
  })

  it('keeps the order of the least and the greatest', () => {
    expect(decimated(pointsOf([1, 9, 9, 2], [0, 1, 10, 11]), { from: 0, to: 20 }, 2)).toEqual([1, 9, 9, 2])
  })

  it('ends before a silence of five times the usual interval', () => {
    const times = [0, 1_000, 2_000, 3_000, 4_000, 12_000, 13_000]
    const span = { from: 0, to: 14_000 }
    const points = pointsOf(
      times.map(() => 1),
      times,
    )
    expect(longestSilence(points, span)).toBe(5_000)
    const line = decimated(points, span, 14)
    expect(line.indexOf(null)).toBe(10)
    expect(line.filter((value) => value === null)).toHaveLength(1)
  })

  it('stands at times within the span', () => {
    expect(gridTimes({ from: 0, to: 8 }, 4)).toEqual([0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5])
  })
})
