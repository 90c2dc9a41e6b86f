import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { relationOf } from '#shared/mqtt/filterAlgebra'
import { parseFilter } from '#shared/mqtt/topicFilter'
import { filterArbitrary } from '../../../test/support/filterUniverse'
import { disjointReason } from './disjointReason'

describe('disjointReason', () => {
  it.each([
    ['a/b', 'a/+/c', { kind: 'depth', one: { levels: 2, orMore: false }, other: { levels: 3, orMore: false } }],
    ['a/b/c/#', '+/+', { kind: 'depth', one: { levels: 3, orMore: true }, other: { levels: 2, orMore: false } }],
    ['a/b/#', '+/c/d', { kind: 'level', level: 2, one: 'b', other: 'c' }],
    ['$SYS/#', '#', { kind: 'dollar' }],
    ['+/x', '$share/g/$SYS/x', { kind: 'dollar' }],
    ['/#', '+', { kind: 'empty' }],
  ])('of %s and %s', (one, other, reason) => {
    expect(relationOf(one, other)).toBe('disjoint')
    expect(disjointReason(one, other)).toEqual(reason)
  })

  it('is always one that holds', () => {
    fc.assert(
      fc.property(filterArbitrary, filterArbitrary, (a, b) => {
        fc.pre(relationOf(a, b) === 'disjoint')
        const reason = disjointReason(a, b)
        if (reason.kind === 'level') {
          expect(parseFilter(a).levels[reason.level - 1]).toBe(reason.one)
          expect(parseFilter(b).levels[reason.level - 1]).toBe(reason.other)
          expect(reason.one).not.toBe(reason.other)
        }
        if (reason.kind === 'empty') {
          const first = [parseFilter(a).levels, parseFilter(b).levels].map((levels) => levels.join('/'))
          expect(first.toSorted()).toEqual(['+', '/#'])
        }
      }),
      { numRuns: 500 },
    )
  })
})
