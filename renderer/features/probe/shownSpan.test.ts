import fc from 'fast-check'
import { expect, it } from 'vitest'
import { shownSpan } from './shownSpan'

it('holds as many as it may, among them the one that is wanted', () => {
  fc.assert(
    fc.property(fc.nat(300), fc.integer({ min: 1, max: 128 }), fc.nat(300), (count, size, wanted) => {
      fc.pre(wanted < count)
      const { from, to } = shownSpan(count, size, wanted)
      expect(to - from).toBe(Math.min(count, size))
      expect([from >= 0, to <= count, from <= wanted, wanted < to]).toEqual([true, true, true, true])
      if (wanted < size) expect(from).toBe(0)
      expect(shownSpan(count, size, null)).toEqual({ from: 0, to: Math.min(count, size) })
    }),
  )
})
