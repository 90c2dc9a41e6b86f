import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { narrowestCover } from '#shared/mqtt/filterCover'
import { filterMatches } from '#shared/mqtt/topicFilter'
import type { TopicNode } from '../../model/topicIndexNode'
import { createSentIndex, indexOf } from '../../model/topicIndexTesting'
import type { TopicIndex } from '../../model/topicIndex'
import { createFilterProposer, shownFilters } from './filterProposal'

const proposalOf = (tree: TopicIndex, marks: readonly string[]) =>
  createFilterProposer(tree, () => 0)(new Set(marks), 0)
const proposalFor = (sent: readonly string[], ...marks: readonly string[]) => proposalOf(indexOf(sent), marks)

const nodesOf = (nodes: readonly TopicNode[]): TopicNode[] => nodes.flatMap((node) => [node, ...nodesOf(node.children)])
const levelArbitrary = fc.constantFrom('', 'a', 'b', 'c', '$x')
const topicArbitrary = fc
  .array(levelArbitrary, { minLength: 1, maxLength: 4 })
  .map((levels) => levels.join('/'))
  .filter((topic) => topic !== '')

describe('the filters proposed for marked rows', () => {
  it('match every topic of every marked row, and count exactly what else they match', () => {
    const caseArbitrary = fc.record({
      sent: fc.array(topicArbitrary, { minLength: 1, maxLength: 20 }),
      lot: fc.infiniteStream(fc.boolean()),
    })
    fc.assert(
      fc.property(caseArbitrary, ({ sent, lot }) => {
        const tree = indexOf(sent)
        const marks = nodesOf(tree.firstLevel())
          .filter(() => lot.next().value)
          .map(({ topic }) => topic)
        const topics = [...new Set(sent)]
        const wanted = topics.filter((topic) => marks.some((mark) => topic === mark || topic.startsWith(`${mark}/`)))
        const { rows, topics: covered, leftOut, fewest, byRow } = proposalOf(tree, marks)
        expect([rows, covered, leftOut]).toEqual([marks.length, wanted.length, 0])
        for (const list of [fewest, byRow ?? fewest]) {
          expect(list.count).toBe(list.shown.length)
          for (const topic of wanted) expect(list.shown.some(({ filter }) => filterMatches(filter, topic))).toBe(true)
          for (const { filter, count } of list.shown) {
            const matching = topics.filter((topic) => filterMatches(filter, topic))
            const others = matching.filter((topic) => !wanted.includes(topic))
            expect([filter, count?.topics, count?.outside]).toEqual([filter, matching.length, others.length])
            expect(count?.examples.every((topic) => others.includes(topic))).toBe(true)
          }
        }
        for (const { count } of byRow?.shown ?? []) expect(count?.outside).toBe(0)
      }),
    )
  })

  it('are the narrowest cover where the rows are topics', () => {
    const marks = ['p/1/t', 'p/2/t']
    const { fewest, byRow } = proposalFor([...marks, 'p/3/t', 'p/3/x'], ...marks)
    expect(fewest.shown.map(({ filter }) => filter)).toEqual(narrowestCover(marks))
    expect(fewest.shown).toEqual([{ filter: 'p/+/t', count: { topics: 3, outside: 1, examples: ['p/3/t'] } }])
    expect(byRow?.shown.map(({ filter }) => filter)).toEqual(marks)
  })

  it('take a branch with everything below, and count a row inside it once', () => {
    const { rows, topics, fewest, byRow } = proposalFor(['a/b', 'a/b/c', 'a/b/d', 'a/e'], 'a/b', 'a/b/c')
    expect([rows, topics, byRow]).toEqual([2, 3, null])
    expect(fewest.shown).toEqual([{ filter: 'a/b/#', count: { topics: 3, outside: 0, examples: [] } }])
  })

  it('leave out what no filter can stand for, and say how many', () => {
    expect(proposalFor(['$share/g/a', 'a/+', 'b'], '$share/g/a', 'a/+', 'b')).toMatchObject({
      rows: 3,
      leftOut: 2,
      fewest: { count: 1, shown: [{ filter: 'b' }] },
    })
  })

  it('show the first of very many, and know how many there are', () => {
    const sent = Array.from({ length: 3_000 }, (_, at) => `d${at}/x${at}/${at}`)
    const { fewest, byRow } = proposalFor(sent, ...sent)
    expect([fewest.count, fewest.shown.length, byRow]).toEqual([3_000, shownFilters, null])
  })

  it('are counted a slice at a time, and the numbers before stay until the new ones are there', () => {
    const { index: tree, send } = createSentIndex()
    send(Array.from({ length: 2_000 }, (_, at) => `a/${at}/t`))
    // Every look at the clock is a second later, so that each call stops after its first slice.
    let clock = 0
    const proposer = createFilterProposer(tree, () => (clock += 1_000))
    const settled = (marks: ReadonlySet<string>, at: number) => {
      let answer = proposer(marks, at)
      while (answer.pending) answer = proposer(marks, at)
      return answer
    }
    const marks = new Set(['a/1/t', 'a/2/t'])
    const first = proposer(marks, 0)
    expect(first).toMatchObject({ pending: true, fewest: { shown: [{ filter: 'a/+/t', count: null }] } })
    const counted = settled(marks, 0)
    expect(counted.fewest.shown[0]?.count).toMatchObject({ topics: 2_000, outside: 1_998 })

    send(['a/new/t'])
    expect(proposer(marks, 0)).toBe(counted)
    clock += 60_000
    expect(proposer(marks, 1)).toEqual({ ...counted, pending: true })
    expect(settled(marks, 1).fewest.shown[0]?.count).toMatchObject({ topics: 2_001, outside: 1_999 })
    expect(proposer(new Set(['a/1/t', 'a/3/t']), 1).fewest.shown[0]?.count).toBeNull()
  })

  it('are made anew for new topics less often the more work that is', () => {
    const { index, send } = createSentIndex()
    send(['a/1', 'a/2'])
    let clock = 0
    const proposer = createFilterProposer(index, () => (clock += 1))
    const marks = new Set(['a/1'])
    const first = proposer(marks, 0)
    send(['a/3'])
    expect(proposer(marks, 1)).toBe(first)
    clock += 20
    expect(proposer(marks, 1)).not.toBe(first)
  })
})
