import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSequenceSet } from './sequenceSet'

/** Over the edges of words and pages, where mistakes would be. */
const sequences = fc.oneof(
  fc.nat(200),
  fc.integer({ min: 65_500, max: 65_600 }),
  fc.integer({ min: 131_040, max: 131_110 }),
)

describe('sequence numbers', () => {
  it('are known once they were added, whatever their order', () => {
    fc.assert(
      fc.property(fc.array(sequences), sequences, sequences, (added, one, other) => {
        const set = createSequenceSet(1_024)
        const naive = new Set<number>()
        for (const sequence of added) {
          expect(set.add(sequence)).toBe(naive.has(sequence) ? 'known' : 'added')
          naive.add(sequence)
        }
        const [from, to] = one < other ? [one, other] : [other, one]
        expect(set.size()).toBe(naive.size)
        expect(set.countBetween(from, to)).toBe(
          [...naive].filter((sequence) => sequence >= from && sequence < to).length,
        )
      }),
    )
  })

  it('of full pages take no room, so millions in order are one page', () => {
    const set = createSequenceSet(1)
    const count = 3_000_000
    for (let sequence = 0; sequence < count; sequence++) set.add(sequence)
    expect(set.size()).toBe(count)
    expect([0, 65_535, 65_536, count - 1].map(set.add)).toEqual(['known', 'known', 'known', 'known'])
    expect(set.countBetween(10, count + 100)).toBe(count - 10)
  })

  it('beyond the pages that are held are forgotten, the lowest first', () => {
    const set = createSequenceSet(2)
    for (const page of [0, 1, 2]) set.add(page * 65_536)
    expect(set.add(0)).toBe('forgotten')
    expect(set.add(65_536)).toBe('known')
    expect(set.size()).toBe(3)
  })
})
