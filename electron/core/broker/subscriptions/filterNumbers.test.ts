import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFilterNumbers, randomFirstNumber } from './filterNumbers'

describe('the numbers of filters', () => {
  it('are consecutive, kept, and lead back to their filters alone', () => {
    const numbers = createFilterNumbers(8_192)
    expect(['a', 'b', 'a'].map(numbers.assign)).toEqual([8_192, 8_193, 8_192])
    expect([8_191, 8_192, 8_193, 8_194, 1].map(numbers.filterOf)).toEqual([undefined, 'a', 'b', undefined, undefined])
  })

  it('begin anywhere from 4,096 on, with room for 16 million', () => {
    const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
    fc.assert(
      fc.property(random, (value) => {
        const first = randomFirstNumber(() => value)
        expect(first % 4_096).toBe(0)
        expect(first).toBeGreaterThanOrEqual(4_096)
        expect(first + 2 ** 24).toBeLessThanOrEqual(2 ** 28 - 1)
      }),
    )
    expect(randomFirstNumber(() => 0.25)).not.toBe(randomFirstNumber(() => 0.75))
  })
})
