import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { filterArbitrary, topicsUpTo } from '../../test/support/filterUniverse'
import { explainFilter, filterProblemOf, type FilterDescription } from './filterExplanation'
import { filterMatches, levelsOf, topicFilterProblem } from './topicFilter'

const topics = topicsUpTo(6, ['', 'a', '$x'])
const textArbitrary = fc.string({ unit: fc.constantFrom('a', '度', '+', '#', '/', '/', '$', '\0', '$share/') })

const descriptionOf = (filter: string): FilterDescription => {
  const explanation = explainFilter(filter)
  if (explanation.problem) throw new Error(`${filter} is not valid`)
  return explanation.description
}
const partsOf = (filter: string) => explainFilter(filter).parts.map(({ kind, text }) => [kind, text])

describe('the parts of a filter', () => {
  it('make up the text again, whatever it is', () => {
    fc.assert(
      fc.property(textArbitrary, (text) => {
        const { parts } = explainFilter(text)
        expect(parts.map((part) => part.text).join('/')).toBe(text)
        for (const part of parts) expect(text.slice(part.start, part.end)).toBe(part.text)
      }),
    )
  })

  it('blame one of them, the one with the offending character, where the text is not valid', () => {
    fc.assert(
      fc.property(textArbitrary, (text) => {
        const { parts, problem } = explainFilter(text)
        const invalid = parts.filter(({ kind }) => kind === 'invalid')
        expect(invalid).toHaveLength(topicFilterProblem(text) === null ? 0 : 1)
        for (const { start, end } of invalid) {
          expect(problem?.column).toBeGreaterThanOrEqual(start)
          expect(problem?.column).toBeLessThanOrEqual(end)
        }
      }),
    )
  })

  it.each<[string, [string, string][]]>([
    [
      'a/+//#',
      [
        ['literal', 'a'],
        ['plus', '+'],
        ['emptyLevel', ''],
        ['hash', '#'],
      ],
    ],
    [
      '$share/g/$SYS/$x',
      [
        ['shareGroup', '$share/g'],
        ['dollar', '$SYS'],
        ['literal', '$x'],
      ],
    ],
    [
      '$share/g//',
      [
        ['shareGroup', '$share/g'],
        ['emptyLevel', ''],
        ['emptyLevel', ''],
      ],
    ],
    [
      'a/b#/c',
      [
        ['literal', 'a'],
        ['invalid', 'b#'],
        ['literal', 'c'],
      ],
    ],
    [
      '#/a',
      [
        ['invalid', '#'],
        ['literal', 'a'],
      ],
    ],
    [
      '$share/g+/a',
      [
        ['invalid', '$share/g+'],
        ['literal', 'a'],
      ],
    ],
    ['$share/g', [['invalid', '$share/g']]],
    [
      '$share/g/',
      [
        ['shareGroup', '$share/g'],
        ['invalid', ''],
      ],
    ],
    ['', [['invalid', '']]],
  ])('of %j', (filter, expected) => {
    expect(partsOf(filter)).toEqual(expected)
  })

  it.each(['x'.repeat(66_000), 'x/'.repeat(33_000)])('are not to blame where the filter is too long', (filter) => {
    const { parts, problem } = explainFilter(filter)
    expect([problem?.code, new Set(parts.map(({ kind }) => kind)).has('invalid')]).toEqual(['tooLong', false])
  })

  it('count levels as topics do, behind the share group', () => {
    expect(explainFilter('$share/g/a/#').parts.map(({ level, start, end }) => [level, start, end])).toEqual([
      [null, 0, 8],
      [0, 9, 10],
      [1, 11, 12],
    ])
  })
})

describe('what is wrong with a filter', () => {
  it('is told with the place and the clause', () => {
    expect(filterProblemOf('a/b#/c')).toEqual({
      code: 'hashNotAlone',
      level: 1,
      column: 3,
      clause: '§4.7.1.2',
      statement: 'MQTT-4.7.1-1',
    })
    expect(filterProblemOf('$share/g')).toMatchObject({ clause: '§4.8.2', statement: 'MQTT-4.8.2-2' })
    expect(filterProblemOf('a/#')).toBeNull()
  })
})

describe('the description of a filter', () => {
  it.each<[string, Partial<FilterDescription>]>([
    ['a/b', { prefix: ['a', 'b'], freeLevels: [], depth: 'exact', leastLevels: 2, leavesOutDollarTopics: false }],
    ['a/+/c/+', { prefix: ['a'], freeLevels: [1, 3], laterLevels: [{ level: 2, text: 'c' }], leastLevels: 4 }],
    ['#', { prefix: [], freeLevels: [], depth: 'open', leastLevels: 1, leavesOutDollarTopics: true }],
    ['/#', { prefix: [''], depth: 'open', leastLevels: 2, leavesOutDollarTopics: false }],
    ['//#', { prefix: ['', ''], depth: 'open', leastLevels: 2 }],
    ['a/#', { prefix: ['a'], depth: 'open', leastLevels: 1 }],
    ['$share/g/+/#', { shareName: 'g', prefix: [], freeLevels: [0], depth: 'open', leastLevels: 1 }],
  ])('of %s', (filter, expected) => {
    expect(descriptionOf(filter)).toMatchObject(expected)
  })

  it('says as much as the filter', () => {
    fc.assert(
      fc.property(filterArbitrary, (filter) => {
        const { prefix, freeLevels, laterLevels, depth, leastLevels, leavesOutDollarTopics } = descriptionOf(filter)
        const fixed = [...prefix.map((text, level) => ({ level, text })), ...laterLevels]
        for (const topic of topics) {
          const levels = levelsOf(topic)
          const expected =
            (depth === 'open' ? levels.length >= leastLevels : levels.length === leastLevels) &&
            fixed.every(({ level, text }) => levels[level] === text) &&
            !(leavesOutDollarTopics && topic.startsWith('$'))
          if (filterMatches(filter, topic) !== expected) expect([filter, topic]).toBe(expected)
        }
        expect(fixed.map(({ level }) => level).some((level) => freeLevels.includes(level))).toBe(false)
      }),
    )
  })
})
