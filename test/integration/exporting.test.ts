import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ExportRequest } from '../../shared/model/exportRequest'
import { newProfile, type Profile } from '../../shared/model/profile'
import { emptyMessage } from '../../shared/model/publish'
import { getCertificates } from '../support/certificates'
import { createCoreHarness, type CoreHarness } from './coreHarness'

let harness: CoreHarness
let other: CoreHarness
beforeEach(() => {
  harness = createCoreHarness('exporting')
  other = createCoreHarness('importing-again')
})
afterEach(async () => {
  await harness.stop()
  await other.stop()
})

const password = 's3cret-word'
const plant = newProfile({ id: 'plant', name: 'Plant / 1', host: 'h.example', folder: 'Halls', usePassword: true })

/** An application with two connections, of which one has a secret and a saved message. */
const start = async () => {
  const core = await harness.start()
  await core.value('profile.save', {
    profile: plant,
    secrets: {
      password: { change: 'set', value: password },
      keyPassphrase: { change: 'keep' },
      proxyPassword: { change: 'keep' },
    },
  })
  await core.value('profile.save', {
    profile: newProfile({ id: 'other', name: 'plant _ 1', host: 'o.example' }),
    secrets: { password: { change: 'keep' }, keyPassphrase: { change: 'keep' }, proxyPassword: { change: 'keep' } },
  })
  await core.value('collection.save', {
    collectionId: 'connection:plant',
    messages: [
      { id: 'm', name: 'Start', folder: '', shortcut: '', message: { ...emptyMessage, topic: 'a', payload: 'on' } },
    ],
  })
  return core
}
const wanted: ExportRequest = {
  connectionIds: ['plant', 'other'],
  format: 'topicscope',
  layout: 'file',
  password: null,
}
const target = (name: string) => join(harness.folder.path, name)

describe('an export of connections', () => {
  it('leaves secrets out, or has them under a password, with which all is there on another computer', async () => {
    const { value } = await start()
    harness.dialogs.savePath = () => Promise.resolve(target('plain.json'))
    expect(await value('export.connections', wanted)).toEqual({
      path: target('plain.json'),
      connections: 2,
      secrets: 0,
    })
    expect(readFileSync(target('plain.json'), 'utf8')).not.toContain(password)

    harness.dialogs.savePath = () => Promise.resolve(target('locked.json'))
    const locked = { ...wanted, password: 'open sesame' }
    expect(await value('export.connections', locked)).toMatchObject({ connections: 2, secrets: 1 })
    const text = readFileSync(target('locked.json'), 'utf8')
    expect(text).not.toContain(password)
    expect(JSON.parse(text)).toMatchObject({ secrets: { derivation: 'scrypt', encryption: 'aes-256-gcm' } })

    const there = await other.start()
    other.dialogs.choosePaths = () => Promise.resolve([target('locked.json')])
    const plan = await there.value('import.choose', { kind: 'files' })
    const fileId = plan?.files[0]?.id ?? ''
    expect(plan?.files).toMatchObject([
      { tool: 'Topicscope', isLocked: true, connections: [{ state: 'new', messages: [{ name: 'Start' }] }, {}] },
    ])
    expect(await there.invoke('import.unlock', { fileId, password: 'wrong' })).toMatchObject({
      error: { code: 'passwordWrong' },
    })
    const opened = await there.value('import.unlock', { fileId, password: 'open sesame' })
    expect(opened.files).toMatchObject([{ isLocked: false, connections: [{ secrets: ['password'] }, { secrets: [] }] }])
    const ids = opened.files.flatMap(({ connections }) => connections.map(({ id }) => id))
    await there.value('import.apply', { connections: ids, schemas: [] })
    expect(await there.entry('plant')).toMatchObject({ profile: plant, secrets: { password: 'stored' } })
    // What is exported again is the same, line by line.
    other.dialogs.savePath = () => Promise.resolve(target('again.json'))
    await there.value('export.connections', wanted)
    expect(readFileSync(target('again.json'), 'utf8')).toBe(readFileSync(target('plain.json'), 'utf8'))
  })

  it.each([
    ['changed data', (secrets: Record<string, unknown>) => ({ ...secrets, data: 'AAAA' }), 'passwordWrong'],
    [
      'a changed tag',
      (secrets: Record<string, unknown>) => ({ ...secrets, tag: Buffer.alloc(16).toString('base64') }),
      'passwordWrong',
    ],
    ['a short tag', (secrets: Record<string, unknown>) => ({ ...secrets, tag: 'AAAA' }), 'invalidInput'],
    ['no salt', ({ salt: _salt, ...secrets }: Record<string, unknown>) => secrets, 'invalidInput'],
    [
      'a derivation that never ends',
      (secrets: Record<string, unknown>) => ({ ...secrets, n: 2 ** 30 }),
      'invalidInput',
    ],
    ['what is no record', () => 'secrets', 'invalidInput'],
  ])('says of %s that it cannot be opened', async (_kind, change, code) => {
    const { value } = await start()
    harness.dialogs.savePath = () => Promise.resolve(target('locked.json'))
    await value('export.connections', { ...wanted, password: 'x' })
    const file = JSON.parse(readFileSync(target('locked.json'), 'utf8')) as { secrets: Record<string, unknown> }
    writeFileSync(target('changed.json'), JSON.stringify({ ...file, secrets: change(file.secrets) }))
    const there = await other.start()
    other.dialogs.choosePaths = () => Promise.resolve([target('changed.json')])
    const plan = await there.value('import.choose', { kind: 'files' })
    const fileId = plan?.files[0]?.id ?? ''
    expect(await there.invoke('import.unlock', { fileId, password: 'x' })).toMatchObject({ error: { code } })
  })

  it.each(['topicscope', 'mqttbroker', 'mqttx', 'mosquitto'] as const)(
    'writes a file a connection into a folder, in the same place each time: %s',
    async (format) => {
      const { value } = await start()
      mkdirSync(target('folder'))
      harness.dialogs.choosePath = () => Promise.resolve(target('folder'))
      const request: ExportRequest = { ...wanted, format, layout: 'folder' }
      expect(await value('export.connections', request)).toMatchObject({ path: target('folder'), connections: 2 })
      const first = readdirSync(target('folder'))
      expect(first.map((name) => name.replace(/\..*$/, ''))).toEqual(['Plant _ 1', 'plant _ 1 (2)'])
      await value('export.connections', request)
      expect(readdirSync(target('folder'))).toEqual(first)
      const there = await other.start()
      other.dialogs.choosePaths = () => Promise.resolve([target('folder')])
      const plan = await there.value('import.choose', { kind: 'folder' })
      const hosts = plan?.files.flatMap(({ connections }) => connections.map(({ profile }) => profile?.host))
      expect(new Set(hosts)).toEqual(new Set(['h.example', 'o.example']))
      expect(JSON.stringify(first.map((name) => readFileSync(join(target('folder'), name), 'utf8')))).not.toContain(
        password,
      )
    },
  )

  it('writes nothing when it is cancelled, where one is not there, and where it cannot', async () => {
    const { value, invoke } = await start()
    expect(await value('export.connections', wanted)).toBeNull()
    expect(await value('export.connections', { ...wanted, layout: 'folder' })).toBeNull()
    expect(await invoke('export.connections', { ...wanted, connectionIds: ['gone'] })).toMatchObject({
      error: { code: 'notFound' },
    })
    harness.dialogs.choosePath = () => Promise.resolve(target('missing/folder'))
    expect(await invoke('export.connections', { ...wanted, layout: 'folder' })).toMatchObject({
      error: { code: 'storageFailed' },
    })
  })
})

it('has the certificates of authorities in a .mqttbroker, and no key', async () => {
  const { value } = await start()
  writeFileSync(target('ca.pem'), '-----CA')
  writeFileSync(target('key.pem'), '-----KEY')
  const tls: Profile['tls'] = {
    ...plant.tls,
    caFile: target('ca.pem'),
    certificateFile: target('key.pem'),
    keyFile: target('key.pem'),
  }
  harness.dialogs.confirm = () => Promise.resolve(true)
  const keep = {
    password: { change: 'keep' },
    keyPassphrase: { change: 'keep' },
    proxyPassword: { change: 'keep' },
  } as const
  await value('profile.save', { profile: { ...plant, scheme: 'mqtts', tls }, secrets: keep })
  harness.dialogs.savePath = () => Promise.resolve(target('a.mqttbroker'))
  await value('export.connections', { ...wanted, connectionIds: ['plant'], format: 'mqttbroker' })
  const { broker } = JSON.parse(readFileSync(target('a.mqttbroker'), 'utf8')) as { broker: { certificates: unknown } }
  expect(broker.certificates).toEqual([
    { name: 'ca.pem', type: 'serverCA', data: Buffer.from('-----CA').toString('base64') },
  ])
})

it('has certificates in our own file, and no key, and they are files again on another computer', async () => {
  const { value } = await start()
  const { client } = await getCertificates()
  const certificate = readFileSync(client.certificate, 'utf8')
  const key = readFileSync(client.key, 'utf8')
  writeFileSync(target('ca.pem'), certificate)
  // Some tools want both in one file.
  writeFileSync(target('both.pem'), `${key}\n${certificate}`)
  const tls = {
    ...plant.tls,
    caFile: target('ca.pem'),
    certificateFile: target('both.pem'),
    keyFile: target('both.pem'),
  }
  harness.dialogs.confirm = () => Promise.resolve(true)
  const keep = {
    password: { change: 'keep' },
    keyPassphrase: { change: 'keep' },
    proxyPassword: { change: 'keep' },
  } as const
  await value('profile.save', { profile: { ...plant, scheme: 'mqtts', tls }, secrets: keep })
  harness.dialogs.savePath = () => Promise.resolve(target('with.json'))
  await value('export.connections', { ...wanted, connectionIds: ['plant'] })
  expect(readFileSync(target('with.json'), 'utf8')).not.toContain(Buffer.from(key).toString('base64').slice(40, 120))

  // Where the profile names those files already, they stay where they are.
  harness.dialogs.choosePaths = () => Promise.resolve([target('with.json')])
  const here = await value('import.choose', { kind: 'files' })
  expect(here?.files[0]?.connections[0]).toMatchObject({ state: 'same', certificates: [] })

  const there = await other.start()
  other.dialogs.choosePaths = () => Promise.resolve([target('with.json')])
  const plan = await there.value('import.choose', { kind: 'files' })
  const row = plan?.files[0]?.connections[0]
  expect(row?.certificates).toEqual(['ca.pem', 'both.pem'])
  await there.value('import.apply', { connections: [row?.id ?? ''], schemas: [] })
  const written = row?.profile?.tls
  expect(readFileSync(written?.caFile ?? '', 'utf8').trim()).toBe(certificate.trim())
  expect(readFileSync(written?.certificateFile ?? '', 'utf8').trim()).toBe(certificate.trim())
  expect(written?.keyFile).toBe(target('both.pem'))
  await there.value('import.undo', undefined)
  expect(() => readFileSync(written?.caFile ?? '')).toThrow('ENOENT')
})
