import fc from 'fast-check'
import { expect, it } from 'vitest'
import { largestTaken } from './bisect'

it('finds the limit exactly, with few questions', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 70_000 }), async (limit) => {
      const asked: number[] = []
      const found = await largestTaken({ least: 1, most: 65_535 }, (value) => {
        asked.push(value)
        return Promise.resolve(value <= limit)
      })
      expect(found).toEqual({ value: limit < 1 ? null : Math.min(limit, 65_535), isAtLeast: limit >= 65_535 })
      expect(asked.length).toBeLessThanOrEqual(18)
    }),
  )
})

it('ends where an answer is wanted no more', async () => {
  let left = 3
  const found = await largestTaken({ least: 1, most: 65_535 }, (value) =>
    Promise.resolve(left-- === 0 ? null : value < 100),
  )
  expect(found).toBeNull()
})
