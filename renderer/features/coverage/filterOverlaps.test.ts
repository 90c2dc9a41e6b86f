import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isCoveredBy } from '#shared/mqtt/filterAlgebra'
import { filterMatches, parseFilter } from '#shared/mqtt/topicFilter'
import { filterArbitrary, topicsUpTo } from '../../../test/support/filterUniverse'
import { caveats, createFilterOverlaps, type ComparedFilter } from './filterOverlaps'

const topics = topicsUpTo(6)
const topicsIn = (filter: string) => new Set(topics.filter((topic) => filterMatches(filter, topic)))

const compared = (filter: string, given: Partial<ComparedFilter> = {}): ComparedFilter => ({
  id: filter,
  filter,
  qos: 0,
  options: '',
  muted: false,
  granted: true,
  ...given,
})
const overlapsOf = (list: readonly ComparedFilter[]) => {
  const overlaps = createFilterOverlaps(list)
  while (overlaps.advance(() => true));
  return overlaps
}
const listArbitrary = fc.uniqueArray(filterArbitrary, { minLength: 1, maxLength: 5 }).chain((filters) =>
  fc.tuple(
    ...filters.map((filter) =>
      fc
        .record({
          qos: fc.constantFrom(0, 1, 2),
          options: fc.constantFrom('x', 'y'),
          muted: fc.boolean(),
          granted: fc.boolean(),
        })
        .map((given) => compared(filter, given)),
    ),
  ),
)

describe('createFilterOverlaps', () => {
  it('calls equal, containing, overlapping and disjoint what has such topics', () => {
    fc.assert(
      fc.property(listArbitrary, (list) => {
        const overlaps = overlapsOf(list)
        const pairs = overlaps.pairs()
        const topicsBy = new Map(list.map(({ filter }) => [filter, topicsIn(filter)]))
        expect(pairs.length + overlaps.disjoint()).toBe((list.length * (list.length - 1)) / 2)
        for (const { one, other, relation } of pairs) {
          const [inOne = new Set(), inOther = new Set()] = [topicsBy.get(one), topicsBy.get(other)]
          const inBoth = [...inOne].filter((topic) => inOther.has(topic)).length
          expect(inBoth).toBeGreaterThan(0)
          const containsOther = inBoth === inOther.size
          const isContained = inBoth === inOne.size
          expect(relation).toBe(
            containsOther && isContained ? 'equal' : containsOther || isContained ? 'contains' : 'overlaps',
          )
          if (relation === 'contains') expect(containsOther).toBe(true)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('names a cover of which nothing can be left out, without a caveat wherever there is such a one', () => {
    fc.assert(
      fc.property(listArbitrary, (list) => {
        const overlaps = overlapsOf(list)
        const share = (one: ComparedFilter) => parseFilter(one.filter).shareName
        for (const one of list) {
          const peers = list.filter((other) => other !== one && share(other) === share(one))
          const free = peers.filter(
            (other) =>
              share(other) === null &&
              other.granted &&
              other.qos >= one.qos &&
              other.options === one.options &&
              (!other.muted || one.muted),
          )
          const found = overlaps.redundancyOf(one.id)
          const names = (some: readonly ComparedFilter[]) => some.map(({ filter }) => filter)
          expect(found !== null).toBe(isCoveredBy(one.filter, names(peers)))
          if (!found) continue
          expect(isCoveredBy(one.filter, found.by)).toBe(true)
          for (const left of found.by)
            expect(
              isCoveredBy(
                one.filter,
                found.by.filter((other) => other !== left),
              ),
            ).toBe(false)
          expect(found.caveats.length === 0).toBe(isCoveredBy(one.filter, names(free)))
          expect(caveats).toEqual(expect.arrayContaining([...found.caveats]))
        }
      }),
      { numRuns: 200 },
    )
  })

  it('says what would change: QoS, options, muted messages, the group of a shared subscription', () => {
    const overlaps = overlapsOf([
      compared('a/#', { qos: 1 }),
      compared('a/b', { qos: 2 }),
      compared('a/c', { qos: 1, options: 'no local' }),
      compared('a/d'),
      compared('$share/g/a/b'),
      compared('$share/g/a/+'),
      compared('$share/h/a/#'),
      compared('m/#', { muted: true }),
      compared('m/1'),
    ])
    const caveatsOf = (id: string) => overlaps.redundancyOf(id)?.caveats
    expect(caveatsOf('a/#')).toBeUndefined()
    expect(overlaps.redundancyOf('a/b')).toEqual({ by: ['a/#'], caveats: ['qos'], mutual: false })
    expect(caveatsOf('a/c')).toEqual(['options'])
    expect(caveatsOf('a/d')).toEqual([])
    expect(overlaps.redundancyOf('$share/g/a/b')).toEqual({ by: ['$share/g/a/+'], caveats: ['group'], mutual: false })
    expect(caveatsOf('$share/h/a/#')).toBeUndefined()
    expect(caveatsOf('m/1')).toEqual(['muted'])
  })

  it('takes what the server has not granted for a cover only where nothing else is one, and says so', () => {
    const ungranted = { granted: false }
    const overlaps = overlapsOf([compared('#', ungranted), compared('a/#', { muted: true }), compared('a/b')])
    expect(overlaps.redundancyOf('a/b')).toEqual({ by: ['a/#'], caveats: ['muted'], mutual: false })
    expect(overlaps.redundancyOf('a/#')).toEqual({ by: ['#'], caveats: ['notGranted'], mutual: false })
    const together = overlapsOf([compared('a/#'), compared('a', ungranted), compared('a/+/#')])
    expect(together.redundancyOf('a/#')).toMatchObject({ by: ['a', 'a/+/#'], caveats: ['notGranted'] })
    const lower = [compared('a'), compared('a/+/#')]
    const either = overlapsOf([compared('a/#', { qos: 1 }), compared('#', { qos: 1, ...ungranted }), ...lower])
    expect(either.redundancyOf('a/#')).toMatchObject({ by: ['a', 'a/+/#'], caveats: ['qos'] })
  })

  it('sees covers of several filters, and that of two equal ones only one may go', () => {
    const several = overlapsOf([compared('a/#'), compared('a'), compared('a/+/#')])
    expect(several.redundancyOf('a/#')).toEqual({ by: ['a', 'a/+/#'], caveats: [], mutual: true })
    expect(several.redundancyOf('a')).toEqual({ by: ['a/#'], caveats: [], mutual: true })
    const equal = overlapsOf([compared('#'), compared('+/#')])
    expect(equal.pairs()).toEqual([{ one: '#', other: '+/#', relation: 'equal' }])
    expect(equal.redundancyOf('#')).toEqual({ by: ['+/#'], caveats: [], mutual: true })
  })

  it('compares a hundred filters in slices', () => {
    const list = Array.from({ length: 100 }, (_, index) => compared(index === 0 ? '#' : `a/${index}`))
    const overlaps = createFilterOverlaps(list)
    let slices = 1
    while (overlaps.advance(() => true)) slices += 1
    expect([overlaps.pairs().length, overlaps.disjoint()]).toEqual([99, 4_851])
    expect(slices).toBeGreaterThan(150)
    expect(overlaps.redundancyOf('a/7')).toEqual({ by: ['#'], caveats: [], mutual: false })
  })
})
