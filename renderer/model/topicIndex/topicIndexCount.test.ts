import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { filterMatches } from '#shared/mqtt/topicFilter'
import { filterArbitrary } from '../../../test/support/filterUniverse'
import { indexOf } from './topicIndexTesting'
import { maximumDepth, type TopicNode } from './topicIndexNode'

const nodesOf = (nodes: readonly TopicNode[]): TopicNode[] => nodes.flatMap((node) => [node, ...nodesOf(node.children)])

const topicArbitrary = fc
  .array(fc.constantFrom('', 'a', 'b', '$x'), { minLength: 1, maxLength: 4 })
  .map((levels) => levels.join('/'))
  .filter((topic) => topic !== '')
const sentArbitrary = fc.array(topicArbitrary, { maxLength: 20 })

describe('topics counted along a filter', () => {
  it('are those that the filter matches, with all their messages', () => {
    fc.assert(
      fc.property(sentArbitrary, filterArbitrary, (sent, filter) => {
        const messages = sent.filter((topic) => filterMatches(filter, topic))
        const expected = { topics: new Set(messages).size, messages: messages.length }
        expect(indexOf(sent).countMatching(filter)).toEqual(expected)
      }),
    )
  })

  it('leave what a probe has marked as it is', () => {
    const index = indexOf(['a/b', 'a/c', 'd'])
    const before = index.probe('a/+')
    expect(index.countMatching('#')).toEqual({ topics: 3, messages: 3 })
    expect(index.probe('a/+')).toEqual(before)
    expect(index.isProbed(index.find('a/b')!)).toBe(true)
    expect(index.isProbed(index.find('d')!)).toBe(false)
  })

  it('are none for a filter that is not valid, and not told when the time is over', () => {
    const index = indexOf(['a', 'b'])
    expect(index.countMatching('#/a')).toEqual({ topics: 0, messages: 0 })
    expect(index.countMatching('+', () => true)).toBeNull()
  })

  it('are looked for with a look at the time after each that has tens of thousands of levels', () => {
    const sent = Array.from({ length: 50 }, (_, at) => `a${'/a'.repeat(30_000)}${at}`)
    let looks = 0
    const exhausted = () => looks++ < 0
    expect(indexOf(sent).countMatching(`+${'/+'.repeat(30_000)}`, exhausted)?.topics).toBe(50)
    expect(looks).toBeGreaterThanOrEqual(50)
  })

  it('are right below the depth of the tree', () => {
    const deep = (levels: number) => Array.from({ length: levels }, () => 'a').join('/')
    const sent = [maximumDepth, maximumDepth + 1, maximumDepth + 2, maximumDepth + 50].map(deep)
    for (const filter of [deep(maximumDepth + 2), `${deep(maximumDepth + 2)}/#`, `${deep(maximumDepth + 49)}/+`])
      expect(indexOf(sent).countMatching(filter)?.topics).toBe(
        sent.filter((topic) => filterMatches(filter, topic)).length,
      )
  })
})

describe('topics a filter matches outside marked rows', () => {
  it('are those in none of their branches, with examples', () => {
    const caseArbitrary = fc.record({
      sent: sentArbitrary,
      filter: filterArbitrary,
      lot: fc.infiniteStream(fc.boolean()),
      limit: fc.nat(4),
    })
    fc.assert(
      fc.property(caseArbitrary, ({ sent, filter, lot, limit }) => {
        const index = indexOf(sent)
        const marked = new Set(nodesOf(index.firstLevel()).filter(() => lot.next().value))
        const isMarked = (topic: string) =>
          [...marked].some((node) => topic === node.topic || topic.startsWith(`${node.topic}/`))
        const outside = new Set(sent.filter((topic) => filterMatches(filter, topic) && !isMarked(topic)))
        const counting = index.startCounting([filter, '#'], { marked, examples: limit })
        while (counting.advance(() => true)) expect(counting.done.length).toBeLessThan(2)
        const [answer] = counting.done
        expect(answer?.topics).toBe(index.countMatching(filter)?.topics)
        expect(answer?.outside).toBe(outside.size)
        expect(new Set(answer?.examples).size).toBe(Math.min(limit, outside.size))
        for (const example of answer?.examples ?? []) expect(outside.has(example)).toBe(true)
      }),
    )
  })
})
