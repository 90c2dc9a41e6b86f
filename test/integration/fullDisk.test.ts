import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createCore, type Core } from '../../electron/core/createCore'
import type { Dialogs } from '../../electron/core/files/dialogs'
import { silentLog } from '../../electron/core/log'
import type { EventMessage } from '../../shared/contract'
import { keepSecrets, newProfile, type ProfileEntry } from '../../shared/model/profile'
import type { Subscription } from '../../shared/model/subscription'
import { ok } from '../../shared/result'
import { createFakeVault } from '../support/fakeVault'
import { mountedTmpfs, type MountedTmpfs } from '../support/mountedTmpfs'
import { createTemporaryFolder, type TemporaryFolder } from '../support/temporaryFolder'

let folder: TemporaryFolder
let disk: MountedTmpfs | null
let core: Core | null = null
let events: EventMessage[] = []

beforeEach(() => {
  folder = createTemporaryFolder('full-disk')
  disk = mountedTmpfs(folder.path, '256k')
  events = []
})
afterEach(async () => {
  await core?.dispose()
  core = null
  disk?.unmount()
  folder.remove()
})

const start = async (dataDir: string): Promise<Core> => {
  core = await createCore({
    dataDir,
    vault: createFakeVault(),
    now: Date.now,
    systemLanguage: 'en',
    platform: 'linux',
    version: '1',
    dialogs: {} as Dialogs,
    measureProcesses: () =>
      Promise.resolve({ processes: { main: 1, window: 2, graphics: 3, other: 4 }, shared: 'divided' }),
    isWindowHidden: () => false,
    log: silentLog,
    onEvent: (message) => events.push(message),
  })
  return core
}

const plant = newProfile({ id: 'p1', name: 'Plant', host: '127.0.0.1' })
const filter = (id: string, text: string): Subscription => ({
  id,
  filter: text,
  qos: 0,
  colour: 'blue',
  alias: '',
  enabled: true,
  muted: false,
})

const entries = async ({ dispatch }: Core): Promise<readonly ProfileEntry[]> => {
  const snapshot = await dispatch('app.snapshot', undefined)
  return snapshot.ok ? (snapshot.value as { profiles: readonly ProfileEntry[] }).profiles : []
}
const entryOf = async (running: Core, id: string) => (await entries(running)).find(({ profile }) => profile.id === id)
const notices = () => events.flatMap((event) => (event.name === 'notice.raised' ? [event.payload] : []))

describe('on a full disk', () => {
  it('what is changed holds for this run, marked and told, and is saved when there is room again', async ({ skip }) => {
    if (!disk) return skip('This user cannot mount.')
    const running = await start(disk.path)
    const subscribe = (subscription: Subscription) =>
      running.dispatch('subscription.save', { connectionId: 'p1', subscription })
    await running.dispatch('profile.save', { profile: plant, secrets: keepSecrets })
    expect(await subscribe(filter('s1', 'before/#'))).toEqual(ok(null))
    expect(await entryOf(running, 'p1')).not.toHaveProperty('unsaved')
    disk.fill()
    const before = readFileSync(join(disk.path, 'profiles.json'), 'utf8')

    expect(await subscribe(filter('s2', 'kept/#'))).toEqual(ok(null))
    expect(await subscribe(filter('s3', 'kept/too'))).toEqual(ok(null))
    expect(await entryOf(running, 'p1')).toMatchObject({
      saved: true,
      profile: { subscriptions: [{ id: 's1' }, { id: 's2' }, { id: 's3' }] },
      unsaved: { subscriptionIds: ['s2', 's3'] },
    })
    // One notice for what follows of itself; the first says which file and why.
    expect(notices()).toMatchObject([{ code: 'keptForThisRun', values: { file: 'profiles.json', cause: 'ENOSPC' } }])
    const office = { ...plant, id: 'p2', name: 'Office', username: 'ann', usePassword: true }
    const secrets = { ...keepSecrets, password: { change: 'set' as const, value: 'geheim' } }
    expect(await running.dispatch('profile.save', { profile: office, secrets })).toMatchObject({ ok: true })
    expect(await entryOf(running, 'p2')).toMatchObject({ saved: true, unsaved: { subscriptionIds: [] } })
    expect(notices().length).toBeGreaterThan(1)
    // The disk holds what it held, and no half of a file.
    expect(readFileSync(join(disk.path, 'profiles.json'), 'utf8')).toBe(before)
    expect(readdirSync(disk.path).filter((name) => name.endsWith('.tmp'))).toEqual([])

    disk.empty()
    expect(await subscribe(filter('s4', 'after/#'))).toEqual(ok(null))
    for (const id of ['p1', 'p2']) expect(await entryOf(running, id)).not.toHaveProperty('unsaved')
    const after = readFileSync(join(disk.path, 'profiles.json'), 'utf8')
    for (const text of ['before/#', 'kept/#', 'kept/too', 'after/#', 'Office']) expect(after).toContain(text)
  })

  it('that has room again at the end of the run loses nothing', async ({ skip }) => {
    if (!disk) return skip('This user cannot mount.')
    const running = await start(disk.path)
    await running.dispatch('profile.save', { profile: plant, secrets: keepSecrets })
    disk.fill()
    await running.dispatch('subscription.save', { connectionId: 'p1', subscription: filter('s1', 'late/#') })
    disk.empty()
    await running.dispose()
    core = null
    const again = await start(disk.path)
    expect((await entryOf(again, 'p1'))?.profile.subscriptions).toMatchObject([{ filter: 'late/#' }])
  })

  it('or a read-only one a filter can be let go, and an application can start', async ({ skip }) => {
    if (!disk) return skip('This user cannot mount.')
    const first = await start(disk.path)
    await first.dispatch('profile.save', {
      profile: { ...plant, subscriptions: [filter('s1', 'a'), filter('s2', 'b')] },
      secrets: keepSecrets,
    })
    await first.dispose()
    disk.makeReadOnly()
    const running = await start(disk.path)
    const removed = await running.dispatch('subscription.remove', { connectionId: 'p1', subscriptionIds: ['s1'] })
    expect(removed).toEqual(ok(null))
    expect(await entryOf(running, 'p1')).toMatchObject({ profile: { subscriptions: [{ id: 's2' }] }, unsaved: {} })
    expect(notices()).toMatchObject([{ code: 'keptForThisRun', values: { cause: 'EROFS' } }])
  })
})
