import { execFileSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { keepSecrets, newProfile } from '../../shared/model/profile'
import { largestSavedPayload } from '../../shared/model/publish'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import { subscribeWithMosquitto } from '../support/mosquittoClients'
import { createCoreHarness, type CoreHarness } from './coreHarness'

let harness: CoreHarness
let broker: Mosquitto
beforeEach(async () => {
  harness = createCoreHarness('payload-files')
  broker = await startMosquitto()
})
afterEach(async () => {
  await harness.stop()
  await broker.stop()
})

const connectionId = 'p1'
/** Connected, with this content in a file that was chosen. */
const startedWith = async (content: Uint8Array | string) => {
  const core = await harness.start()
  const profile = newProfile({ id: connectionId, name: 'Plant', host: '127.0.0.1', port: broker.port() })
  await core.value('profile.save', { profile, secrets: keepSecrets })
  await core.value('session.connect', { connectionId })
  await harness.reach('online')
  const path = join(harness.folder.path, 'a.bin')
  writeFileSync(path, content)
  harness.dialogs.choosePath = () => Promise.resolve(path)
  const chosen = await core.value('payloadFile.choose', undefined)
  if (!chosen) throw new Error('nothing was chosen')
  const request = (topic: string) =>
    ({ connectionId, topic, qos: 1, retain: false, properties: {}, fileToken: chosen.token }) as const
  return { ...core, path, chosen, request }
}

describe('a payload file', () => {
  it('is read when it is sent, every byte of what is in it then', async () => {
    const { value, path, chosen, request } = await startedWith('abc')
    const listener = await subscribeWithMosquitto({ port: broker.port(), filters: ['#'] })
    expect(chosen).toMatchObject({ name: 'a.bin', size: 3 })
    expect(JSON.stringify(chosen)).not.toContain(harness.folder.path)
    const bytes = Buffer.from(Array.from({ length: 512 }, (_, index) => index & 0xff))
    writeFileSync(path, bytes)
    const published = await value('message.publishFile', request('t'))
    expect(published).toMatchObject({ file: { name: 'a.bin', size: 512 }, delivery: { ok: true } })
    expect(Buffer.from(published.kept ?? []).equals(bytes)).toBe(true)
    const [received] = await listener.waitForMessages(1)
    expect(received?.payload.equals(bytes)).toBe(true)
    await listener.stop()
  })

  it('that was dropped is sent as a chosen one is', async () => {
    const { core, value, request } = await startedWith('abc')
    const listener = await subscribeWithMosquitto({ port: broker.port(), filters: ['#'] })
    const path = join(harness.folder.path, 'dropped.bin')
    writeFileSync(path, 'dropped')
    const dropped = await core.takeDroppedFile(path)
    if (!dropped.ok) throw new Error(dropped.error.message)
    expect(JSON.stringify(dropped)).not.toContain(harness.folder.path)
    await value('message.publishFile', { ...request('t'), fileToken: dropped.value.token })
    const [received] = await listener.waitForMessages(1)
    expect(received?.payload.toString()).toBe('dropped')
    await listener.stop()
    expect(await core.takeDroppedFile(harness.folder.path)).toMatchObject({ error: { code: 'fileNotRegular' } })
  })

  it('that cannot be read sends nothing and says why', async () => {
    const { invoke, path, request } = await startedWith('abc')
    rmSync(path)
    const codeNow = async () => {
      const result = await invoke('message.publishFile', request('t'))
      return result.ok ? 'sent' : [result.error.code, result.error.values?.['name']]
    }
    expect(await codeNow()).toEqual(['fileMissing', 'a.bin'])
    if (process.platform !== 'win32') {
      execFileSync('mkfifo', [path])
      expect(await codeNow()).toEqual(['fileNotRegular', 'a.bin'])
      rmSync(path)
    }
    writeFileSync(path, '')
    expect(await codeNow()).toBe('sent')
  })

  it('is kept as text only up to a limit', async () => {
    const { value, invoke, path, chosen, request } = await startedWith('abc')
    writeFileSync(path, Buffer.alloc(largestSavedPayload + 1))
    const published = await value('message.publishFile', request('t'))
    expect(published).toMatchObject({ kept: null, delivery: { ok: true } })
    expect(await invoke('payloadFile.read', { fileToken: chosen.token })).toMatchObject({
      error: { code: 'fileTooLarge' },
    })
    writeFileSync(path, Buffer.alloc(largestSavedPayload, 1))
    expect(await value('payloadFile.read', { fileToken: chosen.token })).toHaveLength(largestSavedPayload)
  })

  it('goes out in its turn, before what was sent after it', async () => {
    const { invoke, path, request } = await startedWith('abc')
    writeFileSync(path, Buffer.alloc(5_000_000))
    const listener = await subscribeWithMosquitto({ port: broker.port(), filters: ['#'] })
    const { fileToken: _token, ...message } = request('')
    const text = (topic: string) => invoke('message.publish', { ...message, topic, payload: Buffer.from('x') })
    await Promise.all([
      text('1'),
      invoke('message.publishFile', request('2')),
      text('3'),
      invoke('message.publishFile', request('4')),
      text('5'),
    ])
    const received = await listener.waitForMessages(5)
    expect(received.map(({ topic }) => topic)).toEqual(['1', '2', '3', '4', '5'])
    await listener.stop()
  })

  it('can be named by nobody who did not get it', async () => {
    const { invoke, path, request } = await startedWith('abc')
    for (const fileToken of ['guess', path])
      for (const result of [
        await invoke('message.publishFile', { ...request('t'), fileToken }),
        await invoke('payloadFile.read', { fileToken }),
      ])
        expect(result).toMatchObject({ ok: false, error: { code: 'notFound' } })
  })

  it('that is refused by the dialog’s check gets no token', async () => {
    const { invoke } = await startedWith('abc')
    harness.dialogs.choosePath = () => Promise.resolve(harness.folder.path)
    expect(await invoke('payloadFile.choose', undefined)).toMatchObject({
      error: { code: 'fileNotRegular', values: { detail: 'folder' } },
    })
  })
})

it('a message that was not delivered still says what was read', async () => {
  const { invoke, value, request } = await startedWith('abc')
  await value('session.disconnect', { connectionId })
  expect(await invoke('message.publishFile', request('t'))).toMatchObject({
    value: { file: { size: 3 }, delivery: { ok: false, error: { code: 'notConnected' } } },
  })
})
