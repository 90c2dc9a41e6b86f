import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { sharedCollectionId } from '#shared/model/collection'
import { fail, ok, type Result } from '#shared/result'
import type { PublishReceipt } from '#shared/model/publish'
import { composeFor, composeMessage } from '../../state/composerRequest'
import { connectionsState } from '../../state/connections'
import { focusState } from '../../state/focus'
import { onlineSession, openTestWindow } from '../../testing/testWindow'
import { emptyMessage } from '#shared/model/publish'
import { collectionsState } from './collections/collectionsState'
import { libraryState } from './library/libraryState'
import { draftIn, focusComposer, publishState } from './publishState'

/** When everything here is sent. */
const now = 1_000
beforeEach(() => void vi.useFakeTimers({ now, toFake: ['Date'] }))
afterEach(() => void vi.useRealTimers())

const turn = () => new Promise((resolve) => setTimeout(resolve))
const receipt = (milliseconds: number): Result<PublishReceipt> =>
  ok({ sequence: 1, reasonCode: 0, protocolVersion: '5', milliseconds })

/** The composer of a connection that is online. */
const open = () => {
  const window = openTestWindow({ session: onlineSession() })
  return {
    ...window,
    state: () => window.connection.get(publishState),
    draft: () => draftIn(window.connection),
    library: () => window.app.get(libraryState).library,
    published: () => window.main.inputsOf('message.publish'),
  }
}

describe('sending', () => {
  it('sends once for every call, however quick', async () => {
    const { state, published } = open()
    state().changeDraft({ topic: 'a', payload: '1' })
    for (let send = 0; send < 200; send++) expect(state().publishDraft()).toBeNull()
    expect(published()).toHaveLength(200)
    expect(state().sends.pending).toBe(200)
    await turn()
    expect(state().sends).toMatchObject({ pending: 0, latest: { send: 200 } })
  })

  it('shows the answer to the latest send, though an earlier one comes after it', async () => {
    const { state, main } = open()
    const answers: ((result: Result<PublishReceipt>) => void)[] = []
    main.answer({ 'message.publish': () => new Promise((resolve) => answers.push(resolve)) })
    state().changeDraft({ topic: 'a', qos: 1 })
    state().publishDraft()
    state().publishDraft()
    answers[1]?.(receipt(2))
    await turn()
    answers[0]?.(receipt(1))
    await turn()
    expect(state().sends).toMatchObject({
      pending: 0,
      latest: { send: 2, outcome: { kind: 'done', receipt: { milliseconds: 2 } } },
    })
  })

  it('says what is wrong and sends nothing', () => {
    const { state, published } = open()
    state().changeDraft({ topic: 'a/#' })
    expect(state().publishDraft()).toMatchObject({ topic: { code: 'wildcardInTopic' } })
    expect(published()).toEqual([])
  })

  it('keeps the draft and the history as they are while offline', async () => {
    const { state, library, published, setSession, draft } = open()
    setSession({ phase: 'offline' })
    state().changeDraft({ topic: 'a', payload: 'draft' })
    state().publishDraft()
    await turn()
    expect(published()).toEqual([])
    expect(state().sends.latest?.outcome).toMatchObject({ error: { code: 'notConnected' } })
    expect(draft().message.payload).toBe('draft')
    expect(library().history).toEqual({})
  })

  it('keeps what was refused before it was sent out of the history', async () => {
    const { state, library, main } = open()
    const template = () => fail('templateFailed', 'No such function.')
    main.answer({ 'message.publishTemplate': template, 'message.publish': () => fail('packetTooLarge', 'Too large.') })
    state().changeDraft({ topic: 'a', payload: '{{ nope() }}', isTemplate: true })
    state().publishDraft()
    await turn()
    expect(state().sends.latest?.outcome).toMatchObject({ kind: 'refused' })
    expect(library().history).toEqual({})
    state().changeDraft({ isTemplate: false })
    state().publishDraft()
    await turn()
    expect(state().sends.latest?.outcome).toMatchObject({ kind: 'failed' })
    expect(library().history).toEqual({})
  })

  it('has in the history what went out, though the broker refused it', async () => {
    const { state, library, main } = open()
    const values = { sequence: 7, reason: 'Not authorized' }
    main.answer({ 'message.publish': () => fail('publishRefused', 'Refused.', { reasonCode: 0x87, values }) })
    state().changeDraft({ topic: 'a', qos: 1 })
    state().publishDraft()
    await turn()
    expect(library().history['c']).toMatchObject([{ sentAt: now, message: { topic: 'a' } }])
  })

  it('writes what went out into the history', async () => {
    const { state, library } = open()
    state().changeDraft({ topic: 'a', payload: '1' })
    state().publishDraft()
    await turn()
    expect(library().history['c']).toEqual([{ sentAt: now, message: { ...emptyMessage, topic: 'a', payload: '1' } }])
  })

  it('sends the bytes of a message that is no text', () => {
    const { connection, state, published } = open()
    const bytes = new Uint8Array([0, 1, 255])
    expect(state().sends.started).toBe(0)
    composeMessage(connection, { ...emptyMessage, topic: 'a' }, { name: 'a.bin', bytes })
    state().publishDraft()
    expect(published()[0]?.payload).toBe(bytes)
  })
})

describe('a chosen file', () => {
  const file = { token: 't1', name: 'a.bin', size: 3, modifiedAt: 1 }
  const changed = { ...file, size: 2, modifiedAt: 9 }
  const chosen = async () => {
    const opened = open()
    const { state, main } = opened
    /** What is in the file when it is read; null = it is too large to be kept. */
    const fileHolds = (now: typeof file, kept: Uint8Array | null) =>
      main.answer({
        'payloadFile.read': () => ok(kept ?? new Uint8Array()),
        'message.publishFile': () => ok({ file: now, kept, delivery: receipt(1) }),
      })
    const gone = () => fail('fileMissing', 'Gone.', { values: { name: file.name } })
    main.answer({ 'payloadFile.choose': () => ok(file), 'payloadFile.read': gone, 'message.publishFile': gone })
    state().changeDraft({ topic: 'a', payload: 'typed' })
    await state().choosePayloadFile()
    return { ...opened, fileHolds, outcome: () => state().sends.latest?.outcome }
  }

  it('is named, not read, and gives the text its place back', async () => {
    const { state, main, published, draft } = await chosen()
    state().publishDraft()
    expect(main.inputsOf('message.publishFile')).toMatchObject([{ topic: 'a', fileToken: 't1' }])
    expect(published()).toEqual([])
    state().removePayloadFile()
    expect(draft()).toMatchObject({ file: null, message: { payload: 'typed' } })
  })

  it('is sent as it is now; what changed is said once, and what went out is history', async () => {
    const { state, library, outcome, fileHolds, draft } = await chosen()
    fileHolds(changed, new Uint8Array([1, 2]))
    state().publishDraft()
    await turn()
    expect(outcome()).toMatchObject({ kind: 'done', changedFile: changed })
    expect(draft().file).toEqual(changed)
    expect(library().history['c']).toMatchObject([{ sentAt: now, message: { format: 'base64', payload: 'AQI=' } }])
    state().publishDraft()
    await turn()
    expect(outcome()).toMatchObject({ kind: 'done', changedFile: null })
  })

  it('that is gone sends nothing, says why and stays chosen', async () => {
    const { state, library, outcome, draft } = await chosen()
    state().publishDraft()
    await turn()
    expect(outcome()).toMatchObject({ kind: 'refused', unmade: { code: 'fileMissing' } })
    expect(draft().file).toEqual(file)
    expect(library().history).toEqual({})
    expect(state().sends.pending).toBe(0)
  })

  it('is read when it is kept, which may fail', async () => {
    const { app, state, draft, fileHolds } = await chosen()
    const place = { collectionId: sharedCollectionId, name: 'Start', folder: '' }
    expect(await state().saveDraftAs(place)).toMatchObject({ code: 'fileMissing' })
    fileHolds(file, new Uint8Array([7]))
    expect(await state().saveDraftAs(place)).toBeNull()
    const kept = () => [...(app.get(collectionsState).all[0]?.messages.values() ?? [])]
    expect(kept()).toMatchObject([{ name: 'Start', message: { payload: 'Bw==' } }])
    // What is changed of it is saved into the same message.
    expect(draft().origin).toMatchObject({ collectionId: sharedCollectionId, messageId: kept()[0]?.id })
    state().changeDraft({ topic: 'other' })
    expect(await state().saveDraft()).toBeNull()
    expect(kept()).toMatchObject([{ name: 'Start', message: { topic: 'other' } }])
  })

  it('too large for the history is not in it', async () => {
    const { state, library, fileHolds } = await chosen()
    fileHolds(file, null)
    state().publishDraft()
    await turn()
    expect(library().history).toEqual({})
  })
})

describe('composing', () => {
  it('puts a topic into the draft of the connection in view and leaves its payload', () => {
    const { app, connection, state, draft } = open()
    const focused = () => app.get(focusState).request?.target
    state().changeDraft({ payload: 'kept' })
    composeFor(connection, 'plant/1')
    expect(draft().message).toMatchObject({ topic: 'plant/1', payload: 'kept' })
    expect(focused()).toBe('publishPayload')
    composeFor(connection, '')
    expect(focused()).toBe('publishTopic')
    composeFor(connection, 'plant/2')
    focusComposer(connection)
    expect(focused()).toBe('publishPayload')
    state().changeDraft({ topic: '' })
    focusComposer(connection)
    expect(focused()).toBe('publishTopic')
  })

  it('takes over what was asked for before anybody looked at the composer', async () => {
    const { connection, state, draft } = open()
    composeFor(connection, 'plant/1')
    expect(state().sends.started).toBe(0)
    await turn()
    expect(draft().message.topic).toBe('plant/1')
  })

  it('keeps a draft for each connection, and gives it back to one that was deleted and restored', () => {
    const { app, state, draft } = open()
    const other = app.get(connectionsState).open('d')
    state().changeDraft({ topic: 'one' })
    other.get(publishState).changeDraft({ topic: 'two' })
    expect(draft().message.topic).toBe('one')
    expect(draftIn(other).message.topic).toBe('two')
    app.get(connectionsState).close('c')
    const restored = app.get(connectionsState).open('c')
    expect(draftIn(restored).message.topic).toBe('one')
    expect(restored.get(publishState).sends.started).toBe(0)
  })
})

describe('the library', () => {
  it('sends a saved message with one call, whatever stands in the composer', () => {
    const { state, published, draft } = open()
    state().changeDraft({ topic: 'other' })
    expect(state().publishMessage({ ...emptyMessage, topic: 'a', payload: 'x' })).toBeNull()
    expect(published().map(({ topic }) => topic)).toEqual(['a'])
    expect(draft().message.topic).toBe('other')
  })
})
