import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EventMessage } from '../../shared/contract'
import { keepSecrets, newProfile, type Profile } from '../../shared/model/profile'
import { defaultSettings } from '../../shared/model/settings'
import type { Subscription } from '../../shared/model/subscription'
import { createFakeVault } from '../support/fakeVault'
import { findFreePort } from '../support/freePort'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import type { TemporaryFolder } from '../support/temporaryFolder'
import { connectRaw } from '../support/rawMqttClient'
import { waitFor } from '../support/waitFor'
import { createCoreHarness, type CoreHarness } from './coreHarness'

let folder: TemporaryFolder
let events: EventMessage[]
let dialogs: CoreHarness['dialogs']
let startCore: CoreHarness['start']
let last: CoreHarness['last']
let hideWindow: CoreHarness['hideWindow']
let stop: CoreHarness['stop']

beforeEach(() => {
  ;({ folder, events, dialogs, start: startCore, last, hideWindow, stop } = createCoreHarness('core'))
  dialogs.confirm = () => Promise.resolve(true)
})
afterEach(() => stop())

type StartedCore = Awaited<ReturnType<CoreHarness['start']>>

const plant = newProfile({ id: 'p1', name: 'Plant', host: '127.0.0.1' })
const withPassword: Profile = { ...plant, username: 'sam', usePassword: true }
const everything: Subscription = {
  id: 's1',
  filter: '#',
  qos: 0,
  colour: 'blue',
  alias: '',
  enabled: true,
  muted: false,
}
const password = (value: string) => ({ ...keepSecrets, password: { change: 'set' as const, value } })

/** The local profile, on a port that no other test has. */
const useFreeLocalPort = async ({ snapshot, value }: StartedCore) => {
  const local = (await snapshot()).profiles.find(({ profile }) => profile.kind === 'local')
  if (!local) throw new Error('no local profile')
  const profile = { ...local.profile, port: await findFreePort() }
  await value('profile.save', { profile, secrets: keepSecrets })
  return profile
}

describe('dispatch', () => {
  it.each(['app.nonsense', 'constructor', '__proto__', 'toString', undefined, 7, {}])('refuses %s', async (name) => {
    const { core } = await startCore()
    expect(await core.dispatch(name, undefined)).toMatchObject({ ok: false, error: { code: 'unknownCommand' } })
  })

  it('names the field that is not valid', async () => {
    const { core } = await startCore()
    const input = { profile: { ...plant, reconnect: { ...plant.reconnect, maximumSeconds: 0 } }, secrets: keepSecrets }
    expect(await core.dispatch('profile.save', input)).toMatchObject({
      ok: false,
      error: { code: 'invalidInput', message: 'numberRange', field: 'profile.reconnect.maximumSeconds' },
    })
    expect(await core.dispatch('app.snapshot', 1)).toMatchObject({ ok: false, error: { code: 'invalidInput' } })
    const request = {
      connectionId: 'a',
      topic: 'a/#',
      payload: new Uint8Array(),
      qos: 0,
      retain: false,
      properties: {},
    }
    expect(await core.dispatch('message.publish', request)).toMatchObject({
      error: { code: 'topicInvalid', field: 'topic', values: { detail: 'wildcardInTopic', column: 2 } },
    })
  })

  it('answers what nobody expected instead of throwing', async () => {
    dialogs.choosePath = () => Promise.reject(new Error('no desktop'))
    const { invoke } = await startCore()
    expect(await invoke('payloadFile.choose', undefined)).toEqual({
      ok: false,
      error: { code: 'internal', message: 'no desktop' },
    })
  })
})

const listed = (...filters: readonly string[]): Subscription[] =>
  filters.map((filter, index) => ({ ...everything, id: `s${index + 1}`, filter }))

const startWithFilters = async (...filters: readonly string[]) => {
  const { value, invoke, snapshot } = await startCore()
  await value('profile.save', { profile: { ...plant, subscriptions: listed(...filters) }, secrets: keepSecrets })
  const save = (subscription: Subscription, where: { replaces?: string; place?: number } = {}) =>
    invoke('subscription.save', { connectionId: 'p1', subscription, ...where })
  const entries = async () => {
    const entry = (await snapshot()).profiles.find(({ profile }) => profile.id === 'p1')
    return entry?.profile.subscriptions ?? []
  }
  return { value, save, entries, filters: async () => (await entries()).map(({ id, filter }) => `${id} ${filter}`) }
}

describe('the list of subscriptions', () => {
  it('puts a new one in the place of the one it replaces, in one change', async () => {
    const { save, filters } = await startWithFilters('a', 'b', 'c')
    events.length = 0
    expect(await save({ ...everything, id: 'n', filter: 'x' }, { replaces: 's2' })).toMatchObject({ ok: true })
    expect(await filters()).toEqual(['s1 a', 'n x', 's3 c'])
    expect(events.map(({ name }) => name)).toEqual(['profiles.changed'])
  })

  it('keeps the old one when the disk does not take the new one', async () => {
    const { save, filters } = await startWithFilters('a', 'b')
    const data = join(folder.path, 'data')
    rmSync(data, { recursive: true })
    writeFileSync(data, '')
    const result = await save({ ...everything, id: 'n', filter: 'x' }, { replaces: 's2' })
    expect(result).toMatchObject({ ok: false, error: { code: 'storageFailed' } })
    expect(await filters()).toEqual(['s1 a', 's2 b'])
  })

  it('only adds where the one to replace is gone, and only lets go where the new one is there', async () => {
    const { save, filters } = await startWithFilters('a', 'b', 'c')
    await save({ ...everything, id: 'n', filter: 'x' }, { replaces: 'gone', place: 1 })
    expect(await filters()).toEqual(['s1 a', 'n x', 's2 b', 's3 c'])
    await save({ ...everything, id: 's3', filter: 'c', alias: 'again' }, { replaces: 'n' })
    expect(await filters()).toEqual(['s1 a', 's2 b', 's3 c'])
  })
})

describe('several subscriptions', () => {
  it('are saved and removed as one change, and come back to their places', async () => {
    const { value, entries, filters } = await startWithFilters('a', 'b', 'c', 'd')
    const [first, second, , fourth] = await entries()
    events.length = 0
    await value('subscription.remove', { connectionId: 'p1', subscriptionIds: ['s4', 's1', 's2', 'gone'] })
    expect(await filters()).toEqual(['s3 c'])
    const changes = [first!, second!, fourth!].map((subscription, at) => ({ subscription, place: [0, 1, 3][at]! }))
    await value('subscription.saveMany', { connectionId: 'p1', changes })
    expect(await filters()).toEqual(['s1 a', 's2 b', 's3 c', 's4 d'])
    expect(events.map(({ name }) => name)).toEqual(['profiles.changed', 'profiles.changed'])
  })

  it('stand in the list once, though one of them is there already or comes twice', async () => {
    const { value, filters } = await startWithFilters('a')
    const changes = ['b', 'a', 'b'].map((filter, at) => ({ subscription: { ...everything, id: `n${at}`, filter } }))
    await value('subscription.saveMany', { connectionId: 'p1', changes })
    expect(await filters()).toEqual(['s1 a', 'n0 b'])
  })
})

describe('a filter that is in the list', () => {
  it('stands there once, however often it is asked for at the same time', async () => {
    const { save, entries } = await startWithFilters('a')
    const wanted = { ...everything, filter: 'x' }
    await Promise.all([save({ ...wanted, id: 'one' }), save({ ...wanted, id: 'two', qos: 1 })])
    expect((await entries()).slice(1)).toEqual([{ ...wanted, id: 'one', qos: 1 }])
  })

  it('keeps its id, name and place, takes the new QoS and is switched on', async () => {
    const { save, entries, filters } = await startWithFilters('a', 'b')
    await save({ ...everything, id: 's1', filter: 'a', alias: 'first', colour: 'red', enabled: false })
    await save({ ...everything, id: 'n', filter: 'a', qos: 2 })
    expect((await entries())[0]).toMatchObject({ id: 's1', alias: 'first', colour: 'red', qos: 2, enabled: true })
    await save({ ...everything, id: 'm', filter: 'a' }, { replaces: 's2' })
    expect(await filters()).toEqual(['s1 a'])
  })

  it('may be that of the one it replaces', async () => {
    const { save, filters } = await startWithFilters('a', 'b')
    await save({ ...everything, id: 'n', filter: 'a' }, { replaces: 's1' })
    expect(await filters()).toEqual(['n a', 's2 b'])
  })
})

describe('profiles', () => {
  it('are told of after every change', async () => {
    const { value } = await startCore()
    await value('profile.save', { profile: plant, secrets: password('hunter2') })
    const names = () => last('profiles.changed')?.map(({ profile }) => profile.name)
    expect(names()).toEqual(['Local broker', 'Plant'])
    const copy = await value('profile.duplicate', { connectionId: 'p1' })
    expect(copy).toMatchObject({
      saved: true,
      profile: { name: 'Plant copy', host: '127.0.0.1' },
      secrets: { password: 'none' },
    })
    expect(copy.profile.id).not.toBe('p1')
    expect(copy.profile.clientId).not.toBe(plant.clientId)
    await value('profile.duplicate', { connectionId: 'p1' })
    expect(names()).toEqual(['Local broker', 'Plant', 'Plant copy 2', 'Plant copy'])
    await value('profile.delete', { connectionId: 'p1' })
    expect(names()).toEqual(['Local broker', 'Plant copy 2', 'Plant copy'])
    const restored = await value('profile.restore', { connectionId: 'p1' })
    expect(restored).toEqual({
      profile: plant,
      saved: true,
      secrets: { password: 'stored', keyPassphrase: 'none', proxyPassword: 'none' },
    })
    expect(names()).toEqual(['Local broker', 'Plant', 'Plant copy 2', 'Plant copy'])
  })

  it('survive a restart', async () => {
    const first = await startCore()
    await first.value('profile.save', { profile: plant, secrets: password('hunter2') })
    const again = (await (await startCore()).snapshot()).profiles
    expect(again.at(-1)).toEqual({
      profile: plant,
      saved: true,
      secrets: { password: 'stored', keyPassphrase: 'none', proxyPassword: 'none' },
    })
  })

  it('cannot be found once they are gone', async () => {
    const { invoke } = await startCore()
    for (const name of ['profile.duplicate', 'profile.delete', 'profile.restore', 'session.connect'] as const)
      expect(await invoke(name, { connectionId: 'x' })).toMatchObject({ ok: false, error: { code: 'notFound' } })
  })
})

it('tells the memory of each process and what main holds of it', async () => {
  const { value } = await startCore()
  expect(await value('app.memory', undefined)).toEqual({
    processes: { main: 1, window: 2, graphics: 3, other: 4 },
    shared: 'divided',
    held: {
      inbox: { bytes: 0, limitBytes: 256 * 2 ** 20 },
      payloads: { bytes: 0, limitBytes: 256 * 2 ** 20 },
    },
  })
})

describe('a window', () => {
  it('is told by the snapshot whether anybody sees it', async () => {
    const { snapshot } = await startCore()
    expect((await snapshot()).windowHidden).toBe(false)
    hideWindow()
    expect((await snapshot()).windowHidden).toBe(true)
  })
})

describe('settings', () => {
  it('decide whether a secret may be written where there is no keyring', async () => {
    const { value, snapshot } = await startCore(createFakeVault({ available: false }))
    await value('profile.save', { profile: plant, secrets: password('hunter2') })
    expect((await snapshot()).keyringAvailable).toBe(false)
    const keeping = () => last('profiles.changed')?.at(-1)?.secrets.password
    expect(keeping()).toBe('session')
    await value('settings.save', { ...defaultSettings, storeSecretsWithoutKeyring: true })
    expect(keeping()).toBe('plain')
    await value('settings.save', defaultSettings)
    expect(keeping()).toBe('session')
  })
})

describe('what a snapshot says of damaged files', () => {
  it('it says once', async () => {
    await (await startCore()).value('settings.save', defaultSettings)
    writeFileSync(join(folder.path, 'data', 'settings.json'), '{')
    const { snapshot } = await startCore()
    expect((await snapshot()).notices).toMatchObject([{ code: 'storedFileDamaged', values: { file: 'settings.json' } }])
    expect((await snapshot()).notices).toEqual([])
  })
})

describe('files', () => {
  it('are read and written byte for byte', async () => {
    const bytes = Uint8Array.from([0, 255, 13, 10])
    const path = join(folder.path, 'a.bin')
    let suggested = ''
    dialogs.savePath = (name) => Promise.resolve((suggested = name) && path)
    dialogs.choosePath = () => Promise.resolve(path)
    const { value } = await startCore()
    expect(await value('file.save', { suggestedName: '../a/b:c.bin', bytes })).toBe(path)
    expect(suggested).toBe('_a_b_c.bin')
    const chosen = await value('payloadFile.choose', undefined)
    expect(chosen).toMatchObject({ name: 'a.bin', size: 4 })
    expect(await value('payloadFile.read', { fileToken: chosen?.token ?? '' })).toEqual(bytes)
    expect(await value('file.choose', { purpose: 'certificate' })).toEqual({ path, name: 'a.bin' })
  })

  it('may be refused by the person or the disk', async () => {
    const { value, invoke } = await startCore()
    expect(await value('payloadFile.choose', undefined)).toBeNull()
    expect(await value('file.save', { suggestedName: 'a', bytes: new Uint8Array() })).toBeNull()
    dialogs.choosePath = () => Promise.resolve(join(folder.path, 'none'))
    dialogs.savePath = () => Promise.resolve(join(folder.path, 'no', 'folder'))
    expect(await invoke('payloadFile.choose', undefined)).toMatchObject({ error: { code: 'fileMissing' } })
    expect(await invoke('file.save', { suggestedName: 'a', bytes: new Uint8Array() })).toMatchObject({
      error: { code: 'fileNotWritten' },
    })
  })
})

describe('the local broker', () => {
  it('starts with its profile, which follows its port', async () => {
    const started = await startCore()
    const profile = await useFreeLocalPort(started)
    const { connectionId } = await started.value('localBroker.start', { devices: true })
    expect(connectionId).toBe(profile.id)
    expect(last('localBroker.changed')).toEqual({ phase: 'running', port: profile.port, devices: true })
    await started.value('session.connect', { connectionId })
    await waitFor('the session', () => last('session.changed')?.state.phase === 'online')
    const batch = await waitFor('messages', async () => {
      const taken = await started.value('message.take', { fresh: false })
      return taken.frames.length > 0 ? taken : null
    })
    expect(batch.frames[0]?.connectionId).toBe(connectionId)
    await started.value('localBroker.stop', undefined)
    await waitFor('the end', () => last('session.changed')?.state.phase === 'offline')
    expect(last('localBroker.changed')).toEqual({ phase: 'stopped' })
  })

  it('starts by itself when its profile is connected', async () => {
    const started = await startCore()
    const { id } = await useFreeLocalPort(started)
    await started.value('session.connect', { connectionId: id })
    await waitFor('the session', () => last('session.changed')?.state.phase === 'online')
    expect(last('localBroker.changed')?.phase).toBe('running')
  })

  it('asks for the user name and password that were set, which its own connections know', async () => {
    const started = await startCore()
    const { id, port } = await useFreeLocalPort(started)
    const copy = await started.value('profile.duplicate', { connectionId: id })
    const entry = await started.value('localBroker.setAccess', { username: 'ann', password: 'geheim' })
    expect(entry).toMatchObject({ profile: { id, username: 'ann', usePassword: true } })
    expect(entry.secrets.password).not.toBe('none')
    const phaseOf = async (connectionId: string) =>
      (await started.snapshot()).sessions.find((session) => session.connectionId === connectionId)?.state.phase
    for (const connectionId of [id, copy.profile.id]) {
      await started.value('session.connect', { connectionId })
      await waitFor('the session', async () => (await phaseOf(connectionId)) === 'online')
    }
    const { connack, client } = await connectRaw(port, { clientId: 'stranger' })
    expect(connack.reasonCode).toBe(0x86)
    client.socket.destroy()
    await waitFor('the use to be told', () => {
      const use = last('localBroker.used')
      return use?.clients.length === 2 && use.refused.password === 1
    })
    expect((await started.snapshot()).localBrokerUse.clients.map(({ username }) => username)).toEqual(['ann', 'ann'])
    expect(await started.value('localBroker.setAccess', null)).toMatchObject({ profile: { usePassword: false } })
    const { connack: open, client: other } = await connectRaw(port, { clientId: 'stranger' })
    expect(open.reasonCode).toBe(0)
    other.socket.destroy()
  })

  it('makes its profile anew when that was deleted, and remembers another port', async () => {
    const started = await startCore()
    const { id, port } = await useFreeLocalPort(started)
    await started.value('profile.delete', { connectionId: id })
    const { connectionId } = await started.value('localBroker.start', { devices: false })
    const profile = (await started.snapshot()).profiles.find((entry) => entry.profile.id === connectionId)?.profile
    const state = (await started.snapshot()).localBroker
    expect(profile).toMatchObject({
      kind: 'local',
      host: '127.0.0.1',
      port: state.phase === 'running' ? state.port : port,
    })
  })
})

describe('a session', () => {
  let broker: Mosquitto
  beforeEach(async () => (broker = await startMosquitto({ users: { sam: 'hunter2' } })))
  afterEach(() => broker.stop())

  const online = () => waitFor('the session', () => last('session.changed')?.state.phase === 'online')

  it('asks for a password that nobody knows, uses the given one and remembers it on request', async () => {
    const { value, invoke } = await startCore()
    const profile = { ...withPassword, port: broker.port() }
    await value('profile.save', { profile, secrets: keepSecrets })
    expect(await invoke('session.connect', { connectionId: 'p1' })).toMatchObject({ error: { code: 'passwordNeeded' } })
    await value('session.connect', { connectionId: 'p1', password: 'hunter2' })
    await online()
    await value('session.disconnect', { connectionId: 'p1' })
    expect(await invoke('session.connect', { connectionId: 'p1' })).toMatchObject({ error: { code: 'passwordNeeded' } })
    await value('session.connect', { connectionId: 'p1', password: 'hunter2', remember: true })
    await online()
    await value('session.disconnect', { connectionId: 'p1' })
    expect(await invoke('session.connect', { connectionId: 'p1' })).toMatchObject({ ok: true })
    await online()
  })

  it('that tries again uses an edited profile with its secrets', async () => {
    const { value } = await startCore()
    const closed = await findFreePort()
    const reconnect = { enabled: true, initialSeconds: 1, maximumSeconds: 1, maximumAttempts: 0 }
    const wrong = { ...withPassword, port: closed, reconnect }
    await value('profile.save', { profile: wrong, secrets: password('wrong') })
    await value('session.connect', { connectionId: 'p1' })
    await waitFor('the first failure', () => last('session.changed')?.state.phase === 'waiting')
    await value('profile.save', { profile: { ...wrong, port: broker.port() }, secrets: password('hunter2') })
    await waitFor('the session to come online', () => last('session.changed')?.state.phase === 'online')
  })

  it('connects with a password that could not be remembered, and says so', async () => {
    const { value } = await startCore()
    await value('profile.save', { profile: { ...withPassword, port: broker.port() }, secrets: keepSecrets })
    mkdirSync(join(folder.path, 'data', 'secrets.json.tmp'))
    await value('session.connect', { connectionId: 'p1', password: 'hunter2', remember: true })
    await online()
    expect(last('notice.raised')).toMatchObject({ code: 'storageFailed', values: { file: 'secrets.json' } })
  })

  it('skips a packet larger than the settings allow, and takes it once they do', async () => {
    const { value } = await startCore()
    const profile = { ...withPassword, port: broker.port(), subscriptions: [everything] }
    await value('profile.save', { profile, secrets: password('hunter2') })
    const publishTwoKilobytes = async () => {
      await value('session.connect', { connectionId: 'p1' })
      await online()
      await waitFor('the grant', () => last('session.changed')?.subscriptions[0]?.state.phase === 'granted')
      const payload = Buffer.alloc(2_000)
      const request = { connectionId: 'p1', topic: 'large', payload, qos: 0, retain: false, properties: {} } as const
      await value('message.publish', request)
    }
    await value('settings.save', { ...defaultSettings, maximumPacketBytes: 1_024 })
    await publishTwoKilobytes()
    await waitFor('the skipped message', async () => {
      const { frames } = await value('message.take', { fresh: true })
      return frames.some(({ skippedBefore = [] }) => skippedBefore.some(({ topic }) => topic === 'large'))
    })
    expect(last('session.changed')?.state.phase).toBe('online')
    await value('settings.save', defaultSettings)
    await value('session.disconnect', { connectionId: 'p1' })
    await publishTwoKilobytes()
    await waitFor('the message', async () => {
      const { connections } = await value('message.take', { fresh: true })
      return connections[0]?.totals.received === 1
    })
  })

  it('follows the subscriptions of its profile, which are saved', async () => {
    const { value } = await startCore()
    const profile = { ...withPassword, port: broker.port() }
    await value('profile.save', { profile, secrets: password('hunter2') })
    await value('session.connect', { connectionId: 'p1' })
    await online()
    await value('subscription.save', { connectionId: 'p1', subscription: everything })
    await waitFor('the grant', () => last('session.changed')?.subscriptions[0]?.state.phase === 'granted')
    await value('subscription.save', { connectionId: 'p1', subscription: { ...everything, alias: 'All' } })
    expect((await (await startCore()).snapshot()).profiles.at(-1)?.profile.subscriptions).toMatchObject([
      { alias: 'All' },
    ])
    await value('subscription.remove', { connectionId: 'p1', subscriptionIds: ['s1'] })
    await waitFor('the removal', () => last('session.changed')?.subscriptions.length === 0)
    expect((await (await startCore()).snapshot()).profiles.at(-1)?.profile.subscriptions).toEqual([])
  })

  it('ends with its profile', async () => {
    const { value, snapshot } = await startCore()
    await value('profile.save', { profile: { ...withPassword, port: broker.port() }, secrets: password('hunter2') })
    await value('session.connect', { connectionId: 'p1' })
    await online()
    await value('profile.delete', { connectionId: 'p1' })
    expect(last('session.removed')).toEqual({ connectionId: 'p1' })
    expect((await snapshot()).sessions).toEqual([])
  })

  it('of the command line connects, and leaves nothing on disk until it is saved', async () => {
    const { core, value, snapshot } = await startCore(createFakeVault({ available: false }))
    await value('settings.save', { ...defaultSettings, storeSecretsWithoutKeyring: true })
    const profile = { ...withPassword, port: broker.port(), name: 'Passing by', subscriptions: [everything] }
    const opened = await core.openFromCommandLine({ kind: 'address', profile, password: 'hunter2' })
    expect(opened).toEqual({ ok: true, value: { connectionId: 'p1' } })
    await online()
    await value('subscription.save', {
      connectionId: 'p1',
      subscription: { ...everything, id: 's2', filter: 'more/#' },
    })
    expect((await snapshot()).openConnectionId).toBe('p1')
    expect((await snapshot()).profiles.at(-1)).toMatchObject({ saved: false, secrets: { password: 'session' } })
    const data = join(folder.path, 'data')
    const onDisk = () =>
      readdirSync(data)
        .map((name) => readFileSync(join(data, name), 'utf8'))
        .join()
    expect(onDisk()).not.toMatch(/Passing by|hunter2|more/)
    const entry = await value('profile.save', { profile, secrets: keepSecrets })
    expect(entry).toMatchObject({ saved: true, secrets: { password: 'plain' } })
    expect(onDisk()).toMatch(/Passing by/)
    expect(onDisk()).toMatch(/hunter2/)
  })

  it('of a saved profile opens by name', async () => {
    const { core, value } = await startCore()
    await value('profile.save', { profile: { ...withPassword, port: broker.port() }, secrets: password('hunter2') })
    expect(await core.openFromCommandLine({ kind: 'profile', name: 'plant' })).toMatchObject({ ok: true })
    await online()
    expect(last('connection.opened')).toEqual({ connectionId: 'p1' })
    expect(await core.openFromCommandLine({ kind: 'profile', name: 'x' })).toMatchObject({
      error: { code: 'notFound' },
    })
  })
})

it('a core that was never used writes nothing', async () => {
  const { core } = await startCore()
  await core.dispose()
  expect(existsSync(join(folder.path, 'data', 'profiles.json'))).toBe(false)
})
