import { describe, expect, it } from 'vitest'
import { createConnectionModels } from '../connectionModel'
import { frameOfMessages } from '../messageLog/messageLogTesting'
import { createMessageLog } from '../messageLog/messageLog'
import { parseQuery } from '../query/parseQuery'
import { resolveQuery } from '../query/resolveQuery'
import { createLocalPort } from './localPort'
import { noFilter, type FilterTerms } from './logFilter'
import { createLogSearches } from './logSearch'
import { createSearchEngine } from './searchEngine'
import type { SearchAnswer, SearchPort, SearchRequest } from './searchProtocol'
import type { Later } from './stuckWatch'

/** An engine at the other end of a channel: everything is cloned on its way, as between threads. */
const engineBehindChannel = () => {
  const { port1, port2 } = new MessageChannel()
  const requests: SearchRequest[] = []
  const engine = createSearchEngine({
    answer: (answer) =>
      port2.postMessage(answer, answer.kind === 'found' ? [answer.older.buffer, answer.newer.buffer] : []),
    schedule: (run) => setTimeout(run, 0),
    later: setTimeout,
    now: () => performance.now(),
  })
  port2.onmessage = ({ data }: MessageEvent<SearchRequest>) => engine.handle(data)
  const port: SearchPort = {
    post: (request) => {
      requests.push(request)
      port1.postMessage(request)
    },
    listen: (receive) => {
      port1.onmessage = ({ data }: MessageEvent<SearchAnswer>) => receive(data)
    },
    restart: () => undefined,
    onFailure: () => undefined,
  }
  return { port, requests, stop: () => port1.close() }
}

const names = { firstTopicId: 0, newTopics: ['a'], firstMatchSetId: 0, newMatchSets: [[]] }

/** An engine that answers no more from the next request of a kind on; every restart makes a sound one. */
const engineThatStalls = () => {
  const local = createLocalPort()
  let stallsAt: SearchRequest['kind'] | null = null
  let isStuck = false
  let restarts = 0
  const port: SearchPort = {
    ...local,
    post: (request) => {
      isStuck ||= request.kind === stallsAt
      if (!isStuck) local.post(request)
    },
    restart: () => {
      restarts += 1
      stallsAt = null
      isStuck = false
      local.restart()
    },
  }
  return {
    port,
    restarts: () => restarts,
    stall: (at: SearchRequest['kind']) => {
      stallsAt = at
    },
  }
}

/** Timers that run when the test says so, in the order of their time. */
const createTimers = () => {
  const waiting = new Set<{ readonly at: number; readonly run: () => void }>()
  let now = 0
  const later: Later = (run, milliseconds) => {
    const timer = { at: now + milliseconds, run }
    waiting.add(timer)
    return () => waiting.delete(timer)
  }
  const pass = (milliseconds: number) => {
    const until = now + milliseconds
    for (;;) {
      const [next] = [...waiting].filter(({ at }) => at <= until).sort((one, other) => one.at - other.at)
      if (!next) break
      waiting.delete(next)
      now = next.at
      next.run()
    }
    now = until
  }
  return { later, pass }
}

const logOf = (payloads: readonly string[]) => {
  const log = createMessageLog({ topicNames: ['a'], matchSets: [[]], limits: { bytes: 2 ** 25, rows: null } })
  log.append(
    frameOfMessages(
      1,
      payloads.map((payload) => ({ topicId: 0, payload })),
      names,
    ),
  )
  return log
}

const askedFor = (query: string): FilterTerms => ({
  ...noFilter,
  terms: resolveQuery(parseQuery(query), { subscriptions: [], now: 0 }).terms,
})

describe('a search that finds no end', () => {
  it('is ended after ten seconds of silence, with what was found, and the next one finds its messages', () => {
    const { port, restarts, stall } = engineThatStalls()
    const { later, pass } = createTimers()
    const search = createLogSearches(port, undefined, later)(logOf(['aaa', 'bbb']))
    search.start(askedFor('/a+/'), 2)
    expect(search.found()).toMatchObject({ searching: false, isStuck: false })
    pass(60_000)
    expect(restarts()).toBe(0)

    stall('search')
    search.start(askedFor('/(b+)+c/'), 2)
    pass(10_000)
    expect(search.found()?.isStuck).toBe(false)
    pass(1_000)
    expect(search.found()).toMatchObject({ searching: false, isStuck: true })
    expect(search.found()?.rows.count()).toBe(0)
    expect(restarts()).toBe(1)
    pass(60_000)
    expect(restarts()).toBe(1)

    search.start(askedFor('bb'), 2)
    expect(search.found()).toMatchObject({ searching: false, isStuck: false })
    expect(search.found()?.rows.count()).toBe(1)
  })

  it('is seen in a message that comes later, too', () => {
    const { port, restarts, stall } = engineThatStalls()
    const { later, pass } = createTimers()
    const search = createLogSearches(port, undefined, later)(logOf(['aaa']))
    search.start(askedFor('$.a =~ /(a+)+c/'), 1)
    pass(60_000)
    stall('update')
    search.follow()
    pass(11_000)
    expect(restarts()).toBe(1)
    expect(search.found()?.isStuck).toBe(true)
  })

  it('is not looked for where nothing can be endless', () => {
    const { port, restarts, stall } = engineThatStalls()
    const { later, pass } = createTimers()
    const search = createLogSearches(port, undefined, later)(logOf(['aaa']))
    search.start(askedFor('aaa'), 1)
    stall('update')
    search.follow()
    pass(60_000)
    expect(restarts()).toBe(0)
    expect(search.found()?.rows.count()).toBe(1)
  })
})

describe('a search on another thread', () => {
  it('sees messages that are written into memory it has already', async () => {
    const { port, requests, stop } = engineBehindChannel()
    const model = createConnectionModels({ bytes: 2 ** 25, rows: null }, port).create()
    model.apply(frameOfMessages(1, [{ topicId: 0, payload: 'needle 1' }], names))
    const { search } = model
    const foundRows = (count: number) =>
      expect
        .poll(() => ({ rows: search.found()?.rows.count(), searching: search.found()?.searching }))
        .toEqual({
          rows: count,
          searching: false,
        })
    search.start({ ...noFilter, terms: [{ not: false, test: { kind: 'text', text: 'NEEDLE' } }] }, 1)
    await foundRows(1)
    const later = { firstTopicId: 1, firstMatchSetId: 1 }
    model.apply(frameOfMessages(2, [{ topicId: 0, payload: 'hay' }], later))
    model.apply(frameOfMessages(3, [{ topicId: 0, payload: 'needle 2' }], later))
    await foundRows(2)
    const memories = requests.flatMap((one) => (one.kind === 'update' ? one.chunks.map(({ memory }) => memory) : []))
    expect(memories.filter((memory) => memory !== null)).toHaveLength(1)
    model.log.clear()
    expect(search.found()?.rows.count()).toBe(0)
    stop()
  })

  it('is told when a connection and its log are gone', () => {
    const { port, requests, stop } = engineBehindChannel()
    const model = createConnectionModels({ bytes: 2 ** 25, rows: null }, port).create()
    model.apply(frameOfMessages(1, [{ topicId: 0, payload: 'x' }], names))
    model.close()
    expect(requests.at(-1)?.kind).toBe('forget')
    stop()
  })
})
