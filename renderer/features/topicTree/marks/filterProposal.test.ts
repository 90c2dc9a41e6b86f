import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { narrowestCover } from '#shared/mqtt/filterCover'
import { filterMatches } from '#shared/mqtt/topicFilter'
import type { TopicNode } from '../../../model/topicIndex/topicIndexNode'
import { createSentIndex, indexOf } from '../../../model/topicIndex/topicIndexTesting'
import type { TopicIndex } from '../../../model/topicIndex/topicIndex'
import {
  createFilterProposer,
  mostLetters,
  mostRows,
  shownFilters,
  type FilterProposal,
  type FoundFilters,
} from './filterProposal'
import { marksOf, type RowMarks } from './rowMarks'

const foundIn = (proposal: FilterProposal): FoundFilters => {
  if (proposal.phase !== 'found') throw new Error(proposal.phase)
  return proposal
}
const proposalOf = (tree: TopicIndex, marks: readonly string[]) =>
  foundIn(createFilterProposer(tree, () => 0).proposalFor(marksOf(marks), 0))
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

  it('do not count a marked row as not marked because no filter can stand for it', () => {
    const { leftOut, fewest } = proposalFor(['a/x+y', 'a/b', 'a/c'], 'a/x+y', 'a/b', 'a/c')
    expect(leftOut).toBe(1)
    expect(fewest.shown).toEqual([{ filter: 'a/+', count: { topics: 3, outside: 0, examples: [] } }])
  })

  it('show the first of very many, and know how many there are', () => {
    const sent = Array.from({ length: 3_000 }, (_, at) => `d${at}/x${at}/${at}`)
    const { fewest, byRow } = proposalFor(sent, ...sent)
    expect([fewest.count, fewest.shown.length, byRow]).toEqual([3_000, shownFilters, null])
  })

  /** Every look at the clock is a second later, so that each call stops after its first step. */
  const createSteps = (tree: TopicIndex) => {
    let clock = 0
    const proposer = createFilterProposer(tree, () => (clock += 1_000))
    const settled = (marks: RowMarks, at: number) => {
      let calls = 1
      let answer = proposer.proposalFor(marks, at)
      for (; answer.pending; calls++) answer = proposer.proposalFor(marks, at)
      return { calls, answer }
    }
    const wait = () => (clock += 1e9)
    return { proposer, settled, wait }
  }

  it('are found a row at a time, then counted; what was found before stays until all is there', () => {
    const { index: tree, send } = createSentIndex()
    send(Array.from({ length: 2_000 }, (_, at) => `a/${at}/t`))
    const { proposer, settled, wait } = createSteps(tree)
    const marks = marksOf(['a/1/t', 'a/2/t'])
    let first = proposer.proposalFor(marks, 0)
    expect(first).toEqual({ phase: 'finding', rows: 2, pending: true })
    while (first.phase === 'finding') first = proposer.proposalFor(marks, 0)
    expect(first).toMatchObject({ pending: true, fewest: { shown: [{ filter: 'a/+/t', count: null }] } })
    const { answer: counted } = settled(marks, 0)
    expect(foundIn(counted).fewest.shown[0]?.count).toMatchObject({ topics: 2_000, outside: 1_998 })

    send(['a/new/t'])
    expect(proposer.proposalFor(marks, 0)).toBe(counted)
    wait()
    expect(proposer.proposalFor(marks, 1)).toEqual({ ...counted, pending: true })
    expect(foundIn(settled(marks, 1).answer).fewest.shown[0]?.count).toMatchObject({ topics: 2_001, outside: 1_999 })
    expect(proposer.proposalFor(marksOf(['a/1/t', 'a/3/t']), 1)).toMatchObject({ phase: 'finding', pending: true })
  })

  it('are worked out in as many more steps as there are more rows', () => {
    const sent = Array.from({ length: 2_000 }, (_, at) => `a/${at}/t`)
    const callsFor = (rows: number) => createSteps(indexOf(sent)).settled(marksOf(sent.slice(0, rows)), 0).calls
    const [few, many] = [callsFor(200), callsFor(2_000)]
    expect(few).toBeGreaterThan(200)
    expect(many / few).toBeLessThan(11)
  })

  it('are made anew for new topics less often the more work that is', () => {
    const made = (rows: number) => {
      const { index, send } = createSentIndex()
      const sent = Array.from({ length: rows }, (_, at) => `a/${at}`)
      send(sent)
      let looks = 0
      let later = 0
      const proposer = createFilterProposer(index, () => later + looks++ / 1e6)
      const marks = marksOf(sent)
      const first = proposer.proposalFor(marks, 1)
      expect(first.pending).toBe(false)
      send(['a/new'])
      for (let at = 2; proposer.proposalFor(marks, at) === first; at++) later += 1e-3
      return later
    }
    expect(made(100) / made(10)).toBeGreaterThan(5)
  })

  it('are none for too many rows, or for too much of them, and are for ten thousand', () => {
    const rows = (count: number) => marksOf(Array.from({ length: count }, (_, at) => `a/${at}`))
    const tree = indexOf([...rows(10_000).topics()])
    expect(createFilterProposer(tree, () => 0).proposalFor(rows(10_000), 0)).toMatchObject({
      phase: 'found',
      fewest: { count: 1, shown: [{ filter: 'a/+', count: { topics: 10_000 } }] },
    })
    const tooMany = rows(mostRows + 1)
    const none = { phase: 'tooMany', rows: tooMany.size, pending: false }
    expect(createFilterProposer(tree, () => 0).proposalFor(tooMany, 0)).toEqual(none)
    const deep = Array.from({ length: 300 }, (_, at) => `${'a/'.repeat(32_700)}${at}`)
    expect(deep.join('').length).toBeGreaterThan(mostLetters)
    expect(createFilterProposer(indexOf(deep), () => 0).proposalFor(marksOf(deep), 0).phase).toBe('tooMany')
  })
})
