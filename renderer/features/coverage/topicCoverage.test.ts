import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { filterMatches } from '#shared/mqtt/topicFilter'
import { filterArbitrary, topicsUpTo } from '../../../test/support/filterUniverse'
import { createTopicCoverage, throughs, type TopicQuery } from './topicCoverage'

const nodesOf = (topics: readonly string[]) => topics.map((topic) => ({ topic }))
const universe = topicsUpTo(3)

const queryArbitrary = fc.record({
  through: fc.constantFrom(...throughs),
  of: fc.constantFrom<readonly string[]>([], ['0'], ['1'], ['0', '1'], ['1', '2']),
})

/** The rule itself: each topic held against each filter. */
const bruteForce = (filters: readonly string[], topics: readonly string[]) => {
  const idsOf = (topic: string) => filters.flatMap((filter, id) => (filterMatches(filter, topic) ? [String(id)] : []))
  const places = (accepts: (ids: readonly string[]) => boolean) =>
    topics.flatMap((topic, place) => (accepts(idsOf(topic)) ? [place] : []))
  const accepts = {
    any: () => true,
    several: (ids: readonly string[]) => ids.length > 1,
    one: (ids: readonly string[]) => ids.length === 1,
    none: (ids: readonly string[]) => ids.length === 0,
  }
  return {
    idsOf,
    places,
    placesOf: ({ through, of }: TopicQuery) =>
      places((ids) => accepts[through](ids) && of.every((id) => ids.includes(id))),
  }
}

describe('createTopicCoverage', () => {
  it('says of every topic and filter what holding each against each says, also while it is under way', () => {
    fc.assert(
      fc.property(
        fc.array(filterArbitrary, { minLength: 1, maxLength: 6 }),
        fc.subarray(universe, { minLength: 1 }),
        fc.array(queryArbitrary, { minLength: 1, maxLength: 3 }),
        (filters, topics, queries) => {
          const list: { topic: string }[] = []
          const coverage = createTopicCoverage(filters.map((filter, id) => ({ id: String(id), filter })))
          const query = (turn: number) => queries[turn % queries.length]!
          for (const [turn, part] of [topics.slice(0, 7), topics.slice(7, 50), topics.slice(50)].entries()) {
            list.push(...nodesOf(part))
            coverage.ask(query(turn))
            coverage.advance(list, () => true)
            const looked = topics.slice(0, coverage.looked())
            expect(coverage.places()).toEqual(bruteForce(filters, looked).placesOf(query(turn)))
          }
          expect(coverage.advance(list, () => false)).toBe(false)
          const rule = bruteForce(filters, topics)
          for (const through of throughs)
            expect(coverage.count(through)).toBe(rule.placesOf({ through, of: [] }).length)
          for (const [place, topic] of topics.entries()) expect(coverage.idsAt(place)).toEqual(rule.idsOf(topic))
          for (const id of filters.map((_, index) => String(index))) {
            expect(coverage.topicsOf(id)).toBe(rule.placesOf({ through: 'any', of: [id] }).length)
            expect(coverage.onlyOf(id)).toBe(rule.placesOf({ through: 'one', of: [id] }).length)
            const inside = rule.places((ids) => ids.includes('0') && ids.includes(id))
            expect(coverage.between(['0', id], [])).toEqual({
              topics: inside.length,
              example: topics[inside[0] ?? -1] ?? null,
            })
            const apart = rule.places((ids) => ids.includes('0') && !ids.includes(id))
            expect(coverage.between(['0'], [id]).topics).toBe(apart.length)
          }
          for (const one of queries) {
            coverage.ask(one)
            expect(coverage.places()).toEqual(rule.placesOf(one))
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  it('looks at each topic once, in slices, and starts over with another list', () => {
    const coverage = createTopicCoverage([{ id: 'a', filter: 'a/#' }])
    coverage.ask({ through: 'none', of: [] })
    let looks = 0
    const watched = (topics: readonly string[]) =>
      topics.map((topic) => ({
        get topic() {
          looks += 1
          return topic
        },
      }))
    const list = watched(Array.from({ length: 200 }, (_, index) => `a/${index}`))
    let slices = 1
    while (coverage.advance(list, () => true)) slices += 1
    expect([slices, looks, coverage.topicsOf('a')]).toEqual([4, 200, 200])
    list.push(...watched(['b']))
    coverage.advance(list, () => true)
    expect([looks, coverage.count('none')]).toEqual([201, 1])
    coverage.advance(watched(['a', 'c']), () => true)
    expect([coverage.looked(), coverage.topicsOf('a'), coverage.count('none')]).toEqual([2, 1, 1])
    expect(coverage.places()).toEqual([1])
  })
})
