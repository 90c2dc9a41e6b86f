import { describe, expect, it } from 'vitest'
import { keepSecrets, newProfile } from '#shared/model/profile'
import { defaultSettings } from '#shared/model/settings'
import { fail, ok } from '#shared/result'
import { entryOf, openTestWindow, type TestWindowOptions } from '../testing/testWindow'
import { connectionsState } from './connections'
import { noticesState } from './notices'
import { profilesState } from './profiles'
import { subscribeFieldState } from './subscribeField'

const windowWith = ({ snapshot, ...options }: TestWindowOptions = {}) => {
  const profiles = [entryOf({ id: 'one' }), entryOf({ id: 'two' }), entryOf({ id: 'local', kind: 'local' })]
  const { app } = openTestWindow({ ...options, snapshot: { profiles, ...snapshot } })
  return {
    app,
    profiles: () => app.get(profilesState),
    inView: () => app.get(connectionsState).inViewId,
    notices: () => app.get(noticesState).all,
  }
}

describe('the connection in view', () => {
  it('is the one of last time', () => {
    const settings = { ...defaultSettings, lastConnectionId: 'two' }
    expect(windowWith({ snapshot: { settings } }).inView()).toBe('two')
  })

  it('is the first of the list where last time’s is gone', () => {
    const settings = { ...defaultSettings, lastConnectionId: 'gone' }
    expect(windowWith({ snapshot: { settings } }).inView()).toBe('one')
  })
})

describe('saving a profile', () => {
  it('brings a new connection into view', async () => {
    const { profiles, inView } = windowWith()
    const profile = newProfile({ id: 'new', name: 'Bench' })
    expect(await profiles().save(profile, keepSecrets)).toMatchObject({ ok: true })
    expect(inView()).toBe('new')
    expect(profiles().entries.map((entry) => entry.profile.name)).toContain('Bench')
    expect(profiles().broughtIntoView?.entry.profile.id).toBe('new')
  })

  it('answers why it was not saved', async () => {
    const { profiles, inView } = windowWith({ answers: { 'profile.save': () => fail('storageFailed', 'Disk full.') } })
    const profile = newProfile({ id: 'new', name: 'Bench' })
    expect(await profiles().save(profile, keepSecrets)).toMatchObject({ error: { code: 'storageFailed' } })
    expect(inView()).toBe('one')
    expect(profiles().entries).toHaveLength(3)
  })
})

describe('profiles', () => {
  it('moves to the neighbour when the one in view is deleted, and back when it is restored', async () => {
    const { app, profiles, inView } = windowWith({ answers: { 'profile.restore': () => ok(entryOf({ id: 'one' })) } })
    const deleted = app.get(connectionsState).open('one')
    deleted.get(subscribeFieldState).type('plant/#')
    const removed = await profiles().remove('one')
    expect(inView()).toBe('two')
    expect(deleted.gone.aborted).toBe(true)
    await removed?.restore()
    expect(inView()).toBe('one')
    const restored = app.get(connectionsState).open('one')
    expect(restored).not.toBe(deleted)
    expect(restored.get(subscribeFieldState).draft).toBe('plant/#')
  })

  it('stays where it could not be deleted', async () => {
    const { app, profiles, notices } = windowWith({
      answers: { 'profile.delete': () => fail('storageFailed', 'Disk full.') },
    })
    const connection = app.get(connectionsState).open('one')
    expect(await profiles().remove('one')).toBeNull()
    expect(app.get(connectionsState).all.get('one')).toBe(connection)
    expect(notices()).toHaveLength(1)
  })

  it('takes an order back that could not be stored', async () => {
    const { profiles, notices } = windowWith({
      answers: { 'profile.arrange': () => fail('storageFailed', 'Disk full.') },
    })
    const before = profiles().entries
    const arranging = profiles().arrange([
      { id: 'two', folder: 'Lab' },
      { id: 'one', folder: '' },
      { id: 'local', folder: '' },
    ])
    expect(profiles().entries[0]?.profile).toMatchObject({ id: 'two', folder: 'Lab' })
    await arranging
    expect(profiles().entries).toBe(before)
    expect(notices()).toHaveLength(1)
  })
})
