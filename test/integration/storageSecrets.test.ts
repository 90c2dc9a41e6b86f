import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSecretStore } from '../../electron/core/storage/secretStore'
import type { SecretVault } from '../../electron/core/storage/secretVault'
import { keepSecrets, type SecretChanges } from '../../shared/model/profile'
import { createFakeVault } from '../support/fakeVault'
import { createTemporaryFolder, type TemporaryFolder } from '../support/temporaryFolder'

let folder: TemporaryFolder
beforeEach(() => (folder = createTemporaryFolder('secrets')))
afterEach(() => folder.remove())

const noVault = createFakeVault({ available: false })
const open = (vault: SecretVault, plainAllowed = false) =>
  createSecretStore({ dataDir: folder.path, now: Date.now, vault, plainAllowed })
const password = (value: string): SecretChanges => ({ ...keepSecrets, password: { change: 'set', value } })
const saved = { temporary: false }
const file = () => join(folder.path, 'secrets.json')
const onDisk = () =>
  readdirSync(folder.path)
    .map((name) => readFileSync(join(folder.path, name), 'utf8'))
    .join()

describe('with a keyring', () => {
  it('keeps a secret encrypted, in a private file, over a restart', async () => {
    await (await open(createFakeVault())).change('p1', password('hunter2'), saved)
    const again = await open(createFakeVault())
    expect(again.get('p1')).toEqual({ password: 'hunter2' })
    expect(again.keepings('p1')).toEqual({ password: 'stored', keyPassphrase: 'none', proxyPassword: 'none' })
    expect(onDisk()).not.toContain('hunter2')
    if (process.platform !== 'win32') expect(statSync(file()).mode & 0o777).toBe(0o600)
  })

  it('forgets on request, and keeps what is to be kept', async () => {
    const store = await open(createFakeVault())
    await store.change(
      'p1',
      {
        password: { change: 'set', value: 'a' },
        keyPassphrase: { change: 'set', value: 'b' },
        proxyPassword: { change: 'keep' },
      },
      saved,
    )
    await store.change('p1', password(''), saved)
    expect((await open(createFakeVault())).get('p1')).toEqual({ keyPassphrase: 'b' })
  })

  it('reports one it cannot decrypt and keeps it for the day the keyring is back', async () => {
    await (await open(createFakeVault())).change('p1', password('hunter2'), saved)
    for (const vault of [createFakeVault({ key: 'theirs' }), noVault]) {
      const stranger = await open(vault)
      expect(stranger.keepings('p1').password).toBe('unreadable')
      expect(stranger.get('p1')).toEqual({})
      await stranger.change('p2', password('other'), saved)
    }
    expect((await open(createFakeVault())).get('p1')).toEqual({ password: 'hunter2' })
  })

  it('replaces an unreadable one by what is set', async () => {
    await (await open(createFakeVault({ key: 'theirs' }))).change('p1', password('old'), saved)
    const store = await open(createFakeVault())
    await store.change('p1', password('new'), saved)
    expect((await open(createFakeVault())).get('p1')).toEqual({ password: 'new' })
  })

  it('encrypts what was plain before there was a keyring', async () => {
    await (await open(noVault, true)).change('p1', password('hunter2'), saved)
    expect(onDisk()).toContain('hunter2')
    expect((await open(createFakeVault(), true)).keepings('p1').password).toBe('stored')
    expect(onDisk()).not.toContain('hunter2')
  })

  it('holds a temporary one in memory until its connection is saved', async () => {
    const store = await open(createFakeVault())
    await store.change('p1', password('hunter2'), { temporary: true })
    expect(store.keepings('p1').password).toBe('session')
    expect(existsSync(file())).toBe(false)
    await store.change('p1', keepSecrets, saved)
    expect(store.keepings('p1').password).toBe('stored')
  })

  it('takes a removed one off the disk at once and can bring it back', async () => {
    const store = await open(createFakeVault())
    await store.change('p1', password('hunter2'), saved)
    await store.remove('p1')
    expect((await open(createFakeVault())).get('p1')).toEqual({})
    await store.restore('p1')
    expect((await open(createFakeVault())).get('p1')).toEqual({ password: 'hunter2' })
  })

  it('keeps one for this run when the keyring fails after all', async () => {
    const broken = { ...createFakeVault(), encrypt: () => raise() }
    const store = await open(broken)
    await store.change('p1', password('hunter2'), saved)
    expect(store.keepings('p1').password).toBe('session')
    expect(store.get('p1')).toEqual({ password: 'hunter2' })
  })
})
const raise = (): never => {
  throw new Error('The keyring is locked.')
}

describe('the secret of a variable', () => {
  it('is kept beside those of profiles, and forgotten alone', async () => {
    const store = await open(createFakeVault())
    await store.change('p1', password('hunter2'), saved)
    await store.variables.change(new Map([['v1', 'open sesame']]))
    const again = await open(createFakeVault())
    expect([again.get('p1').password, again.variables.get('v1')]).toEqual(['hunter2', 'open sesame'])
    expect(again.variables.keeping('v1')).toBe('stored')
    expect(onDisk()).not.toContain('sesame')
    await again.variables.change(new Map([['v1', null]]))
    const last = await open(createFakeVault())
    expect([last.get('p1').password, last.variables.get('v1')]).toEqual(['hunter2', null])
    expect(last.variables.keeping('v1')).toBe('none')
  })

  it('that cannot be decrypted stays for the day the keyring is back', async () => {
    await (await open(createFakeVault())).variables.change(new Map([['v1', 'open sesame']]))
    const stranger = await open(createFakeVault({ key: 'theirs' }))
    expect(stranger.variables.keeping('v1')).toBe('unreadable')
    expect(stranger.variables.get('v1')).toBeNull()
    await stranger.variables.change(new Map([['v2', 'other']]))
    expect((await open(createFakeVault())).variables.get('v1')).toBe('open sesame')
  })

  it('is readable on disk only where the person says so', async () => {
    const store = await open(noVault)
    await store.variables.change(new Map([['v1', 'open sesame']]))
    expect(store.variables.keeping('v1')).toBe('session')
    expect(existsSync(file())).toBe(false)
    await store.setPlainAllowed(true)
    expect(onDisk()).toContain('open sesame')
    await store.setPlainAllowed(false)
    expect(onDisk()).not.toContain('open sesame')
    expect(store.variables.get('v1')).toBe('open sesame')
  })
})

describe('without a keyring', () => {
  it('keeps a secret for this run only', async () => {
    const store = await open(noVault)
    await store.change('p1', password('hunter2'), saved)
    expect(store.keepings('p1').password).toBe('session')
    expect(store.get('p1')).toEqual({ password: 'hunter2' })
    expect(existsSync(file())).toBe(false)
  })

  it('writes it readable when the person says so, and takes it off the disk again', async () => {
    const store = await open(noVault)
    await store.change('p1', password('hunter2'), saved)
    await store.setPlainAllowed(true)
    expect(store.keepings('p1').password).toBe('plain')
    expect((await open(noVault, true)).get('p1')).toEqual({ password: 'hunter2' })
    await store.setPlainAllowed(false)
    expect(store.keepings('p1').password).toBe('session')
    expect(store.get('p1')).toEqual({ password: 'hunter2' })
    expect(onDisk()).not.toContain('hunter2')
  })

  it('never writes that of a connection which is not saved', async () => {
    const store = await open(noVault, true)
    await store.change('p1', password('hunter2'), { temporary: true })
    expect(existsSync(file())).toBe(false)
  })
})

it('sets an entry aside that it cannot read, says so once and keeps it', async () => {
  const stranger = { profileId: 'p9', name: 'token', form: 'sealed', value: 'x' }
  await (await open(createFakeVault())).change('p1', password('hunter2'), saved)
  const before = JSON.parse(readFileSync(file(), 'utf8')) as { version: number; content: unknown[] }
  writeFileSync(file(), JSON.stringify({ ...before, content: [stranger, ...before.content] }))
  const store = await open(createFakeVault())
  expect(store.notices).toMatchObject([{ code: 'storedEntriesDamaged', values: { file: 'secrets.json', count: 1 } }])
  expect(store.get('p1')).toEqual({ password: 'hunter2' })
  await store.change('p2', password('other'), saved)
  const again = await open(createFakeVault())
  expect(again.notices).toEqual([])
  expect(again.get('p2')).toEqual({ password: 'other' })
  expect(JSON.parse(readFileSync(file(), 'utf8'))).toMatchObject({
    content: [{ profileId: 'p1' }, { profileId: 'p2' }, { setAside: stranger }],
  })
})

it('survives a damaged file of secrets', async () => {
  writeFileSync(file(), 'not JSON')
  const store = await open(createFakeVault())
  expect(store.notices).toMatchObject([{ code: 'storedFileDamaged' }])
  expect(store.keepings('p1').password).toBe('none')
})
