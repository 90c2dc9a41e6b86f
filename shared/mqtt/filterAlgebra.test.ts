import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { filterArbitrary, filtersUpTo, topicsUpTo } from '../../test/support/filterUniverse'
import {
  exampleOnly,
  exampleTopic,
  isCoveredBy,
  leastCover,
  relationOf,
  shapeOf,
  type FilterRelation,
} from './filterAlgebra'
import { filterMatches, levelsMatch, levelsOf, parseFilter, topicNameProblem } from './topicFilter'

/** Which of the topics a filter matches, by their places. */
const topicsAmong = (topics: readonly (readonly string[])[], filter: string): readonly boolean[] => {
  const { levels } = parseFilter(filter)
  return topics.map((topic) => levelsMatch(levels, topic))
}
type Places = readonly boolean[]
const isWithin = (one: Places, other: Places) => one.every((isIn, place) => !isIn || other[place])
const isApart = (one: Places, other: Places) => one.every((isIn, place) => !isIn || !other[place])

const relationBySets = (one: Places, other: Places): FilterRelation => {
  if (isWithin(one, other)) return isWithin(other, one) ? 'equal' : 'contained'
  if (isWithin(other, one)) return 'contains'
  return isApart(one, other) ? 'disjoint' : 'overlaps'
}

/** Filters have up to four levels and a #: six levels and a fresh one tell all that topics can. */
const deepTopics = topicsUpTo(6).map(levelsOf)

describe('the relation of two filters', () => {
  const filters = filtersUpTo(2).flatMap((filter) => [filter, `$share/g/${filter}`])
  const topics = topicsUpTo(4).map(levelsOf)
  const setOf = new Map(filters.map((filter) => [filter, topicsAmong(topics, filter)]))

  it('is that of their sets of topics, for every pair of small filters', () => {
    for (const [a, one] of setOf)
      for (const [b, other] of setOf) {
        const relation = relationOf(a, b)
        if (relation !== relationBySets(one, other))
          expect([a, b, relation]).toEqual([a, b, relationBySets(one, other)])
      }
  })

  it('is that of their sets of topics for deeper filters', () => {
    fc.assert(
      fc.property(filterArbitrary, filterArbitrary, (a, b) => {
        expect(relationOf(a, b)).toBe(relationBySets(topicsAmong(deepTopics, a), topicsAmong(deepTopics, b)))
      }),
    )
  })

  it.each<[string, string, FilterRelation]>([
    ['#', '+/#', 'equal'],
    ['/#', '/+/#', 'equal'],
    ['a/#', 'a/+/#', 'contains'],
    ['a/#', 'a', 'contains'],
    ['a/+', 'a/#', 'contained'],
    ['+', '#', 'contained'],
    ['#', '$SYS/#', 'disjoint'],
    ['+/a', '$SYS/+', 'disjoint'],
    ['+', '/#', 'disjoint'],
    ['a/+', '+/b', 'overlaps'],
    ['a/+', 'a', 'disjoint'],
    ['a/b', 'a/c', 'disjoint'],
    ['a/+/#', 'a/#', 'contained'],
    ['$share/g/a/+', 'a/+', 'equal'],
    ['$share/g/#', '$share/h/a/$b', 'contains'],
    ['+/+', '/', 'contains'],
    ['a/', 'a', 'disjoint'],
  ])('of %s to %s: %s', (a, b, expected) => {
    expect(relationOf(a, b)).toBe(expected)
  })

  it('names a topic for each part that is not empty, and none for the others', () => {
    const isTopicOf = (topic: string | null) => topic !== null && topicNameProblem(topic) === null
    for (const [a, one] of setOf)
      for (const [b, other] of setOf) {
        const both = exampleTopic(a, b)
        const only = exampleOnly(a, b)
        const bothIsRight = both === null ? isApart(one, other) : filterMatches(a, both) && filterMatches(b, both)
        const onlyIsRight = only === null ? isWithin(one, other) : filterMatches(a, only) && !filterMatches(b, only)
        const areTopics = (both === null || isTopicOf(both)) && (only === null || isTopicOf(only))
        if (!bothIsRight || !onlyIsRight || !areTopics) expect([a, b, both, only]).toEqual(['right', '', '', ''])
      }
  })

  it('names levels that a person can tell from those of the filters', () => {
    expect(exampleTopic('a/+', '+/b')).toBe('a/b')
    expect(exampleTopic('#', '#')).toBe('x')
    expect(exampleTopic('/#', '#')).toBe('/x')
    expect(exampleOnly('a/#', 'a/+')).toBe('a')
    expect(exampleOnly('x/+', 'x/x1')).toBe('x/x2')
    expect(exampleOnly('#', 'x')).toBe('x1')
  })

  it('is found at once for filters of as many levels as there can be', () => {
    const long = '+/'.repeat(32_767)
    expect(relationOf(`${long}#`, `${long}+`)).toBe('contains')
    expect(relationOf('#', `${long}#`)).toBe('contains')
    expect(relationOf(`${long}a`, `${long}b`)).toBe('disjoint')
  })
})

describe('a filter covered by others together', () => {
  it('is one whose every topic one of them matches', () => {
    fc.assert(
      fc.property(filterArbitrary, fc.array(filterArbitrary, { maxLength: 6 }), (filter, others) => {
        const shapes = others.map((other) => parseFilter(other).levels)
        const matched = topicsAmong(deepTopics, filter)
        const expected = deepTopics.every(
          (topic, place) => !matched[place] || shapes.some((shape) => levelsMatch(shape, topic)),
        )
        expect([filter, others, isCoveredBy(filter, others)]).toEqual([filter, others, expected])
      }),
    )
  })

  it('has a least cover just then, from which what stood first was left out where it could be', () => {
    fc.assert(
      fc.property(filterArbitrary, fc.array(filterArbitrary, { maxLength: 6 }), (filter, others) => {
        let expected = [...others.keys()]
        const covers = (places: readonly number[]) =>
          isCoveredBy(
            filter,
            places.map((place) => others[place]!),
          )
        const isCovered = covers(expected)
        for (const place of others.keys()) {
          const without = expected.filter((one) => one !== place)
          if (covers(without)) expected = without
        }
        expect(leastCover(shapeOf(filter), others.map(shapeOf))).toEqual(isCovered ? expected : null)
      }),
      { numRuns: 500 },
    )
  })

  // A time that grew with the square of their number would be hours, and no test has that long.
  it('has its least cover found among 300,000 others', () => {
    const count = 300_000
    const others = [...Array.from({ length: count }, (_, at) => shapeOf(`a/${at}`)), ...['a', 'a/+/#'].map(shapeOf)]
    expect(leastCover(shapeOf('a/#'), others)).toEqual([count, count + 1])
  })

  it('is so for covers made of the filter itself, one depth after the other', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('', 'a', '+'), { minLength: 1, maxLength: 3 }), (levels) => {
        const prefix = levels.join('/')
        fc.pre(prefix !== '')
        const parts = [prefix, `${prefix}/+`, `${prefix}/+/+/#`]
        expect(isCoveredBy(`${prefix}/#`, parts)).toBe(true)
        expect(isCoveredBy(`${prefix}/#`, parts.slice(1))).toBe(false)
        expect(isCoveredBy(`${prefix}/#`, parts.slice(0, 2))).toBe(false)
      }),
    )
  })

  it.each<[string, string[], boolean]>([
    ['a/#', ['a', 'a/+/#'], true],
    ['#', ['+', '+/+/#'], true],
    ['#', ['+', '+/+', '$SYS/#'], false],
    ['/#', ['/+/#'], true],
    ['a/+', ['a/b', 'a/c'], false],
    ['+/b', ['a/b', '+/#'], true],
    ['$SYS/#', ['#'], false],
    ['$SYS/+', ['#', '$SYS/#'], true],
    ['a', [], false],
  ])('%s by %j: %s', (filter, others, expected) => {
    expect(isCoveredBy(filter, others)).toBe(expected)
  })
})
