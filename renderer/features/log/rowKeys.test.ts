import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRowKeys } from './rowKeys'

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index)

describe('createRowKeys', () => {
  it('gives every row in view a key of its own, wherever the view goes', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(200), fc.nat(30))), (views) => {
        const keysOf = createRowKeys()
        for (const [from, rows] of views) {
          const keyOf = keysOf(from, from + rows)
          const keys = range(from, from + rows).map(keyOf)
          expect(new Set(keys).size).toBe(rows)
          expect(keys.every((key) => key >= 0)).toBe(true)
        }
      }),
    )
  })

  it('lets a row that stays in view keep its key', () => {
    const keysOf = createRowKeys()
    const before = keysOf(100, 110)
    const kept = range(103, 110).map(before)
    expect(range(103, 110).map(keysOf(103, 113))).toEqual(kept)
  })

  it('needs no more keys than a screenful and one, however far the view scrolls', () => {
    const keysOf = createRowKeys()
    const keys = new Set<number>()
    for (let from = 0; from < 1_000; from += 3)
      range(from, from + 10)
        .map(keysOf(from, from + 10))
        .forEach((key) => keys.add(key))
    expect(keys.size).toBe(11)
  })

  it('starts over in order after a jump, so that no element is moved', () => {
    const keysOf = createRowKeys()
    keysOf(0, 10)
    keysOf(7, 17)
    expect(range(500, 510).map(keysOf(500, 510))).toEqual(range(0, 10))
  })
})
