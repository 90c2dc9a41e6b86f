import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { holdsSequence, noSequences, rangeOf, withoutSequence, withRange } from './sequenceRanges'

const sequence = fc.integer({ min: 1, max: 40 })
const steps = fc.array(fc.tuple(fc.constantFrom('add', 'remove'), sequence, sequence), { maxLength: 30 })

describe('ranges of sequence numbers', () => {
  it('hold what a set of them would hold, in as few ranges as there can be', () => {
    fc.assert(
      fc.property(steps, (given) => {
        const naive = new Set<number>()
        let ranges = noSequences
        for (const [kind, one, other] of given) {
          const range = rangeOf(one, other)
          if (kind === 'add') {
            ranges = withRange(ranges, range)
            for (let each = range.from; each <= range.to; each++) naive.add(each)
          } else {
            ranges = withoutSequence(ranges, one)
            naive.delete(one)
          }
        }
        const all = Array.from({ length: 42 }, (_, each) => each)
        expect(all.filter((each) => holdsSequence(ranges, each))).toEqual([...naive].toSorted((a, b) => a - b))
        const gaps = ranges.slice(1).map(({ from }, index) => from - (ranges[index]?.to ?? 0))
        expect(gaps.every((gap) => gap > 1)).toBe(true)
      }),
    )
  })

  it('are one range however many are chosen at once', () => {
    const million = withRange(withRange(noSequences, rangeOf(7)), rangeOf(1_000_000, 1))
    expect(million).toEqual([{ from: 1, to: 1_000_000 }])
    expect(withoutSequence(million, 500).length).toBe(2)
  })
})
