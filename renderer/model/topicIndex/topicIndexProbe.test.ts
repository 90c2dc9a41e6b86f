import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { filterMatches, parseFilter } from '#shared/mqtt/topicFilter'
import { filterArbitrary } from '../../../test/support/filterUniverse'
import { frameOfMessages } from '../messageLog/messageLogTesting'
import { createTopicIndex, type ProbeAnswer } from './topicIndex'
import { maximumDepth, type TopicNode } from './topicIndexNode'

/** An index with the topic numbers the main process would give; its clock moves with every look at it. */
const createBench = (step = 1) => {
  const topicNames: string[] = []
  let clock = 0
  const index = createTopicIndex({ topicNames, now: () => (clock += step) })
  const numberOf = (topic: string) => {
    const known = topicNames.indexOf(topic)
    return known >= 0 ? known : topicNames.push(topic) - 1
  }
  const send = (...topics: string[]) =>
    index.apply(
      frameOfMessages(
        1,
        topics.map((topic) => ({ topicId: numberOf(topic), payload: '' })),
      ),
    )
  const settled = (filter: string) => {
    let answer = index.probe(filter)
    while (answer.pending) answer = index.probe(filter)
    return answer
  }
  return { index, send, settled }
}

const nodesOf = (nodes: readonly TopicNode[]): TopicNode[] => nodes.flatMap((node) => [node, ...nodesOf(node.children)])
const countsOf = ({ topics, messages }: ProbeAnswer) => ({ topics, messages })
const isBelow = (topic: string, path: string) => topic.startsWith(`${path}/`)

const expectMarksOf = (filter: string, bench: ReturnType<typeof createBench>, sent: readonly string[]) => {
  const matching = new Set(sent.filter((topic) => filterMatches(filter, topic)))
  const messages = sent.filter((topic) => matching.has(topic)).length
  expect([filter, countsOf(bench.settled(filter))]).toEqual([filter, { topics: matching.size, messages }])
  const wrong = nodesOf(bench.index.firstLevel()).filter((node) => {
    const leads = node.children.length > 0 && [...matching].some((topic) => isBelow(topic, node.topic))
    return bench.index.isProbed(node) !== matching.has(node.topic) || bench.index.leadsToProbed(node) !== leads
  })
  expect([filter, wrong.map(({ topic }) => topic)]).toEqual([filter, []])
}

const topicArbitrary = fc
  .array(fc.constantFrom('', 'a', 'b', '$x'), { minLength: 1, maxLength: 4 })
  .map((levels) => levels.join('/'))
  .filter((topic) => topic !== '')

describe('a probe of the topic tree', () => {
  it('marks and counts what the filter matches, and what leads there', () => {
    fc.assert(
      fc.property(fc.array(topicArbitrary, { maxLength: 20 }), fc.array(filterArbitrary), (sent, filters) => {
        const bench = createBench()
        bench.send(...sent)
        for (const filter of filters) expectMarksOf(filter, bench, sent)
      }),
    )
  })

  it('leaves out all other rows where only what matches is wanted, with the way there open', () => {
    fc.assert(
      fc.property(fc.array(topicArbitrary, { maxLength: 20 }), filterArbitrary, (sent, filter) => {
        const { index, send, settled } = createBench()
        send(...sent)
        settled(filter)
        const all = nodesOf(index.firstLevel())
        const wanted = all.filter((node) => index.isProbed(node) || index.leadsToProbed(node))
        const rowsWith = (expanded: ReadonlySet<string>) =>
          index.visibleRows({ expanded, sort: 'name', search: '', probed: true }).rows.map(({ topic }) => topic)
        const everything = new Set(all.map(({ topic }) => topic))
        expect(rowsWith(everything).toSorted()).toEqual(wanted.map(({ topic }) => topic).toSorted())
        // A branch that is taken as a whole opens by hand, because it may be the whole tree.
        const { levels } = parseFilter(filter)
        const deepest = levels.at(-1) === '#' ? Math.max(levels.length - 2, 0) : levels.length - 1
        const untouched = wanted.filter(({ depth }) => depth <= deepest)
        expect(rowsWith(new Set()).toSorted()).toEqual(untouched.map(({ topic }) => topic).toSorted())
      }),
    )
  })

  it('judges what comes later, also in the middle of its walk and after another filter', () => {
    const step = fc.record({ topics: fc.array(topicArbitrary, { maxLength: 8 }), filter: fc.option(filterArbitrary) })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), filterArbitrary, (steps, last) => {
        // Each call is over after 256 nodes, so that the walk is still under way when topics come.
        const bench = createBench(1_000)
        const sent = Array.from({ length: 600 }, (_, at) => `b/${at}`)
        bench.send(...sent)
        for (const { topics, filter } of steps) {
          bench.index.probe(filter ?? last)
          bench.send(...topics)
          sent.push(...topics)
        }
        expectMarksOf(last, bench, sent)
      }),
      { numRuns: 40 },
    )
  })

  it('is right at once for a topic that is new while the walk is under way', () => {
    const bench = createBench(1_000)
    bench.send(...Array.from({ length: 1_000 }, (_, at) => `a/${at}/b`))
    expect(bench.index.probe('a/+/b').pending).toBe(true)
    bench.send('a/new/b', 'a/new/c')
    expect(bench.index.isProbed(bench.index.find('a/new/b')!)).toBe(true)
    expect(bench.index.leadsToProbed(bench.index.find('a')!)).toBe(true)
    expect(bench.index.isProbed(bench.index.find('a/new/c')!)).toBe(false)
    expect(countsOf(bench.settled('a/+/b'))).toEqual({ topics: 1_001, messages: 1_001 })
  })

  it('counts a topic once that is sent again before the walk has come to it', () => {
    const bench = createBench(1_000)
    const topics = Array.from({ length: 1_000 }, (_, at) => `a/${at}/b`)
    bench.send(...topics)
    expect(bench.index.probe('a/+/b').pending).toBe(true)
    bench.send(...topics)
    expect(countsOf(bench.settled('a/+/b'))).toEqual({ topics: 1_000, messages: 2_000 })
  })

  it('counts a branch only from its first own message on', () => {
    const bench = createBench()
    bench.send('a/b')
    expect(countsOf(bench.settled('+'))).toEqual({ topics: 0, messages: 0 })
    bench.send('a', 'a')
    expect(countsOf(bench.settled('+'))).toEqual({ topics: 1, messages: 2 })
  })

  it.each(['', '#/a', 'a#'])('matches nothing with %j, and forgets what it had marked', (filter) => {
    const bench = createBench()
    bench.send('a')
    bench.settled('a')
    expect(bench.settled(filter)).toMatchObject({ topics: 0, messages: 0, pending: false })
    bench.send('a', 'b')
    expect(bench.settled(filter)).toMatchObject({ topics: 0, messages: 0, pending: false })
    expect(bench.index.isProbed(bench.index.find('a')!)).toBe(false)
  })

  it('starts over with an emptied tree and keeps its filter', () => {
    const bench = createBench()
    bench.send('a/b')
    bench.settled('a/#')
    bench.index.clear()
    expect(countsOf(bench.settled('a/#'))).toEqual({ topics: 0, messages: 0 })
    bench.send('a/b', 'b')
    expect(countsOf(bench.settled('a/#'))).toEqual({ topics: 1, messages: 1 })
  })

  it('matches topics deeper than the tree by all their levels', () => {
    const deep = (levels: number) => Array.from({ length: levels }, () => 'a').join('/')
    const depths = [maximumDepth - 1, maximumDepth, maximumDepth + 1, maximumDepth + 2, maximumDepth + 50]
    const sent = depths.map(deep)
    for (const levels of [...depths, maximumDepth + 49])
      for (const filter of [deep(levels), `${deep(levels)}/#`, `${deep(levels)}/+`, `+/${deep(levels - 1)}`]) {
        const bench = createBench()
        bench.send(...sent)
        const matching = sent.filter((topic) => filterMatches(filter, topic)).length
        expect(bench.settled(filter).topics).toBe(matching)
      }
  })

  it('takes as few topics with tens of thousands of levels in one call as it has time for', () => {
    const rest = '/a'.repeat(30_000)
    const looksFor = (sent: readonly string[]) => {
      const bench = createBench(1_000)
      bench.send(...sent)
      let calls = 1
      for (; bench.index.probe(`+${'/+'.repeat(30_000)}`).pending; calls++);
      return calls
    }
    const names = Array.from({ length: 50 }, (_, at) => `${at}`)
    expect(looksFor(names)).toBe(1)
    expect(looksFor(names.map((name) => `a${rest.slice(0, -1)}${name}`))).toBeGreaterThanOrEqual(50)
  })

  it('goes down only where the filter goes', () => {
    const bench = createBench(1_000)
    bench.send(...Array.from({ length: 2_000 }, (_, at) => `wide/${at}`), 'a/1/b')
    expect(bench.index.probe('a/+/b')).toMatchObject({ topics: 1, pending: false })
    expect(bench.index.probe('wide/+').pending).toBe(true)
  })
})
