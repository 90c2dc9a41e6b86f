import { describe, expect, it, vi } from 'vitest'
import type { EventMessage, Snapshot } from '#shared/contract'
import type { Batch, Frame } from '#shared/model/frame'
import { newProfile } from '#shared/model/profile'
import { defaultSettings } from '#shared/model/settings'
import { ok } from '#shared/result'
import type { Api } from '../ipc/api'
import { createConnectionModels } from '../model/connectionModel'
import { frameOfMessages } from '../model/messageLog/messageLogTesting'
import { createAppStore, receiveEvent } from './appStore'

const snapshot: Snapshot = {
  profiles: [{ profile: newProfile({ id: 'c' }), saved: true, secrets: { password: 'none', keyPassphrase: 'none' } }],
  sessions: [],
  settings: defaultSettings,
  systemLanguage: 'en',
  library: { savedMessages: [], history: {} },
  localBroker: { phase: 'stopped' },
  localBrokerUse: { clients: [], refused: {} },
  keyringAvailable: true,
  windowHidden: false,
  clock: { at: 0, eras: [{ from: 0, shift: 0 }] },
  notices: [],
  openConnectionId: null,
  version: '0',
  platform: 'linux',
}

const openWindow = () => {
  const api: Api = { invoke: vi.fn(() => Promise.resolve(ok(null))), onEvent: vi.fn() }
  const models = createConnectionModels({ bytes: 2 ** 25, rows: null })
  const store = createAppStore({ api, models }, snapshot)
  const tell = (event: EventMessage) => receiveEvent(store, event)
  return {
    models,
    app: () => store.getState(),
    removed: () => tell({ name: 'session.removed', payload: { connectionId: 'c' } }),
    connecting: () =>
      tell({
        name: 'session.changed',
        payload: { connectionId: 'c', state: { phase: 'offline' }, subscriptions: [] },
      }),
  }
}

const batchOf = (frame: Frame): Batch => ({
  frames: [frame],
  connections: [
    {
      connectionId: 'c',
      totals: {
        received: frame.count,
        sent: 0,
        dropped: 0,
        copies: 0,
        redelivered: 0,
        repeated: 0,
        skipped: 0,
        stored: 0,
        bytesIn: 0,
        bytesOut: 0,
      },
      subscriptions: [],
      deliveries: [],
      session: 0,
      unkept: { topics: 0, isExact: true, messages: 0 },
    },
  ],
  more: false,
})

const frameOnTopics = (firstSequence: number, firstTopicId: number, newTopics: readonly string[]): Frame =>
  frameOfMessages(
    firstSequence,
    newTopics.map((topic, index) => ({ topicId: firstTopicId + index, payload: topic })),
    { firstTopicId, newTopics, firstMatchSetId: 0, newMatchSets: [[]] },
  )

const topicsInTree = ({ models }: ReturnType<typeof openWindow>) =>
  models
    .of('c')
    .tree.firstLevel()
    .map(({ topic }) => topic)

describe('a connection that is deleted and restored', () => {
  it('starts with an empty log and tree, and numbers of its own', () => {
    const window = openWindow()
    const { app, models } = window
    window.connecting()
    app().receiveBatch(batchOf(frameOnTopics(1, 0, ['old1', 'old2'])))
    app().selectMessage('c', 2)
    app().selectTopic('c', 'old1')
    app().togglePause()
    window.removed()
    window.connecting()
    app().receiveBatch(batchOf(frameOnTopics(1, 0, ['new'])))
    expect(topicsInTree(window)).toEqual(['new'])
    expect(models.of('c').log.messageOf(1)?.topic).toBe('new')
    expect(models.of('c').log.keptCount()).toBe(1)
    expect(app().counters['c']).toMatchObject({ received: 1, kept: 1 })
    expect([app().selections['c'], app().paused['c']]).toEqual([undefined, undefined])
  })

  it('takes nothing that was under way when it was deleted', () => {
    const window = openWindow()
    const { app, models } = window
    window.connecting()
    app().receiveBatch(batchOf(frameOnTopics(1, 0, ['old1'])))
    window.removed()
    app().receiveBatch(batchOf(frameOnTopics(2, 1, ['old2'])))
    expect(app().counters).toEqual({})
    window.connecting()
    app().receiveBatch(batchOf(frameOnTopics(1, 0, ['new1', 'new2'])))
    expect(topicsInTree(window)).toEqual(['new1', 'new2'])
    expect(models.of('c').log.rowAt(0)).toMatchObject({ message: { topic: 'new1' } })
  })
})
