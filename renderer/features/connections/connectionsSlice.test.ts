import { failureFrom } from '#shared/model/failureTesting'
import { describe, expect, it, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { CommandInput, CommandName, Snapshot } from '#shared/contract'
import { keepSecrets, newProfile, type Profile, type ProfileEntry } from '#shared/model/profile'
import { defaultSettings, type Settings } from '#shared/model/settings'
import { fail, ok, type AppError, type Result } from '#shared/result'
import type { AppState } from '../../store/appStore'
import type { SliceTools } from '../../store/sliceCreator'
import { createConnectionsSlice } from './connectionsSlice'

const entryOf = (given: Partial<Profile> & Pick<Profile, 'id'>): ProfileEntry => ({
  profile: newProfile({ name: given.id, ...given }),
  saved: true,
  secrets: { password: 'none', keyPassphrase: 'none' },
})

const snapshotWith = (given: Partial<Snapshot> = {}): Snapshot => ({
  profiles: [entryOf({ id: 'one' }), entryOf({ id: 'two' }), entryOf({ id: 'local', kind: 'local' })],
  sessions: [],
  settings: defaultSettings,
  systemLanguage: 'en',
  library: { savedMessages: [], history: {} },
  localBroker: { phase: 'stopped' },
  localBrokerUse: { clients: [], refused: {} },
  keyringAvailable: true,
  windowHidden: false,
  notices: [],
  openConnectionId: null,
  version: '0',
  platform: 'linux',
  ...given,
})

type Answers = { readonly [Name in CommandName]?: (input: CommandInput<Name>) => Result<unknown> }

const windowWith = (answers: Answers = {}, snapshot = snapshotWith()) => {
  const asked: { readonly name: string; readonly input: unknown }[] = []
  const notices: AppError[] = []
  const remembered: Partial<Settings>[] = []
  const invoke = (name: CommandName, input: never) => {
    asked.push({ name, input })
    return Promise.resolve(answers[name]?.(input) ?? ok(null))
  }
  const tools = { api: { invoke, onEvent: vi.fn() }, models: {} } as unknown as SliceTools
  const store = createStore<AppState>()(
    (set, get) =>
      ({
        ...createConnectionsSlice(snapshot)(set, get, tools),
        receiveNotice: (error: AppError) => notices.push(error),
        saveSettings: (change: Partial<Settings>) => Promise.resolve(remembered.push(change)),
      }) as unknown as AppState,
  )
  return { store, asked, notices, remembered, app: () => store.getState() }
}

describe('the connection in view', () => {
  it('is the one of last time, and is remembered when it changes', () => {
    const settings = { ...defaultSettings, lastConnectionId: 'two' }
    const { app, remembered } = windowWith({}, snapshotWith({ settings }))
    expect(app().activeConnectionId).toBe('two')
    app().showConnection('one')
    expect(remembered).toEqual([{ lastConnectionId: 'one' }])
  })

  it('is the first of the list where last time’s is gone', () => {
    const settings = { ...defaultSettings, lastConnectionId: 'gone' }
    expect(windowWith({}, snapshotWith({ settings })).app().activeConnectionId).toBe('one')
  })
})

const passwordNeeded = () => fail('passwordNeeded', 'A password is needed.')

describe('connect', () => {
  it('asks for the password it takes, and connects with it', async () => {
    const { app, asked } = windowWith({
      'session.connect': ({ password }) => (password === undefined ? passwordNeeded() : ok(null)),
    })
    await app().connect('one')
    expect(app().passwordPrompt).toEqual({ connectionId: 'one', submitted: false, error: null })
    const signIn = { username: 'ann', password: 'open sesame', remember: true }
    await app().connect('one', signIn)
    expect(app().passwordPrompt).toMatchObject({ submitted: true })
    expect(asked.at(-1)?.input).toEqual({ connectionId: 'one', ...signIn })
  })

  it('keeps the reason of an attempt that was not begun until the next', async () => {
    let missing = true
    const { app } = windowWith({
      'session.connect': () => (missing ? fail('fileUnreadable', 'No such file.') : ok(null)),
    })
    await app().connect('one')
    expect(app().connectErrors['one']?.code).toBe('fileUnreadable')
    missing = false
    await app().connect('one')
    expect(app().connectErrors).toEqual({})
  })

  it('starts the local broker first where it is not running', async () => {
    const { app, asked } = windowWith({ 'localBroker.start': () => ok({ connectionId: 'local' }) })
    await app().connect('local')
    expect(asked).toEqual([
      { name: 'localBroker.start', input: { devices: true } },
      { name: 'session.connect', input: { connectionId: 'local' } },
    ])
    expect(app().activeConnectionId).toBe('local')
  })
})

describe('startLocalBroker', () => {
  it('says beside the button why it did not start', async () => {
    const { app } = windowWith({ 'localBroker.start': () => fail('localBrokerFailed', 'No port.') })
    await app().startLocalBroker()
    expect(app().localBroker).toMatchObject({ phase: 'failed', error: { code: 'localBrokerFailed' } })
  })
})

describe('setSimulatedDevices', () => {
  const running = snapshotWith({ localBroker: { phase: 'running', port: 1883, devices: true } })

  it('only remembers the wish while the broker is stopped', async () => {
    const { app, asked } = windowWith()
    await app().setSimulatedDevices(false)
    expect([app().simulatedDevices, asked]).toEqual([false, []])
  })

  it('switches them in the running broker without connecting again', async () => {
    const { app, asked } = windowWith({}, running)
    await app().setSimulatedDevices(false)
    expect(asked).toEqual([{ name: 'localBroker.start', input: { devices: false } }])
    expect(app().simulatedDevices).toBe(false)
  })

  it('takes the switch back when that fails', async () => {
    const { app, notices } = windowWith({ 'localBroker.start': () => fail('localBrokerFailed', 'No.') }, running)
    await app().setSimulatedDevices(false)
    expect(app().simulatedDevices).toBe(true)
    expect(notices).toHaveLength(1)
  })
})

describe('saveProfile', () => {
  it('brings a new connection into view and closes the form', async () => {
    const { app } = windowWith({ 'profile.save': ({ profile }) => ok({ ...entryOf(profile) }) })
    app().openProfileForm('new')
    const profile = { ...app().profileForm!.profile, name: 'Bench' }
    expect(await app().saveProfile(profile, keepSecrets)).toBeNull()
    expect(app().profileForm).toBeNull()
    expect(app().activeConnectionId).toBe(profile.id)
    expect(app().profiles.map((entry) => entry.profile.name)).toContain('Bench')
  })

  it('leaves the form open and answers why it was not saved', async () => {
    const { app } = windowWith({ 'profile.save': () => fail('storageFailed', 'Disk full.') })
    app().openProfileForm('one')
    expect(await app().saveProfile(app().profileForm!.profile, keepSecrets)).toMatchObject({ code: 'storageFailed' })
    expect(app().profileForm?.profile.id).toBe('one')
  })
})

describe('profiles', () => {
  it('moves to the neighbour when the one in view is deleted, and back when it is restored', async () => {
    const { app } = windowWith({ 'profile.restore': () => ok(entryOf({ id: 'one' })) })
    expect(await app().deleteProfile('one')).toBe(true)
    expect(app().activeConnectionId).toBe('two')
    await app().restoreProfile('one')
    expect(app().activeConnectionId).toBe('one')
  })

  it('takes an order back that could not be stored', async () => {
    const { app, notices } = windowWith({ 'profile.arrange': () => fail('storageFailed', 'Disk full.') })
    const before = app().profiles
    const arranging = app().arrangeProfiles([
      { id: 'two', folder: 'Lab' },
      { id: 'one', folder: '' },
      { id: 'local', folder: '' },
    ])
    expect(app().profiles[0]?.profile).toMatchObject({ id: 'two', folder: 'Lab' })
    await arranging
    expect(app().profiles).toBe(before)
    expect(notices).toHaveLength(1)
  })

  it('shows the connection from the command line first, and asks for its password', () => {
    const reason = failureFrom({ code: 'passwordNeeded', message: 'A password is needed.' })
    const sessions = [{ connectionId: 'two', state: { phase: 'failed' as const, reason }, subscriptions: [] }]
    const { app } = windowWith({}, snapshotWith({ openConnectionId: 'two', sessions }))
    expect(app().activeConnectionId).toBe('two')
    expect(app().passwordPrompt?.connectionId).toBe('two')
  })
})
