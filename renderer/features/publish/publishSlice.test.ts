import { describe, expect, it } from 'vitest'
import { fail, ok, type Result } from '#shared/result'
import type { PublishReceipt } from '#shared/model/publish'
import { emptyMessage } from './draft'
import { publishStore } from './testing/publishStore'

const turn = () => new Promise((resolve) => setTimeout(resolve))
const receipt = (milliseconds: number): Result<PublishReceipt> =>
  ok({ sequence: 1, reasonCode: 0, protocolVersion: '5', milliseconds })

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

  it('sends the bytes of a message that is no text', () => {
    const { store, calls } = publishStore()
    const bytes = new Uint8Array([0, 1, 255])
    store.getState().composeMessage({ ...emptyMessage, topic: 'a' }, { name: 'a.bin', bytes })
    store.getState().publishDraft('c')
    expect(calls.published[0]?.payload).toBe(bytes)
  })
})

describe('a chosen file', () => {
  const file = { token: 't1', name: 'a.bin', size: 3, modifiedAt: 1 }
  const changed = { ...file, size: 2, modifiedAt: 9 }
  const chosen = async () => {
    const { store, calls } = publishStore()
    calls.file = file
    store.getState().changeDraft('c', { topic: 'a', payload: 'typed' })
    await store.getState().choosePayloadFile('c')
    const app = store.getState
    return {
      calls,
      app,
      outcome: () => app().publishSends['c']?.latest?.outcome,
      draft: () => app().publishDrafts['c'],
    }
  }

  it('is named, not read, and gives the text its place back', async () => {
    const { app, calls, draft } = await chosen()
    app().publishDraft('c')
    expect(calls.publishedFiles).toMatchObject([{ topic: 'a', fileToken: 't1' }])
    expect(calls.published).toEqual([])
    app().removePayloadFile('c')
    expect(draft()).toMatchObject({ file: null, message: { payload: 'typed' } })
  })

  it('is sent as it is now; what changed is said once, and what went out is history', async () => {
    const { app, calls, outcome, draft } = await chosen()
    calls.readFile = () => ok({ file: changed, kept: new Uint8Array([1, 2]) })
    app().publishDraft('c')
    await turn()
    expect(outcome()).toMatchObject({ kind: 'done', changedFile: changed })
    expect(draft()?.file).toEqual(changed)
    expect(app().library.history['c']).toMatchObject([
      { sentAt: 1_000, message: { format: 'base64', payload: 'AQI=' } },
    ])
    app().publishDraft('c')
    await turn()
    expect(outcome()).toMatchObject({ kind: 'done', changedFile: null })
  })

  it('that is gone sends nothing, says why and stays chosen', async () => {
    const { app, outcome, draft } = await chosen()
    app().publishDraft('c')
    await turn()
    expect(outcome()).toMatchObject({ kind: 'refused', fileError: { code: 'fileMissing' } })
    expect(draft()?.file).toEqual(file)
    expect(app().library.history).toEqual({})
    expect(app().publishSends['c']?.pending).toBe(0)
  })

  it('is read when it is kept, which may fail', async () => {
    const { app, calls } = await chosen()
    const place = { name: 'Start', folder: '' }
    expect(await app().saveDraftAs('c', place)).toMatchObject({ code: 'fileMissing' })
    calls.readFile = () => ok({ file, kept: new Uint8Array([7]) })
    expect(await app().saveDraftAs('c', place)).toBeNull()
    expect(app().library.savedMessages).toMatchObject([{ name: 'Start', message: { payload: 'Bw==' } }])
  })

  it('too large for the history is not in it', async () => {
    const { app, calls } = await chosen()
    calls.readFile = () => ok({ file, kept: null })
    app().publishDraft('c')
    await turn()
    expect(app().library.history).toEqual({})
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
    expect(await store.getState().saveDraftAs('c', { name: 'Start', folder: 'Pump' })).toBeNull()
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
