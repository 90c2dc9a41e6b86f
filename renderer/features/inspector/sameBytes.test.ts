import fc from 'fast-check'
import { expect, it } from 'vitest'
import { sameBytes } from './sameBytes'

it('tells bytes apart that differ in one place or in length, wherever they lie in their memory', () => {
  const bytes = fc.uint8Array({ maxLength: 40 })
  fc.assert(
    fc.property(
      bytes,
      fc.nat(7),
      fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })),
      (one, lead, [place, change]) => {
        const other = Uint8Array.from([...Array<number>(lead).fill(7), ...one, 7]).subarray(lead, lead + one.length)
        expect(sameBytes(one, other)).toBe(true)
        expect(sameBytes(one, Uint8Array.from([...one, 0]))).toBe(false)
        if (one.length === 0) return
        const at = place % one.length
        other[at] = (other[at] ?? 0) ^ change
        expect(sameBytes(one, other)).toBe(false)
      },
    ),
  )
})
