import { describe, expect, it } from 'vitest'
import { createConnectionModels } from '../connectionModel'
import { frameOfMessages } from '../messageLog/messageLogTesting'
import { noFilter } from './logFilter'
import { createSearchEngine } from './searchEngine'
import type { SearchAnswer, SearchPort, SearchRequest } from './searchProtocol'

/** An engine at the other end of a channel: everything is cloned on its way, as between threads. */
const engineBehindChannel = () => {
  const { port1, port2 } = new MessageChannel()
  const requests: SearchRequest[] = []
  const engine = createSearchEngine({
    answer: (answer) =>
      port2.postMessage(answer, answer.kind === 'found' ? [answer.older.buffer, answer.newer.buffer] : []),
    schedule: (run) => setTimeout(run, 0),
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
