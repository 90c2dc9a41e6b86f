import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pointsOf } from './chartTesting'
import { stateRuns, statesOf } from './stateRuns'

const values = fc.array(fc.record({ step: fc.nat(400), text: fc.constantFrom('open', 'shut', 'ajar') }), {
  minLength: 1,
  maxLength: 80,
})

describe('the runs of a lane of states', () => {
  it('stand one after the other, each value in one of its text, or in one of several where its column has several', () => {
    fc.assert(
      fc.property(values, fc.nat(4_000), fc.integer({ min: 1, max: 50 }), (steps, begin, columns) => {
        let time = 0
        const times = steps.map(({ step }) => (time += step))
        const span = { from: begin, to: begin + 5_000 }
        const points = pointsOf(
          steps.map(({ text }) => text),
          times,
        )
        const runs = stateRuns(points, span, columns)
        runs.forEach(({ from, to }, place) => {
          expect(from).toBeGreaterThanOrEqual(runs[place - 1]?.to ?? 0)
          expect(to).toBeGreaterThan(from)
          expect(to).toBeLessThanOrEqual(columns)
        })
        const textsIn = Array.from({ length: columns }, () => new Set<string>())
        for (let index = Math.max(0, points.indexAt(span.from) - 1); index < times.length; index++) {
          const at = points.timeAt(index)
          if (at > span.to) break
          const column = Math.floor(((at - span.from) / 5_000) * columns)
          textsIn[Math.max(0, Math.min(columns - 1, column))]?.add(points.textAt(index))
        }
        const wrong = textsIn.flatMap((texts, column) => {
          if (texts.size === 0) return []
          const run = runs.find(({ from, to }) => from <= column && column < to)
          const isRight = texts.size > 1 ? run?.text === null : run?.text === [...texts][0]
          return isRight ? [] : [{ column, texts: [...texts], run }]
        })
        expect(wrong).toEqual([])
      }),
    )
  })

  it('end at a silence, and go on where the same state is told again', () => {
    const points = pointsOf(['a', 'a', 'a', 'b', 'b'], [0, 10, 20, 30, 90])
    expect(stateRuns(points, { from: 0, to: 100 }, 10)).toEqual([
      { from: 0, to: 3, text: 'a' },
      { from: 3, to: 4, text: 'b' },
      { from: 9, to: 10, text: 'b' },
    ])
  })

  it('begin with the state that was before the span', () => {
    const points = pointsOf(['a', 'b', 'b', 'b'], [0, 50, 90, 130])
    expect(stateRuns(points, { from: 20, to: 120 }, 10)[0]).toEqual({ from: 0, to: 3, text: 'a' })
  })
})

it('states have a place each, in the order in which they came, and those over eight have none', () => {
  expect(statesOf(pointsOf(['on', 'off', 'on']))).toEqual(['on', 'off'])
  expect(statesOf(pointsOf(Array.from({ length: 20 }, (_, index) => `s${index}`)))).toHaveLength(8)
})
