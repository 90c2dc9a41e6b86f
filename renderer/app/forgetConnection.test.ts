import { describe, expect, it } from 'vitest'
import type { Frame } from '#shared/model/frame'
import { frameOfMessages } from '../model/messageLog/messageLogTesting'
import type { Connection } from '../state/app'
import { connectionsState } from '../state/connections'
import { messagesState } from '../state/messages'
import { selectionState } from '../state/selection'
import { noCounters } from '../state/connectionCounters'
import { openTestWindow } from '../testing/testWindow'
import { receiveBatch } from './receiveBatch'
import { receiveEvent } from './receiveEvent'

const openWindow = () => {
  const { app } = openTestWindow()
  const connection = (): Connection => {
    const found = app.get(connectionsState).all.get('c')
    if (!found) throw new Error('There is no connection.')
    return found
  }
  return {
    app,
    connection,
    receive: (frame: Frame) =>
      receiveBatch(app, {
        frames: [frame],
        connections: [
          {
            connectionId: 'c',
            totals: { ...noCounters, received: frame.count },
            subscriptions: [],
            deliveries: [],
            serverSession: 0,
            unkept: { topics: 0, isExact: true, messages: 0 },
          },
        ],
        more: false,
      }),
    removed: () => receiveEvent(app, { name: 'session.removed', payload: { connectionId: 'c' } }),
    connecting: () =>
      receiveEvent(app, {
        name: 'session.changed',
        payload: { connectionId: 'c', state: { phase: 'offline' }, subscriptions: [] },
      }),
  }
}

const frameOnTopics = (firstSequence: number, firstTopicId: number, newTopics: readonly string[]): Frame =>
  frameOfMessages(
    firstSequence,
    newTopics.map((topic, index) => ({ topicId: firstTopicId + index, payload: topic })),
    { firstTopicId, newTopics, firstMatchSetId: 0, newMatchSets: [[]] },
  )

const topicsInTree = ({ model }: Connection) => model.tree.firstLevel().map(({ topic }) => topic)

describe('a connection that is deleted and restored', () => {
  it('starts with an empty log and tree, and numbers of its own', () => {
    const window = openWindow()
    window.connecting()
    window.receive(frameOnTopics(1, 0, ['old1', 'old2']))
    window.connection().get(selectionState).selectMessage(2)
    window.connection().get(selectionState).selectTopic('old1')
    window.connection().get(messagesState).togglePause()
    window.removed()
    window.connecting()
    window.receive(frameOnTopics(1, 0, ['new']))
    const { model } = window.connection()
    expect(topicsInTree(window.connection())).toEqual(['new'])
    expect(model.log.messageOf(1)?.topic).toBe('new')
    expect(model.log.keptCount()).toBe(1)
    expect(window.connection().get(messagesState)).toMatchObject({ counters: { received: 1, kept: 1 }, pausedAt: null })
    expect(window.connection().get(selectionState).selection).toBeNull()
  })

  it('takes nothing that was under way when it was deleted', () => {
    const window = openWindow()
    window.connecting()
    window.receive(frameOnTopics(1, 0, ['old1']))
    window.removed()
    window.receive(frameOnTopics(2, 1, ['old2']))
    expect(window.app.get(connectionsState).all.size).toBe(0)
    window.connecting()
    expect(window.connection().get(messagesState).counters).toEqual(noCounters)
    window.receive(frameOnTopics(1, 0, ['new1', 'new2']))
    expect(topicsInTree(window.connection())).toEqual(['new1', 'new2'])
    expect(window.connection().model.log.rowAt(0)).toMatchObject({ message: { topic: 'new1' } })
  })
})
