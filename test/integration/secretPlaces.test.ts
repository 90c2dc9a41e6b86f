import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { keepSecrets, newProfile, type Profile } from '../../shared/model/profile'
import { startConnectRecorder } from '../support/connectRecorder'
import { findFreePort } from '../support/freePort'
import { createCoreHarness, type CoreHarness } from './coreHarness'

let harness: CoreHarness
beforeEach(() => void (harness = createCoreHarness('places')))
afterEach(() => harness.stop())

const set = (value: string) => ({ ...keepSecrets, password: { change: 'set' as const, value } })
const both = {
  password: { change: 'set', value: 'hunter2' },
  keyPassphrase: { change: 'set', value: 'geheim' },
  proxyPassword: { change: 'keep' },
} as const
const tls = { ...newProfile({ id: 'a' }).tls, keyFile: '', caFile: '' }
const plant = newProfile({
  id: 'p1',
  name: 'Plant',
  host: '127.0.0.1',
  scheme: 'mqtts',
  username: 'sam',
  usePassword: true,
  tls,
})
const onDisk = () => {
  const path = join(harness.dataFolder, 'secrets.json')
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}
const sealed = Buffer.from('mine:2retnuh').toString('base64')

const started = async (profile: Profile = plant) => {
  const core = await harness.start()
  await core.value('profile.save', { profile, secrets: both })
  expect(onDisk()).toContain(sealed)
  return core
}

describe('a stored password is forgotten', () => {
  it.each<[string, Partial<Profile>]>([
    ['host', { host: 'evil.example' }],
    ['port', { port: 1 }],
    ['scheme', { scheme: 'mqtt' }],
    ['verification', { tls: { ...tls, verify: false } }],
    ['server name', { tls: { ...tls, serverName: 'evil.example' } }],
  ])('when "keep" comes with another %s, said, off the disk and asked for again', async (_what, change) => {
    const { value, invoke } = await started()
    const entry = await value('profile.save', { profile: { ...plant, ...change }, secrets: keepSecrets })
    expect(entry.secrets).toEqual({ password: 'none', keyPassphrase: 'stored', proxyPassword: 'none' })
    expect(onDisk()).not.toContain(sealed)
    expect(harness.last('notice.raised')).toMatchObject({
      code: 'secretsForgotten',
      values: { name: 'Plant', detail: 'password' },
    })
    expect(await invoke('session.connect', { connectionId: 'p1' })).toMatchObject({ error: { code: 'passwordNeeded' } })
    // There and back again does not bring it back.
    await value('profile.save', { profile: plant, secrets: keepSecrets })
    expect((await (await harness.start()).entry('p1'))?.secrets.password).toBe('none')
  })

  it('and never reaches where the profile was turned to', async () => {
    const there = await startConnectRecorder(() => 0)
    try {
      const plain = { ...plant, scheme: 'mqtt', port: await findFreePort() } as const
      const { value, invoke } = await started(plain)
      const turned = { ...plain, port: there.port }
      await Promise.all([
        value('profile.save', { profile: turned, secrets: keepSecrets }),
        invoke('session.connect', { connectionId: 'p1' }),
        value('profile.save', { profile: turned, secrets: keepSecrets }),
        invoke('session.connect', { connectionId: 'p1' }),
      ])
      await invoke('session.connect', { connectionId: 'p1' })
      await value('profile.save', { profile: { ...turned, usePassword: false }, secrets: keepSecrets })
      await value('session.connect', { connectionId: 'p1' })
      await harness.reach('online')
      expect(there.connects.filter(({ password }) => password !== null)).toEqual([])
    } finally {
      await there.stop()
    }
  })

  it('but is kept with another user, name or client ID, and one that is typed with the change is kept', async () => {
    const { value } = await started()
    const other = { ...plant, username: 'bob', name: 'Other', clientId: 'x', protocolVersion: '3.1.1' } as const
    expect((await value('profile.save', { profile: other, secrets: keepSecrets })).secrets.password).toBe('stored')
    const moved = { ...other, host: 'elsewhere' }
    expect((await value('profile.save', { profile: moved, secrets: set('new') })).secrets.password).toBe('stored')
    expect(harness.last('notice.raised')).toBeUndefined()
  })
})

it('a change the disk refuses leaves profile and password as they were', async () => {
  const { value, invoke, entry } = await started()
  mkdirSync(join(harness.dataFolder, 'profiles.json.tmp'))
  const moved = { profile: { ...plant, host: 'elsewhere' }, secrets: keepSecrets }
  expect(await invoke('profile.save', moved)).toMatchObject({ error: { code: 'storageFailed' } })
  expect(await entry('p1')).toMatchObject({ profile: { host: '127.0.0.1' }, secrets: { password: 'stored' } })
  expect(onDisk()).toContain(sealed)
  rmSync(join(harness.dataFolder, 'profiles.json.tmp'), { recursive: true })
  // And where the password cannot be taken off the disk, the profile does not move either.
  mkdirSync(join(harness.dataFolder, 'secrets.json.tmp'))
  expect(await invoke('profile.save', moved)).toMatchObject({ error: { code: 'storageFailed' } })
  expect((await entry('p1'))?.profile.host).toBe('127.0.0.1')
  rmSync(join(harness.dataFolder, 'secrets.json.tmp'), { recursive: true })
  await value('profile.save', moved)
  expect(onDisk()).not.toContain(sealed)
})

it('a duplicate has none and is asked', async () => {
  const { value, invoke } = await started()
  const copy = await value('profile.duplicate', { connectionId: 'p1' })
  expect(copy.secrets).toEqual({ password: 'none', keyPassphrase: 'none', proxyPassword: 'none' })
  expect(await invoke('session.connect', { connectionId: copy.profile.id })).toMatchObject({
    error: { code: 'passwordNeeded' },
  })
})

it('one that was deleted comes back with its own, and not to another that took its id', async () => {
  const { value, invoke } = await started()
  await value('profile.delete', { connectionId: 'p1' })
  expect((await value('profile.restore', { connectionId: 'p1' })).secrets.password).toBe('stored')
  await value('profile.delete', { connectionId: 'p1' })
  const taken = { ...plant, host: 'evil.example' }
  const entry = await value('profile.save', { profile: taken, secrets: keepSecrets })
  expect(entry.secrets.password).toBe('none')
  expect(await invoke('profile.restore', { connectionId: 'p1' })).toMatchObject({ error: { code: 'notFound' } })
})

it('one of the command line is not taken along by saving it for elsewhere', async () => {
  const { core, value } = await harness.start()
  const profile = { ...plant, scheme: 'mqtt', port: await findFreePort() } as const
  await core.openFromCommandLine({ kind: 'address', profile, password: 'hunter2' })
  const entry = await value('profile.save', { profile: { ...profile, host: 'evil.example' }, secrets: keepSecrets })
  expect(entry).toMatchObject({ saved: true, secrets: { password: 'none' } })
  expect(onDisk()).not.toContain(sealed)
})

it('that of the broker inside the application follows its port, and does not leave it', async () => {
  const { value, entry } = await harness.start()
  const local = (await value('app.snapshot', undefined)).profiles.find(
    ({ profile }) => profile.kind === 'local',
  )?.profile
  if (!local) throw new Error('no local profile')
  await value('profile.save', { profile: { ...local, usePassword: true }, secrets: set('hunter2') })
  await value('profile.save', { profile: { ...local, port: await findFreePort() }, secrets: keepSecrets })
  expect((await entry(local.id))?.secrets.password).toBe('stored')
  await value('profile.save', { profile: { ...local, kind: 'remote' }, secrets: keepSecrets })
  expect((await entry(local.id))?.secrets.password).toBe('none')
})
