import { afterEach, expect, it, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { Frame, SessionTotals } from '#shared/model/frame'
import type { Api } from '../ipc/api'
import { createConnectionModels } from '../model/connectionModel'
import { frameOfMessages } from '../model/messageLog/messageLogTesting'
import type { AppState } from './appStore'
import { noCounters } from './connectionCounters'
import { createMessagesSlice } from './messagesSlice'

afterEach(() => vi.useRealTimers())

const names = { firstTopicId: 0, newTopics: ['a'], firstMatchSetId: 0, newMatchSets: [[]] }
const frame = frameOfMessages(1, [{ topicId: 0, payload: 'x' }], names)

const open = () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  const models = createConnectionModels({ bytes: 2 ** 20, rows: null })
  const store = createStore<AppState>()(
    (set, get) => createMessagesSlice(set, get, { api: {} as Api, models }) as unknown as AppState,
  )
  return {
    skippedAt: () => models.of('c').skipped.lastAt(),
    receive: (at: number, frames: readonly Frame[], totals: Partial<SessionTotals> = {}) => {
      vi.setSystemTime(at)
      const connection = {
        connectionId: 'c',
        totals: { ...noCounters, ...totals },
        subscriptions: [],
        deliveries: [],
        session: 0,
        unkept: { topics: 0, isExact: true, messages: 0 },
      }
      store.getState().receiveBatch({ frames, connections: [connection], more: false })
    },
  }
}

it('notes when messages were last dropped on their way, or came damaged', () => {
  const { receive, skippedAt } = open()
  receive(1_000, [frame], { received: 1 })
  expect(skippedAt()).toBe(0)
  receive(2_000, [], { received: 9, dropped: 8 })
  receive(3_000, [], { received: 9, dropped: 8 })
  expect(skippedAt()).toBe(2_000)
  receive(4_000, [{ ...frame, firstSequence: 10, bytes: new Uint8Array() }], { received: 10, dropped: 8 })
  expect(skippedAt()).toBe(4_000)
})
