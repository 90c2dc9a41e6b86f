import fc from 'fast-check'
import { expect, it } from 'vitest'
import { firstWidth, hasRoom } from './fit'

const sides = ['connections', 'left', 'right'] as const

it('leaves the log 520 pixels and more in every window, beside all sides that have room', () => {
  fc.assert(
    fc.property(fc.integer({ min: 800, max: 6_000 }), fc.integer({ min: 400, max: 3_000 }), (width, height) => {
      const size = { width, height }
      const taken = sides.filter((side) => hasRoom(side, size)).reduce((sum, side) => sum + firstWidth(side, size), 0)
      expect(width - taken).toBeGreaterThanOrEqual(520)
    }),
  )
})
