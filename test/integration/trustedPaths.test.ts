import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Question } from '../../electron/core/files/dialogs'
import { keepSecrets, newProfile, type Profile } from '../../shared/model/profile'
import { defaultSettings } from '../../shared/model/settings'
import { createFakeVault } from '../support/fakeVault'
import { waitFor } from '../support/waitFor'
import { createCoreHarness, type CoreHarness } from './coreHarness'

let harness: CoreHarness
let asked: Question[]
/** What the person says to the next questions. */
let says: boolean
beforeEach(() => {
  harness = createCoreHarness('trust')
  asked = []
  says = false
  harness.dialogs.confirm = (question) => {
    asked.push(question)
    return Promise.resolve(says)
  }
})
afterEach(() => harness.stop())

const plant = newProfile({ id: 'p1', name: 'Plant', host: '127.0.0.1', scheme: 'mqtts' })
const withFiles = (files: Partial<Profile['tls']>, given: Partial<Profile> = {}) => ({
  profile: { ...plant, ...given, tls: { ...plant.tls, ...files } },
  secrets: keepSecrets,
})

describe('a file that a profile names', () => {
  it('is asked about once when it was typed, by all its paths, outside the window', async () => {
    const { invoke, value, entry } = await harness.start()
    const typed = withFiles({ caFile: '/ca.pem', certificateFile: '/me.crt', keyFile: '/me.key' })
    expect(await invoke('profile.save', typed)).toMatchObject({
      error: { code: 'fileNotConfirmed', field: 'profile.tls.caFile', values: { name: 'ca.pem' } },
    })
    expect(asked).toEqual([{ kind: 'readTypedFiles', paths: ['/ca.pem', '/me.crt', '/me.key'] }])
    expect(await entry('p1')).toBeUndefined()
    says = true
    await value('profile.save', typed)
    await value('profile.save', withFiles({ ...typed.profile.tls }, { name: 'Renamed', host: 'elsewhere' }))
    expect(asked).toHaveLength(2)
    says = false
    expect(
      await invoke('profile.save', withFiles({ ...typed.profile.tls, keyFile: '/home/sam/.ssh/id' })),
    ).toMatchObject({
      error: { code: 'fileNotConfirmed', field: 'profile.tls.keyFile', values: { name: 'id' } },
    })
    expect(asked.at(-1)).toEqual({ kind: 'readTypedFiles', paths: ['/home/sam/.ssh/id'] })
  })

  it('is not asked about when it was chosen, nor where it is taken away', async () => {
    const { value } = await harness.start()
    harness.dialogs.choosePath = () => Promise.resolve('/chosen/ca.pem')
    expect(await value('file.choose', { purpose: 'certificate' })).toEqual({ path: '/chosen/ca.pem', name: 'ca.pem' })
    await value('profile.save', withFiles({ caFile: '/chosen/ca.pem' }))
    await value('profile.save', withFiles({}))
    await value('profile.duplicate', { connectionId: 'p1' })
    expect(asked).toEqual([])
  })

  it('of a profile on disk goes on working without a word', async () => {
    says = true
    await (await harness.start()).value('profile.save', withFiles({ caFile: '/ca.pem' }))
    says = false
    asked = []
    const { value } = await harness.start()
    await value('profile.save', withFiles({ caFile: '/ca.pem' }, { name: 'Renamed' }))
    await value('subscription.save', {
      connectionId: 'p1',
      subscription: { id: 's', filter: 'a', qos: 0, colour: 'blue', alias: '', enabled: true, muted: false },
    })
    expect(asked).toEqual([])
  })

  it('is asked about in one question at a time', async () => {
    const { invoke } = await harness.start()
    let open = 0
    let mostOpen = 0
    harness.dialogs.confirm = async () => {
      mostOpen = Math.max(mostOpen, (open += 1))
      await new Promise((resolve) => setImmediate(resolve))
      open -= 1
      return true
    }
    const saves = ['/a', '/b', '/a'].map((caFile) => invoke('profile.save', withFiles({ caFile })))
    expect((await Promise.all(saves)).map(({ ok }) => ok)).toEqual([true, true, true])
    expect(mostOpen).toBe(1)
  })
})

describe('readable secrets on disk', () => {
  const readable = { ...defaultSettings, storeSecretsWithoutKeyring: true }
  const settingsOnDisk = () => readFileSync(join(harness.dataFolder, 'settings.json'), 'utf8')
  const set = { ...keepSecrets, password: { change: 'set' as const, value: 'hunter2' } }

  it('are asked about outside the window; all other settings hold without it', async () => {
    const { value, entry } = await harness.start(createFakeVault({ available: false }))
    await value('profile.save', { profile: { ...plant, usePassword: true }, secrets: set })
    expect(await value('settings.save', { ...readable, theme: 'dark' })).toEqual({ ...defaultSettings, theme: 'dark' })
    expect(asked).toEqual([{ kind: 'storeSecretsReadable' }])
    expect((await entry('p1'))?.secrets.password).toBe('session')
    says = true
    expect(await value('settings.save', readable)).toEqual(readable)
    expect((await entry('p1'))?.secrets.password).toBe('plain')
    await value('settings.save', { ...readable, theme: 'light' })
    expect(asked).toHaveLength(2)
    expect(settingsOnDisk()).toContain('"storeSecretsWithoutKeyring": true')
    await value('settings.save', defaultSettings)
    expect(asked).toHaveLength(2)
  })

  it('are asked about once while the question is open', async () => {
    const { value } = await harness.start()
    let answer: (agreed: boolean) => void = () => undefined
    harness.dialogs.confirm = (question) => {
      asked.push(question)
      return new Promise((resolve) => (answer = resolve))
    }
    const saves = [value('settings.save', readable), value('settings.save', { ...readable, theme: 'dark' })]
    await waitFor('the question', () => asked.length > 0)
    answer(false)
    expect((await Promise.all(saves)).map((saved) => saved.storeSecretsWithoutKeyring)).toEqual([false, false])
    expect(asked).toHaveLength(1)
  })
})

it('a path that was written into the file of profiles is as good as a saved one', async () => {
  await (await harness.start()).value('profile.save', withFiles({}))
  const path = join(harness.dataFolder, 'profiles.json')
  writeFileSync(path, readFileSync(path, 'utf8').replace('"caFile": ""', '"caFile": "~/ca.pem"'))
  const { value } = await harness.start()
  await value('profile.save', withFiles({ caFile: '~/ca.pem' }, { name: 'Renamed' }))
  expect(asked).toEqual([])
})
