import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createByteCopier } from './byteCopier'

it('copies what Buffer.copy copies, wherever the bytes lie, and nothing beside them', () => {
  const copy = createByteCopier()
  const bytes = fc.uint8Array({ maxLength: 2_100, size: 'max' })
  const places = fc.record({ lead: fc.nat(9), start: fc.nat(2_100), length: fc.nat(2_100), at: fc.nat(9) })
  fc.assert(
    fc.property(bytes, places, (given, { lead, start, length, at }) => {
      // Somewhere in a larger buffer, as the chunks of a socket are.
      const source = Buffer.from([...Buffer.alloc(lead, 1), ...given, 2]).subarray(lead, lead + given.length)
      const from = Math.min(start, source.length)
      const end = Math.min(from + length, source.length)
      const target = Buffer.alloc(at + end - from + 4, 7)
      const expected = Buffer.from(target)
      source.copy(expected, at, from, end)
      copy({ source, start: from, end }, target, at)
      expect(target.equals(expected)).toBe(true)
    }),
  )
})
