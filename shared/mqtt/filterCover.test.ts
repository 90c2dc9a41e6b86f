import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { filtersUpTo, smallAlphabet, topicsUpTo } from '../../test/support/filterUniverse'
import { isCoveredBy, relationOf } from './filterAlgebra'
import { createFilterCover, narrowestCover } from './filterCover'
import { filterMatches, topicFilterProblem } from './topicFilter'

const topics = topicsUpTo(3, smallAlphabet)
const someTopics = fc.uniqueArray(fc.constantFrom(...topics), { minLength: 1, maxLength: 6 })
const filters = filtersUpTo(3)

describe('the narrowest cover of topics', () => {
  it('matches them all with valid filters, none of which another contains', () => {
    fc.assert(
      fc.property(someTopics, (marked) => {
        const cover = narrowestCover(marked)
        for (const topic of marked) expect(cover.some((filter) => filterMatches(filter, topic))).toBe(true)
        for (const filter of cover) expect(topicFilterProblem(filter)).toBeNull()
        for (const [place, filter] of cover.entries())
          expect(isCoveredBy(filter, cover.slice(0, place).concat(cover.slice(place + 1)))).toBe(false)
      }),
    )
  })

  it('has no filter that a narrower one could stand for', () => {
    fc.assert(
      fc.property(someTopics, (marked) => {
        for (const chosen of narrowestCover(marked)) {
          const share = marked.filter((topic) => filterMatches(chosen, topic))
          const narrower = filters.filter(
            (filter) =>
              share.every((topic) => filterMatches(filter, topic)) && relationOf(filter, chosen) === 'contained',
          )
          expect([marked, chosen, narrower]).toEqual([marked, chosen, []])
        }
      }),
      { numRuns: 50 },
    )
  })

  it('has one filter, or one for each first level and perhaps one for all without $', () => {
    fc.assert(
      fc.property(someTopics, (marked) => {
        const firstLevels = new Set(marked.map((topic) => topic.split('/')[0]))
        expect(narrowestCover(marked).length).toBeLessThanOrEqual(firstLevels.size)
      }),
    )
  })

  it('is the same filters in whatever order the topics come', () => {
    fc.assert(
      fc.property(
        someTopics.chain((marked) =>
          fc.tuple(fc.constant(marked), fc.shuffledSubarray(marked, { minLength: marked.length })),
        ),
        ([marked, shuffled]) => {
          expect(narrowestCover(shuffled).sort()).toEqual(narrowestCover(marked).sort())
        },
      ),
    )
  })

  it('matches whole branches too, with no filter that a narrower one could stand for', () => {
    const isIn = (one: string, other: string) => relationOf(other, one) === 'contains'
    const someWanted = fc
      .uniqueArray(fc.constantFrom(...topics.flatMap((topic) => [topic, `${topic}/#`])), { minLength: 1, maxLength: 6 })
      .map((list) => list.filter((one) => !list.some((other) => isIn(one, other))))
    fc.assert(
      fc.property(someWanted, (wanted) => {
        const cover = narrowestCover(wanted)
        for (const one of wanted)
          expect([wanted, cover, one, isCoveredBy(one, cover)]).toEqual([wanted, cover, one, true])
        for (const chosen of cover) {
          const share = wanted.filter((one) => isCoveredBy(one, [chosen]))
          const narrower = filters.filter(
            (filter) => share.every((one) => isCoveredBy(one, [filter])) && relationOf(filter, chosen) === 'contained',
          )
          expect([wanted, chosen, narrower]).toEqual([wanted, chosen, []])
        }
      }),
      { numRuns: 50 },
    )
  })

  it.each<[string[], string[]]>([
    [['a/b/#'], ['a/b/#']],
    [['a/b/#', 'a/c/#'], ['a/+/#']],
    [['a/b/c', 'a/d/#'], ['a/+/#']],
    [
      ['a/#', 'b/#'],
      ['a/#', 'b/#'],
    ],
    [
      ['/#', 'b/c'],
      ['/#', 'b/c'],
    ],
    [['a/b'], ['a/b']],
    [['a/b', 'a/b'], ['a/b']],
    [['a/1/t', 'a/2/t'], ['a/+/t']],
    [['a/1/t', 'a/2/h'], ['a/+/+']],
    [['a', 'b'], ['+']],
    [['dev1/status', 'dev2/status'], ['+/status']],
    [['a/b', 'a/b/c'], ['a/b/#']],
    [['a/1/t', 'a/2/t/max'], ['a/+/t/#']],
    [
      ['a/b', 'c/d'],
      ['a/b', 'c/d'],
    ],
    [
      ['a/b', 'c/d/e', 'a/c'],
      ['a/+', 'c/d/e'],
    ],
    [
      ['$SYS/a', 'x/a'],
      ['$SYS/a', 'x/a'],
    ],
    [
      ['$SYS/a', 'x/a', '$SYS/b', 'y/a', '$b/c'],
      ['$SYS/+', '+/a', '$b/c'],
    ],
    [['/a', '/b'], ['/+']],
    [['a/', 'a/b'], ['a/+']],
    [['$share/g/a', 'a'], ['a']],
    [[], []],
  ])('of %j: %j', (marked, expected) => {
    expect(narrowestCover(marked)).toEqual(expected)
  })

  it('names the topics themselves where a filter for them would be too long', () => {
    const long = 'a'.repeat(65_534)
    expect(narrowestCover([long, `${long}/`])).toEqual([long, `${long}/`])
  })
})

describe('a cover of topics that come one by one', () => {
  it('holds no topic as its levels, and looks no deeper than the shortest goes', () => {
    const deep = (name: string) => `${name}${'/a'.repeat(30_000)}`
    const split = vi.spyOn(String.prototype, 'split')
    const indexOf = vi.spyOn(String.prototype, 'indexOf')
    try {
      const cover = createFilterCover()
      for (const wanted of ['x/a', ...Array.from({ length: 50 }, (_, at) => deep(`x/${at}`))]) cover.add(wanted)
      expect(split).not.toHaveBeenCalled()
      expect(indexOf.mock.calls.length).toBeLessThan(51 * 12)
      expect([...cover.filters()]).toEqual([['x/+/#']])
    } finally {
      vi.restoreAllMocks()
    }
  })

  it('is told one group of them at a time', () => {
    const cover = createFilterCover()
    for (const wanted of ['a/b', 'c/d/e', 'a/c']) cover.add(wanted)
    expect([...cover.filters()]).toEqual([['a/+'], ['c/d/e']])
  })
})
