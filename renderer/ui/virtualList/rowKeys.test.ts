import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRowKeys } from './rowKeys'

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index)

describe('createRowKeys', () => {
  it('gives every row in view a key of its own, and rows that stay keep theirs, wherever the view goes', () => {
    fc.assert(
      fc.property(fc.array(fc.uniqueArray(fc.nat(60), { maxLength: 30 })), (views) => {
        const keysOf = createRowKeys()
        let before = new Map<number, number>()
        for (const rows of views) {
          const keyOf = keysOf(rows)
          const now = new Map(rows.map((row) => [row, keyOf(row)]))
          expect(new Set(now.values()).size).toBe(rows.length)
          expect(rows.every((row) => keyOf(row) >= 0)).toBe(true)
          for (const [row, key] of now) if (before.has(row)) expect(key).toBe(before.get(row))
          before = now
        }
      }),
    )
  })

  it.each([
    ['down', 103],
    ['up by one', 99],
    ['up', 95],
  ])('lets rows that stay in view keep their keys as the view moves %s', (_way, from) => {
    const keysOf = createRowKeys()
    const keyBefore = keysOf(range(100, 110))
    const stayed = range(100, 110).filter((row) => row >= from && row < from + 10)
    const before = stayed.map(keyBefore)
    expect(stayed.map(keysOf(range(from, from + 10)))).toEqual(before)
  })

  it('keeps the keys of found rows as others are found between them', () => {
    const keysOf = createRowKeys()
    const before = [10, 30, 50].map(keysOf([10, 30, 50]))
    expect([10, 30, 50].map(keysOf([10, 20, 30, 40, 50]))).toEqual(before)
  })

  it('needs no more keys than rows have been in view at once, however far the view scrolls', () => {
    const keysOf = createRowKeys()
    const keys = new Set<number>()
    for (let from = 0; from < 1_000; from += 3)
      range(from, from + 10 + (from % 2))
        .map(keysOf(range(from, from + 10 + (from % 2))))
        .forEach((key) => keys.add(key))
    expect(keys.size).toBe(11)
  })

  it('starts over in order after a jump, so that no element is moved', () => {
    const keysOf = createRowKeys()
    keysOf(range(0, 10))
    keysOf(range(7, 17))
    expect(range(500, 510).map(keysOf(range(500, 510)))).toEqual(range(0, 10))
  })
})
