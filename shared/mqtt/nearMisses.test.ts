import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createNearMisses } from './nearMisses'
import { filterMatches, topicFilterProblem } from './topicFilter'

const missesOf = (filter: string, topics: readonly string[]) => {
  const misses = createNearMisses(filter)
  for (const topic of topics) misses.look(topic)
  return misses.found()
}
const nearestOf = (filter: string, ...topics: readonly string[]) => missesOf(filter, topics)[0]?.filter

describe('a filter that matches no topic', () => {
  it.each<[string, string, string[], string]>([
    ['other letter case', 'Plant/+/temp', ['plant/1/temp', 'plant/2/temp'], 'plant/+/temp'],
    ['other letter case, in each level', 'PLANT/Line/#', ['plant/line/a'], 'plant/line/#'],
    ['a level more', 'plant/temp', ['plant/1/temp'], 'plant/+/temp'],
    ['a level more at the end', 'plant/+', ['plant/1/temp', 'plant/2/temp'], 'plant/+/+'],
    ['a level less', 'plant/hall/+/temp', ['plant/1/temp'], 'plant/+/temp'],
    ['a missing #', 'plant', ['plant/1/temp', 'plant/2/state/x'], 'plant/#'],
    ['a singular', 'plants/+', ['plant/1'], 'plant/+'],
    ['a plural', 'battery/+', ['batteries/1'], 'batteries/+'],
    ['a plural in -es', 'switch/+', ['switches/1'], 'switches/+'],
    ['a leading slash too many', '/plant/1', ['plant/1'], 'plant/1'],
    ['a leading slash missing', 'plant/1', ['/plant/1'], '/plant/1'],
    ['a trailing slash too many', 'plant/1/', ['plant/1'], 'plant/1'],
    ['a trailing slash missing', 'plant/1', ['plant/1/'], 'plant/1/'],
    ['spaces', ' plant/line 1 /x', ['plant/line1/x'], 'plant/line1/x'],
    ['two slips at once', '/Plant/1', ['plant/1'], 'plant/1'],
    ['a share group, which stays', '$share/g/Plant/+', ['plant/1'], '$share/g/plant/+'],
  ])('may mean one with %s', (...[, filter, topics, nearest]) => {
    expect(nearestOf(filter, ...topics)).toBe(nearest)
  })

  it.each([
    ['plant/temp', ['plan/tempo', 'other', 'a/b/c/d']],
    ['+/b', ['c', 'd/e']],
    ['Plants /x', ['plant/X']],
    ['#', ['$SYS/uptime']],
    ['', ['a']],
    ['a/#/b', ['a/b']],
    ['plant/1', ['plant/1', 'Plant/1']],
  ])('means nothing else: %j beside %j', (filter, topics) => {
    expect(missesOf(filter, topics)).toEqual([])
  })

  it('names the nearest first, and of those the one that matches most', () => {
    expect(missesOf('Plant/+', ['plant/1', 'plant/2', 'PLANT/1', 'plants/1'])).toEqual([
      { filter: 'plant/+', topics: 2 },
      { filter: 'PLANT/+', topics: 1 },
      { filter: 'plants/+', topics: 1 },
    ])
  })
})

describe('near misses, whatever the filter and the topics', () => {
  const level = fc.constantFrom('', 'a', 'A', 'as', 'b ', 'b', 'city', 'cities', '$x')
  const topic = fc.array(level, { minLength: 1, maxLength: 4 }).map((levels) => levels.join('/'))
  const topics = fc.uniqueArray(
    topic.filter((text) => text !== ''),
    { maxLength: 40 },
  )
  const filter = fc
    .tuple(
      fc.constantFrom('', '$share/g/'),
      fc.array(fc.oneof(level, fc.constant('+')), { minLength: 1, maxLength: 4 }),
      fc.constantFrom('', '/#'),
    )
    .map(([share, levels, end]) => `${share}${levels.join('/')}${end}`)

  it('are valid filters, each once, that match as many topics as is said, and are none where the filter matches one', () => {
    fc.assert(
      fc.property(filter, topics, (given, seen) => {
        const found = missesOf(given, seen)
        if (topicFilterProblem(given) || seen.some((one) => filterMatches(given, one))) {
          expect(found).toEqual([])
          return
        }
        expect(new Set(found.map((miss) => miss.filter)).size).toBe(found.length)
        for (const miss of found) {
          expect(topicFilterProblem(miss.filter)).toBeNull()
          expect(miss.filter).not.toBe(given)
          expect(miss.topics).toBe(seen.filter((one) => filterMatches(miss.filter, one)).length)
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('are the same in whatever order the topics came', () => {
    fc.assert(
      fc.property(filter, topics, (given, seen) => {
        expect(missesOf(given, seen.toReversed())).toEqual(missesOf(given, seen))
      }),
    )
  })

  it('find back what one slip made of a filter', () => {
    const word = fc.constantFrom('plant', 'line', 'press', 'temp', 'state')
    const slips: ((levels: readonly string[]) => readonly string[])[] = [
      (levels) => levels.map((one) => one.toUpperCase()),
      (levels) => ['', ...levels],
      (levels) => [...levels, ''],
      (levels) => levels.with(0, ` ${levels[0] ?? ''}`),
      (levels) => levels.with(0, `${levels[0] ?? ''}s`),
      (levels) => levels.toSpliced(1, 0, 'hall'),
      (levels) => levels.slice(0, -1),
    ]
    fc.assert(
      fc.property(fc.array(word, { minLength: 2, maxLength: 5 }), fc.constantFrom(...slips), (levels, slip) => {
        const meant = levels.join('/')
        const found = missesOf(slip(levels).join('/'), [meant])
        expect(found.some((miss) => filterMatches(miss.filter, meant))).toBe(true)
      }),
    )
  })
})

it('holds a hundred thousand topics against a filter with one comparison of each level that is not known', () => {
  const misses = createNearMisses('Plant/+/press/temperature')
  for (let index = 0; index < 100_000; index += 1) misses.look(`plant/line${index}/press/temperature`)
  expect(misses.found()[0]).toEqual({ filter: 'plant/+/press/temperature', topics: 100_000 })
})
