import { createCipheriv, pbkdf2Sync, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lookForTools } from '../../electron/core/importing/foundTools'
import type { ImportPlan } from '../../shared/model/importPlan'
import { createCoreHarness, type CoreHarness } from './coreHarness'

let harness: CoreHarness
beforeEach(() => void (harness = createCoreHarness('importing')))
afterEach(() => harness.stop())

const explorer = (host: string) =>
  JSON.stringify({
    ConnectionManager_connections: {
      a: {
        id: 'a',
        name: 'Plant',
        host,
        port: 8883,
        encryption: true,
        username: 'u',
        password: 's3cret-word',
        subscriptions: ['plant/#'],
        selfSignedCertificate: { name: 'ca.crt', data: 'LS0tLS1DQQ==' },
      },
    },
  })
const nodeRed = JSON.stringify([
  { id: 'b', type: 'mqtt-broker', broker: 'h', port: '1883' },
  { id: 'o', type: 'mqtt out', broker: 'b', topic: 'lamp/set', name: 'Lamp on' },
])

const given = (name: string, content: string) => {
  const path = join(harness.folder.path, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
  return path
}

/** Every file of the data folder with what is in it. */
const everything = (): Readonly<Record<string, string>> => {
  const names = readdirSync(harness.dataFolder, { recursive: true, withFileTypes: true })
  return Object.fromEntries(
    names.map((entry) => {
      const path = join(entry.parentPath, entry.name)
      return [path, entry.isFile() ? readFileSync(path, 'latin1') : 'folder']
    }),
  )
}

const rowsOf = (plan: ImportPlan | null) => plan?.files.flatMap(({ connections }) => connections) ?? []
const allOf = (plan: ImportPlan | null) => ({
  connections: rowsOf(plan).map(({ id }) => id),
  schemas: plan?.files.flatMap(({ schemas }) => schemas.map(({ id }) => id)) ?? [],
})

describe('an import', () => {
  it('writes nothing before OK, then all of it, and one step takes all of it back', async () => {
    const { value, entry } = await harness.start()
    harness.dialogs.choosePaths = () => Promise.resolve([given('a', explorer('h.example')), given('b', nodeRed)])
    await value('profile.save', {
      profile: (await value('app.snapshot', undefined)).profiles[0]!.profile,
      secrets: { password: { change: 'keep' }, keyPassphrase: { change: 'keep' }, proxyPassword: { change: 'keep' } },
    })
    const before = everything()
    const plan = await value('import.choose', { kind: 'files' })
    expect(plan).toMatchObject({
      files: [
        { tool: 'MQTT Explorer', problem: null, connections: [{ name: 'Plant', state: 'new', secrets: ['password'] }] },
        { tool: 'Node-RED', connections: [{ state: 'new', messages: [{ name: 'Lamp on', topic: 'lamp/set' }] }] },
      ],
    })
    expect(JSON.stringify(plan)).not.toContain('s3cret-word')
    expect(everything()).toEqual(before)

    const applied = await value('import.apply', allOf(plan))
    expect(applied).toMatchObject({ added: [expect.any(String), expect.any(String)], changed: [] })
    const [id = ''] = applied.added
    expect(await entry(id)).toMatchObject({ saved: true, secrets: { password: 'stored' } })
    const { caFile } = (await entry(id))!.profile.tls
    expect(readFileSync(caFile, 'utf8')).toBe('-----CA')
    expect(Object.keys(everything()).filter((path) => path.includes('Lamp'))).toHaveLength(1)

    await value('import.undo', undefined)
    expect(await entry(id)).toBeUndefined()
    const after = everything()
    const left = Object.keys(after).filter((path) => !(path in before) && !/collections|certificates$/.test(path))
    // Copies that the stores keep of the file before; no secret has one.
    expect(left.filter((path) => !/profiles|secrets/.test(path))).toEqual([])
    expect(existsSync(caFile)).toBe(false)
    expect(Object.entries(after).filter(([path, text]) => /s3cret-word|Lamp/.test(path + text))).toEqual([])
    const again = await harness.start()
    expect((await again.snapshot()).profiles.map(({ profile }) => profile.id)).toEqual(['local'])
  })

  it('says what is changed, puts it in the place of what is there, and back with its secret', async () => {
    const { value, entry } = await harness.start()
    const path = given('a', explorer('h.example'))
    harness.dialogs.choosePaths = () => Promise.resolve([path])
    const first = await value('import.apply', allOf(await value('import.choose', { kind: 'files' })))
    const [id = ''] = first.added
    const taken = (await entry(id))!
    await value('profile.save', {
      profile: { ...taken.profile, colour: 'red', production: true },
      secrets: { password: { change: 'keep' }, keyPassphrase: { change: 'keep' }, proxyPassword: { change: 'keep' } },
    })
    expect(rowsOf(await value('import.choose', { kind: 'files' }))).toMatchObject([{ state: 'same' }])

    writeFileSync(path, explorer('other.example').replace('s3cret-word', ''))
    const plan = await value('import.choose', { kind: 'files' })
    expect(rowsOf(plan)).toMatchObject([{ state: 'changed', profile: { host: 'other.example', colour: 'red' } }])
    expect(await value('import.apply', allOf(plan))).toMatchObject({ added: [], changed: [id] })
    // What was entered for one broker is not sent to another.
    expect(await entry(id)).toMatchObject({
      profile: { host: 'other.example', colour: 'red', production: true },
      secrets: { password: 'none' },
    })
    await value('import.undo', undefined)
    expect(await entry(id)).toMatchObject({ profile: { host: 'h.example' }, secrets: { password: 'stored' } })
    expect(await harness.start().then((again) => again.entry(id))).toMatchObject({ secrets: { password: 'stored' } })
  })

  it('imports only the rows that were chosen, and the later of two that are the same', async () => {
    const { value, snapshot } = await harness.start()
    const paths = [given('one', nodeRed), given('two', nodeRed), given('three', explorer('h'))]
    harness.dialogs.choosePaths = () => Promise.resolve(paths)
    const plan = await value('import.choose', { kind: 'files' })
    expect(rowsOf(plan).map(({ isRepeated }) => isRepeated)).toEqual([false, true, false])
    await value('import.apply', {
      connections: rowsOf(plan)
        .slice(0, 2)
        .map(({ id }) => id),
      schemas: [],
    })
    expect((await snapshot()).profiles).toHaveLength(2)
  })

  it('asks about files that a pasted command names, and about none that a chosen file names', async () => {
    const { value, invoke } = await harness.start()
    const asked: unknown[] = []
    harness.dialogs.confirm = (question) => Promise.resolve(asked.push(question) < 0)
    const text = 'mosquitto_sub -h h.example --cafile /certs/ca.crt -u u -P s3cret-word -t a/#'
    const plan = await value('import.readText', { text })
    expect(rowsOf(plan)).toMatchObject([{ name: 'h.example', state: 'new', secrets: ['password'] }])
    expect(JSON.stringify(plan)).not.toContain('s3cret-word')
    expect(await invoke('import.apply', allOf(plan))).toMatchObject({ error: { code: 'fileNotConfirmed' } })
    expect(asked).toEqual([{ kind: 'readTypedFiles', paths: ['/certs/ca.crt'] }])
    await value('import.clear', undefined)

    harness.dialogs.choosePaths = () => Promise.resolve([given('commands', text)])
    await value('import.apply', allOf(await value('import.choose', { kind: 'files' })))
    expect(asked).toHaveLength(1)
  })

  it('asks for the password of an encrypted file, and says that it is wrong', async () => {
    const { value, invoke } = await harness.start()
    const [salt, iv] = [randomBytes(16), randomBytes(12)]
    const cipher = createCipheriv('aes-256-gcm', pbkdf2Sync('open sesame', salt, 65_536, 32, 'sha256'), iv)
    const list = JSON.stringify([{ id: 'x', name: 'Tür', url: 'h', port: 1883, username: 'u', password: 'hid-den' }])
    const data = Buffer.concat([iv, salt, cipher.update(list, 'utf8'), cipher.final(), cipher.getAuthTag()])
    const file = {
      encryptionType: 'AES/GCM/NoPadding',
      encryptedData: data.toString('base64'),
      connectionConfigDTOS: null,
    }
    harness.dialogs.choosePaths = () => Promise.resolve([given('a.cqc', JSON.stringify(file))])
    const plan = await value('import.choose', { kind: 'files' })
    const [locked] = plan?.files ?? []
    expect(locked).toMatchObject({ tool: 'CorreoMQTT', isLocked: true, connections: [] })
    const fileId = locked?.id ?? ''
    expect(await invoke('import.unlock', { fileId, password: 'open' })).toMatchObject({
      error: { code: 'passwordWrong' },
    })
    expect(await invoke('import.unlock', { fileId: 'none', password: 'x' })).toMatchObject({
      error: { code: 'notFound' },
    })
    const opened = await value('import.unlock', { fileId, password: 'open sesame' })
    expect(opened.files).toMatchObject([
      { isLocked: false, connections: [{ name: 'Tür', state: 'new', secrets: ['password'] }] },
    ])
    expect(JSON.stringify(opened)).not.toContain('hid-den')
  })

  it('shows of a folder what it knows, of a file that is named what is wrong, and of an empty folder that it is', async () => {
    const { value } = await harness.start()
    given('many/deep/settings.json', explorer('h'))
    given('many/notes.txt', 'nothing of interest')
    given('many/reading.proto', 'syntax = "proto3"; message Reading { int32 at = 1; }')
    given('none/notes.txt', 'nothing of interest')
    const choose = (...names: string[]) => {
      harness.dialogs.choosePaths = () => Promise.resolve(names.map((name) => join(harness.folder.path, name)))
      return value('import.choose', { kind: 'folder' })
    }
    expect(await choose('many')).toMatchObject({
      files: [
        { tool: 'MQTT Explorer' },
        { tool: 'Protobuf', schemas: [{ name: 'reading.proto', isFilterGuessed: true }] },
      ],
    })
    await value('import.clear', undefined)
    expect(await choose('many/notes.txt', 'none', 'gone')).toMatchObject({
      files: [{ problem: { code: 'unknown' } }, { problem: { code: 'notReadable' } }],
    })
    await value('import.clear', undefined)
    expect(await choose('none')).toMatchObject({ files: [{ problem: { code: 'nothingFound' } }] })
  })

  it('has nothing to take back but what was imported, and that once', async () => {
    const { value, invoke } = await harness.start()
    expect(await invoke('import.undo', undefined)).toMatchObject({ error: { code: 'notFound' } })
    await value('import.apply', allOf(await value('import.readText', { text: 'mqtt://h.example' })))
    await value('import.undo', undefined)
    expect(await invoke('import.undo', undefined)).toMatchObject({ error: { code: 'notFound' } })
  })
})

describe('other tools on this computer', () => {
  it.each([
    ['linux', '.config/MQTTX/MQTTX.db', 'MQTTX'],
    ['darwin', 'Library/Application Support/MQTT-Explorer/settings.json', 'MQTT Explorer'],
    ['win32', 'Local/MQTT-FX/mqttfx-config.xml', 'MQTT.fx'],
    ['win32', 'Roaming/MQTTX/MQTTX.db', 'MQTTX'],
    ['linux', '.config/transmitron/profiles/x', 'Transmitron'],
  ])('on %s are found at %s', async (platform, path, tool) => {
    given(`home/${path}`, '')
    const home = join(harness.folder.path, 'home')
    const environment = { APPDATA: join(home, 'Roaming'), LOCALAPPDATA: join(home, 'Local') }
    expect(await lookForTools({ platform, home, environment })).toMatchObject([{ tool }])
  })
})
