import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { filterArbitrary, filtersUpTo, smallAlphabet, topicsUpTo } from '../../test/support/filterUniverse'
import { createFilterTrie } from './filterTrie'
import { filterMatches, levelsOf } from './topicFilter'

const trieOf = (filters: readonly string[]) => createFilterTrie(filters.map((filter, at) => [filter, at]))

describe('a trie of filters', () => {
  it('answers what a look at every filter answers, in the order the filters were given', () => {
    const topics = topicsUpTo(4, smallAlphabet)
    fc.assert(
      fc.property(fc.array(filterArbitrary, { maxLength: 30 }), (filters) => {
        const trie = trieOf(filters)
        for (const topic of topics) {
          const expected = filters.flatMap((filter, at) => (filterMatches(filter, topic) ? [at] : []))
          expect([topic, trie.matching(levelsOf(topic))]).toEqual([topic, expected])
        }
      }),
    )
  })

  it('answers for every small filter at once', () => {
    const filters = filtersUpTo(2).flatMap((filter) => [filter, `$share/g/${filter}`])
    const trie = trieOf(filters)
    for (const topic of topicsUpTo(4)) {
      const expected = filters.flatMap((filter, at) => (filterMatches(filter, topic) ? [at] : []))
      expect(trie.matching(levelsOf(topic))).toEqual(expected)
    }
  })

  it('knows which filters of the well-known table match a/b/c/d', () => {
    const matching = ['a/b/c/d', '#', 'a/#', 'a/b/#', 'a/b/c/#', '+/b/c/#', '+/b/c/d', 'a/+/c/d', 'a/+/+/d', '+/+/+/+']
    const others = ['a/b/c', 'b/+/c/d', '+/+/+']
    const trie = createFilterTrie([...others, ...matching].map((filter) => [filter, filter]))
    expect(trie.matching(['a', 'b', 'c', 'd'])).toEqual(matching)
  })

  it('keeps each of several equal filters', () => {
    expect(trieOf(['a', '+', 'a', '$share/g/a', 'a']).matching(['a'])).toEqual([0, 1, 2, 3, 4])
  })

  it('takes filters and topics of as many levels as there can be', () => {
    const topic = '/'.repeat(65_535)
    expect(trieOf([topic, '#', `${'+/'.repeat(32_767)}#`, 'a']).matching(levelsOf(topic))).toEqual([0, 1, 2])
  })

  it('matches nothing where there are no filters', () => {
    expect(trieOf([]).matching(['a'])).toEqual([])
  })
})
