import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareSiblings, orderAtEnd, ordersAfterMove } from './siblingOrder'

const siblings = fc.uniqueArray(
  fc.record({
    id: fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 4 }),
    name: fc.string({ maxLength: 3 }),
    order: fc.oneof(fc.constant(null), fc.integer({ min: -3000, max: 3000 })),
  }),
  { selector: ({ id }) => id, minLength: 1, maxLength: 12 },
)
const one = (id: string, order: number | null) => ({ id, name: id, order })

describe('the order of siblings', () => {
  it('is the one that was asked for after a move, and the others keep theirs', () => {
    fc.assert(
      fc.property(siblings, fc.nat(), fc.nat(), (all, from, to) => {
        const moved = all[from % all.length]
        if (!moved) return
        const others = all.filter(({ id }) => id !== moved.id).toSorted(compareSiblings)
        const place = to % (others.length + 1)
        const changed = ordersAfterMove(all, moved.id, others[place]?.id ?? null)
        const after = all.map((sibling) => ({ ...sibling, order: changed.get(sibling.id) ?? sibling.order }))
        expect(after.toSorted(compareSiblings).map(({ id }) => id)).toEqual(
          others.toSpliced(place, 0, moved).map(({ id }) => id),
        )
      }),
    )
  })

  it('changes the number of the moved one alone where there is room', () => {
    const all = [one('a', 1000), one('b', 2000), one('c', 3000)]
    expect([...ordersAfterMove(all, 'c', 'b')]).toEqual([['c', 1500]])
    expect([...ordersAfterMove(all, 'c', 'a')]).toEqual([['c', 0]])
    expect([...ordersAfterMove(all, 'a', null)]).toEqual([['a', 4000]])
    expect([...ordersAfterMove([one('a', 1), one('b', 2), one('c', 3)], 'c', 'b')]).toEqual([
      ['a', 1000],
      ['c', 2000],
      ['b', 3000],
    ])
  })

  it('has a place at the end without touching another one', () => {
    expect(orderAtEnd([])).toBe(1000)
    expect(orderAtEnd([one('a', 1500), one('b', -1)])).toBe(2000)
    expect(orderAtEnd([one('a', 1000), one('b', null)])).toBeNull()
  })
})
