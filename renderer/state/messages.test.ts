import { afterEach, expect, it, vi } from 'vitest'
import type { Frame, SessionTotals } from '#shared/model/frame'
import { frameOfMessages } from '../model/messageLog/messageLogTesting'
import { openTestWindow } from '../testing/testWindow'
import { messagesState } from './messages'

afterEach(() => vi.useRealTimers())

const names = { firstTopicId: 0, newTopics: ['a'], firstMatchSetId: 0, newMatchSets: [[]] }
const frame = frameOfMessages(1, [{ topicId: 0, payload: 'x' }], names)

it('notes when messages were last dropped on their way, or came damaged', () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  const window = openTestWindow()
  const skippedAt = () => window.connection.model.skipped.lastAt()
  const receive = (at: number, frames: readonly Frame[], totals: Partial<SessionTotals>) => {
    vi.setSystemTime(at)
    window.receive(frames, totals)
  }
  receive(1_000, [frame], { received: 1 })
  expect(skippedAt()).toBe(0)
  receive(2_000, [], { received: 9, dropped: 8 })
  receive(3_000, [], { received: 9, dropped: 8 })
  expect(skippedAt()).toBe(2_000)
  receive(4_000, [{ ...frame, firstSequence: 10, bytes: new Uint8Array() }], { received: 10, dropped: 8 })
  expect(skippedAt()).toBe(4_000)
})

it('tells each change of the model by its revision, and unkept topics only where they changed', () => {
  const { connection, receive } = openTestWindow()
  const state = () => connection.get(messagesState)
  const unkept = { topics: 2, isExact: true, messages: 3 }
  const revisions: number[] = []
  connection.watch(messagesState, ({ revision }) => revisions.push(revision))
  receive([], {}, { unkept })
  const known = state().unkeptTopics
  receive([], {}, { unkept: { ...unkept } })
  expect([known, state().unkeptTopics === known]).toEqual([unkept, true])
  state().touch()
  expect(revisions).toEqual([1, 2, 3])
})

it('pauses at the end of the log, and goes on', () => {
  const { connection, receive } = openTestWindow()
  const state = () => connection.get(messagesState)
  receive([frame])
  state().togglePause()
  expect(state().pausedAt).toBe(1)
  state().togglePause()
  expect(state().pausedAt).toBeNull()
})
