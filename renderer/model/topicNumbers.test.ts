import fc from 'fast-check'
import { createLocalPort } from './logSearch/localPort'
import { describe, expect, it } from 'vitest'
import { unnumberedTopic, type Frame } from '#shared/model/frame'
import { createConnectionModels, type ConnectionModel } from './connectionModel'
import { frameOfMessages } from './messageLog/messageLogTesting'
import type { SearchTerm } from './query/resolveQuery'

const noSets = { firstMatchSetId: 0, newMatchSets: [[]] }

/** The main process: numbers topics, forgets them, and packs one message a topic into a frame. */
const createMain = (limit = Infinity) => {
  let texts: string[] = []
  let from = 0
  let told = 0
  let sequence = 1
  let serverSession = 0
  const numberOf = (topic: string) => {
    const known = texts.indexOf(topic)
    if (known >= 0) return from + known
    return texts.length < limit ? from + texts.push(topic) - 1 : null
  }
  return {
    frame: (topics: readonly string[]): Frame => {
      const messages = topics.map((topic) => {
        const number = numberOf(topic)
        const bytes = new TextEncoder().encode(topic)
        return number === null
          ? { topicId: unnumberedTopic + bytes.length, unnumberedTopic: topic, payload: `of ${topic}` }
          : { topicId: number, payload: `of ${topic}` }
      })
      const first = Math.max(told, from)
      told = from + texts.length
      const frame = frameOfMessages(sequence, messages, {
        ...noSets,
        serverSession,
        topicsFrom: from,
        firstTopicId: first,
        newTopics: texts.slice(first - from),
      })
      sequence += topics.length
      return frame
    },
    forget: () => {
      from += texts.length
      texts = []
    },
    beginSession: () => {
      serverSession += 1
      from += texts.length
      texts = []
    },
    session: () => serverSession,
  }
}

const treeOf = (model: ConnectionModel) =>
  Object.fromEntries(model.tree.topics().map(({ topic, ownMessages }) => [topic, ownMessages]))
const logOf = (model: ConnectionModel) => {
  const { log } = model
  const rows: string[] = []
  for (let row = log.firstKeptRow(); row < log.endRow(); row++) {
    const found = log.rowAt(row)
    if (found?.kind !== 'message') continue
    expect(new TextDecoder().decode(found.message.payload)).toBe(`of ${found.message.topic}`)
    rows.push(found.message.topic)
  }
  return rows
}
const usedNumbers = (model: ConnectionModel) => model.topicNames.length

const open = () => createConnectionModels({ bytes: 2 ** 25, rows: null }, createLocalPort()).create()

describe('the numbers of topics', () => {
  it('stay what they are here when the main process forgets its own', () => {
    const model = open()
    const main = createMain()
    model.apply(main.frame(['a', 'b', 'a']))
    main.forget()
    model.apply(main.frame(['b', 'c', 'a']))
    expect(treeOf(model)).toEqual({ a: 3, b: 2, c: 1 })
    expect(logOf(model)).toEqual(['a', 'b', 'a', 'b', 'c', 'a'])
    expect(usedNumbers(model)).toBe(3)
  })

  it('are free again after a clear; what is still under way has its names', () => {
    const model = open()
    const main = createMain()
    model.apply(main.frame(['a', 'b']))
    model.clear()
    expect([treeOf(model), logOf(model)]).toEqual([{}, []])
    model.apply(main.frame(['b']))
    main.forget()
    model.apply(main.frame(['b', 'c', 'd']))
    expect(treeOf(model)).toEqual({ b: 2, c: 1, d: 1 })
    expect(logOf(model)).toEqual(['b', 'b', 'c', 'd'])
    expect(usedNumbers(model)).toBeLessThanOrEqual(3)
  })

  it('begin anew with a session: the tree is empty, and the log keeps its messages and their names', () => {
    const model = open()
    const main = createMain()
    model.apply(main.frame(['a', 'b', 'c']))
    main.beginSession()
    model.enterServerSession(main.session())
    expect(treeOf(model)).toEqual({})
    expect(model.log.latestOf('a')).toBeNull()
    model.apply(main.frame(['b', 'x']))
    expect(treeOf(model)).toEqual({ b: 1, x: 1 })
    expect(logOf(model)).toEqual(['a', 'b', 'c', 'b', 'x'])
  })

  it('are used again for other topics when neither tree nor log hold on to them', () => {
    const model = createConnectionModels({ bytes: 2 ** 25, rows: 10 }, createLocalPort()).create()
    const main = createMain()
    const topics = (round: number) => Array.from({ length: 100 }, (_, index) => `${round}/${index}`)
    for (let round = 0; round < 20; round++) {
      model.apply(main.frame(topics(round)))
      main.beginSession()
      model.enterServerSession(main.session())
    }
    expect(logOf(model)).toEqual(topics(19).slice(-10))
    expect(usedNumbers(model)).toBeLessThanOrEqual(120)
  })

  it('are not needed for a topic beyond the limit: it stands in the log and not in the tree', () => {
    const model = open()
    const main = createMain(1)
    model.apply(main.frame(['a', 'plant/線', 'a', 'b', 'plant/線']))
    expect(treeOf(model)).toEqual({ a: 2 })
    expect(logOf(model)).toEqual(['a', 'plant/線', 'a', 'b', 'plant/線'])
    const { log } = model
    expect([log.previousOf(5)?.sequence, log.previousOf(4), log.previousOf(3)?.sequence]).toEqual([2, null, 1])
    expect([log.latestOf('plant/線'), log.isLatestEvicted('plant/線')]).toEqual([null, false])
  })

  it('never mean two topics, whatever is forgotten, cleared or begun anew', () => {
    const name = fc.constantFrom('a', 'b', 'a/b', 'c', 'd', 'e/f/g')
    const step = fc.oneof(
      { weight: 5, arbitrary: fc.array(name, { minLength: 1, maxLength: 6 }) },
      fc.constantFrom('forget' as const, 'clear' as const, 'session' as const),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), fc.integer({ min: 0, max: 7 }), (steps, limit) => {
        const model = createConnectionModels({ bytes: 2 ** 25, rows: 12 }, createLocalPort()).create()
        const main = createMain(limit)
        let log: string[] = []
        let counts: Record<string, number> = {}
        let known = new Set<string>()
        for (const one of steps) {
          if (one === 'forget') {
            main.forget()
            known = new Set()
          } else if (one === 'clear') {
            model.clear()
            log = []
            counts = {}
          } else if (one === 'session') {
            main.beginSession()
            model.apply(main.frame([]))
            model.enterServerSession(main.session())
            counts = {}
            known = new Set()
          } else {
            model.apply(main.frame(one))
            for (const topic of one) {
              log.push(topic)
              if (!known.has(topic) && known.size >= limit) continue
              known.add(topic)
              counts[topic] = (counts[topic] ?? 0) + 1
            }
          }
          // The first session is told with the first frame; before it nothing is there that could begin anew.
          expect(logOf(model)).toEqual(log.slice(-12))
          expect(treeOf(model)).toEqual(counts)
        }
      }),
    )
  })
})

describe('a search in the log', () => {
  it('finds topics by the names their numbers have now, and those that have none', () => {
    const model = createConnectionModels({ bytes: 2 ** 25, rows: 4 }, createLocalPort()).create()
    const main = createMain(3)
    const found = () => {
      const rows = model.search.found()?.rows
      return Array.from({ length: rows?.count() ?? 0 }, (_, index) => rows?.rowAt(index))
    }
    model.apply(main.frame(['plant/old', 'plant/other', 'x', 'y']))
    const { search, log } = model
    const startWith = (test: SearchTerm['test']) =>
      search.start({ terms: [{ not: false, test }], mutedIds: [] }, log.endRow())
    startWith({ kind: 'topic', filter: 'plant/new' })
    expect(found()).toEqual([])
    main.beginSession()
    model.enterServerSession(1)
    model.apply(main.frame(['a', 'plant/new', 'b', 'plant/new']))
    main.beginSession()
    model.enterServerSession(2)
    model.apply(main.frame(['plant/new', 'q', 'r', 'plant/new']))
    expect(found()).toEqual([8, 11])
    startWith({ kind: 'text', text: 'LANT/N' })
    expect(found()).toEqual([8, 11])
    // The table is full: the topic stands in front of its message.
    model.apply(main.frame(['plant/newer', 'plant/new']))
    expect(found()).toEqual([11, 12, 13])
  })
})
