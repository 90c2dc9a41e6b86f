import { describe, expect, it } from 'vitest'
import { fail, ok, type Result } from '#shared/result'
import type { PublishReceipt } from '#shared/model/publish'
import { emptyMessage } from './draft'
import { publishStore } from './testing/publishStore'

const turn = () => new Promise((resolve) => setTimeout(resolve))
const receipt = (milliseconds: number): Result<PublishReceipt> => ok({ sequence: 1, reasonCode: 0, protocolVersion: '5', milliseconds })

describe('sending', () => {
  it('sends once for every call, however quick', async () => {
    const { store, calls } = publishStore()
    store.getState().changeDraft('c', { topic: 'a', payload: '1' })
    for (let send = 0; send < 200; send++) expect(store.getState().publishDraft('c')).toBeNull()
    expect(calls.published).toHaveLength(200)
    expect(store.getState().publishSends['c']?.pending).toBe(200)
    await turn()
    expect(store.getState().publishSends['c']).toMatchObject({ pending: 0, latest: { send: 200 } })
  })

  it('shows the answer to the latest send, though an earlier one comes after it', async () => {
    const { store, calls } = publishStore()
    const answers: ((result: Result<PublishReceipt>) => void)[] = []
    calls.answer = () => new Promise((resolve) => answers.push(resolve))
    store.getState().changeDraft('c', { topic: 'a', qos: 1 })
    store.getState().publishDraft('c')
    store.getState().publishDraft('c')
    answers[1]?.(receipt(2))
    await turn()
    answers[0]?.(receipt(1))
    await turn()
    expect(store.getState().publishSends['c']).toMatchObject({
      pending: 0,
      latest: { send: 2, outcome: { kind: 'done', receipt: { milliseconds: 2 } } },
    })
  })

  it('says what is wrong and sends nothing', () => {
    const { store, calls } = publishStore()
    store.getState().changeDraft('c', { topic: 'a/#' })
    expect(store.getState().publishDraft('c')).toMatchObject({ topic: { code: 'wildcardInTopic' } })
    expect(calls.published).toEqual([])
  })

  it('keeps the draft and the history as they are while offline', async () => {
    const { store, calls } = publishStore()
    store.setState({ sessions: {} })
    store.getState().changeDraft('c', { topic: 'a', payload: 'draft' })
    store.getState().publishDraft('c')
    await turn()
    expect(calls.published).toEqual([])
    expect(store.getState().publishSends['c']?.latest?.outcome).toMatchObject({ error: { code: 'notConnected' } })
    expect(store.getState().publishDrafts['c']?.message.payload).toBe('draft')
    expect(store.getState().library.history).toEqual({})
  })

  it('writes what went out into the history', () => {
    const { store } = publishStore()
    store.getState().changeDraft('c', { topic: 'a', payload: '1' })
    store.getState().publishDraft('c')
    expect(store.getState().library.history['c']).toEqual([
      { sentAt: 1_000, message: { ...emptyMessage, topic: 'a', payload: '1' } },
    ])
  })

  it('sends the bytes of a chosen file', async () => {
    const { store, calls } = publishStore()
    calls.file = { name: 'a.bin', path: '/a.bin', bytes: new Uint8Array([0, 1, 255]) }
    store.getState().changeDraft('c', { topic: 'a', payload: 'typed' })
    await store.getState().choosePayloadFile('c')
    store.getState().publishDraft('c')
    expect(calls.published[0]?.payload).toEqual(new Uint8Array([0, 1, 255]))
    store.getState().removePayloadFile('c')
    expect(store.getState().publishDrafts['c']).toMatchObject({ file: null, message: { payload: 'typed' } })
  })
})

describe('composing', () => {
  it('puts a topic into the draft of the connection in view and leaves its payload', () => {
    const { store } = publishStore()
    store.getState().changeDraft('c', { payload: 'kept' })
    store.getState().composeFor('plant/1')
    expect(store.getState().publishDrafts['c']?.message).toMatchObject({ topic: 'plant/1', payload: 'kept' })
    expect(store.getState().composerFocus).toEqual({ connectionId: 'c', field: 'payload', at: 1 })
    store.getState().composeFor('')
    expect(store.getState().composerFocus).toEqual({ connectionId: 'c', field: 'topic', at: 2 })
  })

  it('keeps a draft for each connection', () => {
    const { store } = publishStore()
    store.getState().changeDraft('c', { topic: 'one' })
    store.getState().changeDraft('d', { topic: 'two' })
    expect(store.getState().publishDrafts['c']?.message.topic).toBe('one')
    expect(store.getState().publishDrafts['d']?.message.topic).toBe('two')
  })
})

describe('clearing a retained message', () => {
  it('publishes an empty retained message with QoS 1 after it was confirmed', async () => {
    const { store, calls } = publishStore()
    store.getState().clearRetained('c', 'plant/1')
    expect(calls.published).toEqual([])
    expect(await store.getState().confirmClearRetained()).toBeNull()
    expect(calls.published).toEqual([
      { connectionId: 'c', topic: 'plant/1', payload: new Uint8Array(), qos: 1, retain: true, properties: {} },
    ])
    expect(store.getState().retainedToClear).toBeNull()
  })

  it('goes on asking where the broker refused', async () => {
    const { store, calls } = publishStore()
    calls.answer = () => Promise.resolve(fail('publishRefused', 'Refused.', { reasonCode: 0x87 }))
    store.getState().clearRetained('c', 'plant/1')
    expect(await store.getState().confirmClearRetained()).toMatchObject({ reasonCode: 0x87 })
    expect(store.getState().retainedToClear).toEqual({ connectionId: 'c', topic: 'plant/1' })
  })
})

describe('the library', () => {
  it('is stored when a message is kept, renamed and deleted, and undone', async () => {
    const { store, calls } = publishStore()
    const names = () => store.getState().library.savedMessages.map(({ name, folder }) => `${folder}/${name}`)
    store.getState().changeDraft('c', { topic: 'a' })
    expect(store.getState().saveDraftAs('c', { name: 'Start', folder: 'Pump' })).toBe(true)
    expect(names()).toEqual(['Pump/Start'])
    store.getState().renameSavedMessage('id-1', { name: 'Stop', folder: '' })
    expect(names()).toEqual(['/Stop'])
    const undo = store.getState().deleteSavedMessage('id-1')
    expect(names()).toEqual([])
    undo?.()
    expect(names()).toEqual(['/Stop'])
    await turn()
    await turn()
    expect(calls.librariesSaved.at(-1)).toBe(1)
  })

  it('sends a kept message with one call, whatever stands in the composer', () => {
    const { store, calls } = publishStore()
    store.getState().changeDraft('c', { topic: 'other' })
    expect(store.getState().publishMessage('c', { ...emptyMessage, topic: 'a', payload: 'x' })).toBeNull()
    expect(calls.published.map(({ topic }) => topic)).toEqual(['a'])
    expect(store.getState().publishDrafts['c']?.message.topic).toBe('other')
  })
})
