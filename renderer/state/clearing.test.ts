import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { frameOfMessages } from '../model/messageLog/messageLogTesting'
import { openTestWindow } from '../testing/testWindow'
import { messagesSinceClear, messagesState } from './messages'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const budget = 2 ** 20
/** Latest values of very many topics would be what the log holds most of. */
const mostTopics = 40

const open = () => {
  const window = openTestWindow({ budgetBytes: budget })
  const { app, connection, main } = window
  let sent = 0
  let topics = 0
  const state = () => connection.get(messagesState)
  return {
    connection,
    state,
    released: () => main.inputsOf('payload.release'),
    bytes: () => app.models.memory().bytes,
    /** Messages, each on a new topic while there are few. */
    receive: (count: number, payload = 'x') => {
      const fresh = topics < mostTopics ? count : 0
      const names = Array.from({ length: fresh }, (_, at) => `t/${topics + at}`)
      const given = Array.from({ length: count }, (_, at) => ({ topicId: fresh > 0 ? topics + at : at, payload }))
      const frame = frameOfMessages(sent + 1, given, {
        firstTopicId: topics,
        newTopics: names,
        firstMatchSetId: topics === 0 ? 0 : 1,
        newMatchSets: topics === 0 ? [[]] : [],
      })
      sent += count
      topics += fresh
      window.receive([frame], { received: sent })
    },
    clear: () => state().clear(),
    undo: () => state().undoClear(),
    shown: () => {
      const { log, tree } = connection.model
      return { messages: log.keptCount(), topics: tree.topicCount() }
    },
    /** What is to be equal to what was received. */
    sum: () => {
      const { received, kept, evicted, cleared, dropped } = state().counters
      return { received, accounted: kept + evicted + cleared + dropped }
    },
  }
}

const addsUp = ({ sum }: ReturnType<typeof open>) => {
  const { received, accounted } = sum()
  expect(accounted).toBe(received)
}

describe('clearing the messages', () => {
  it('empties log and tree, and every message stays accounted for', () => {
    const window = open()
    window.receive(5)
    window.clear()
    expect(window.shown()).toEqual({ messages: 0, topics: 0 })
    expect(window.state().counters).toMatchObject({ received: 5, kept: 0, cleared: 5 })
    window.receive(2)
    expect(window.shown()).toEqual({ messages: 2, topics: 2 })
    addsUp(window)
  })

  it('is undone with everything that came since, in its order', () => {
    const window = open()
    window.receive(3)
    window.clear()
    window.receive(2)
    window.undo()
    expect(window.shown()).toEqual({ messages: 5, topics: 5 })
    const { log } = window.connection.model
    const order = Array.from({ length: 5 }, (_, at) => log.rowAt(log.firstRow() + at))
    expect(order.map((row) => row?.kind === 'message' && row.message.sequence)).toEqual([1, 2, 3, 4, 5])
    expect(window.state().counters).toMatchObject({ kept: 5, cleared: 0 })
    addsUp(window)
    expect(window.released()).toEqual([])
  })

  it('is undone once: the next clear, or time, lets go of what was cleared', () => {
    const window = open()
    window.receive(3)
    window.clear()
    window.receive(2)
    window.clear()
    expect(window.released()).toEqual([{ connectionId: 'c', throughSequence: 3 }])
    window.undo()
    expect(window.shown()).toEqual({ messages: 2, topics: 2 })
    expect(window.state().counters).toMatchObject({ kept: 2, cleared: 3 })
    addsUp(window)
    window.clear()
    vi.runAllTimers()
    expect(window.state().cleared).toBeNull()
    expect(window.released().at(-1)).toEqual({ connectionId: 'c', throughSequence: 5 })
    window.undo()
    expect(window.shown()).toEqual({ messages: 0, topics: 0 })
    addsUp(window)
  })

  it('holds no more than the log may, also while it can be undone', () => {
    const window = open()
    for (let round = 0; round < 30; round += 1) window.receive(40, 'y'.repeat(1_000))
    const full = window.bytes()
    window.clear()
    for (let round = 0; round < 60; round += 1) {
      window.receive(40, 'z'.repeat(1_000))
      // The newest piece of memory of each log stays whatever it holds.
      expect(window.bytes()).toBeLessThan(budget * 1.25)
      addsUp(window)
    }
    expect(full).toBeGreaterThan(budget / 2)
    window.undo()
    expect(window.bytes()).toBeLessThan(budget * 1.25)
    addsUp(window)
  })

  it('offers no undo where there was nothing', () => {
    const window = open()
    window.clear()
    expect(window.state().cleared).toBeNull()
  })

  it('leaves a paused log paused, and the undo brings back the place', () => {
    const window = open()
    window.receive(4)
    window.connection.put(messagesState, { pausedAt: 3 })
    window.clear()
    expect(window.state().pausedAt).toBe(0)
    window.undo()
    expect(window.state().pausedAt).toBe(3)
  })

  it('counts what each subscription has had anew; an undo counts on from before', () => {
    const { connection, receive } = openTestWindow()
    const count = (messages: number) =>
      receive([], {}, { subscriptions: [{ subscriptionId: 's', messages, stored: 0, lastAt: 1 }] })
    const counted = () => messagesSinceClear(connection.get(messagesState), 's')
    count(3)
    connection.get(messagesState).clear()
    expect(counted()).toBe(0)
    receive([frameOfMessages(1, [{ topicId: 0, payload: 'x' }], { newTopics: ['t'], newMatchSets: [[]] })])
    count(5)
    expect(counted()).toBe(2)
    connection.get(messagesState).clear()
    expect(counted()).toBe(0)
    connection.get(messagesState).undoClear()
    expect(counted()).toBe(2)
  })
})
