import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { filterArbitrary, smallAlphabet, topicsUpTo } from '../../test/support/filterUniverse'
import { compareLevels } from './filterComparison'
import { filterMatches } from './topicFilter'

describe('a filter beside a topic', () => {
  it('fails in a row where it does not match, and in none where it does', () => {
    const few = topicsUpTo(5, smallAlphabet)
    fc.assert(
      fc.property(filterArbitrary, fc.constantFrom(...few), (filter, topic) => {
        const { rows, matches, firstFailure } = compareLevels(filter, topic)
        expect(matches).toBe(filterMatches(filter, topic))
        expect(firstFailure === null).toBe(matches)
        const topicLevels = rows.flatMap(({ topicLevel }) => (topicLevel === null ? [] : [topicLevel]))
        expect(topicLevels.join('/')).toBe(topic)
      }),
      { numRuns: 2_000 },
    )
  })

  it.each<[string, string, { readonly verdicts: string[]; readonly firstFailure: number | null }]>([
    ['a/+/c', 'a/b/c', { verdicts: ['match', 'match', 'match'], firstFailure: null }],
    ['a/+/c', 'a/b/d', { verdicts: ['match', 'match', 'mismatch'], firstFailure: 2 }],
    ['a/b/c', 'a', { verdicts: ['match', 'missingInTopic', 'missingInTopic'], firstFailure: 1 }],
    ['a', 'a/b/c', { verdicts: ['match', 'extraInTopic', 'extraInTopic'], firstFailure: 1 }],
    ['a/#', 'a', { verdicts: ['match', 'rest'], firstFailure: null }],
    ['a/#', 'a/b/c', { verdicts: ['match', 'rest', 'rest'], firstFailure: null }],
    ['#', '$SYS/up', { verdicts: ['dollar', 'rest'], firstFailure: 0 }],
    ['$share/g/+/up', '$SYS/up', { verdicts: ['dollar', 'match'], firstFailure: 0 }],
    ['b/+', 'a/x', { verdicts: ['mismatch', 'match'], firstFailure: 0 }],
    ['a/b/#', 'a', { verdicts: ['match', 'missingInTopic', 'rest'], firstFailure: 1 }],
    ['/a', 'a', { verdicts: ['mismatch', 'missingInTopic'], firstFailure: 0 }],
  ])('%s beside %s', (filter, topic, { verdicts, firstFailure }) => {
    const comparison = compareLevels(filter, topic)
    expect(comparison.rows.map(({ verdict }) => verdict)).toEqual(verdicts)
    expect(comparison.firstFailure).toBe(firstFailure)
  })
})
