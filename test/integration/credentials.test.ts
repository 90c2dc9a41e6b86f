import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { keepSecrets, newProfile, type Profile } from '../../shared/model/profile'
import type { ProtocolVersion } from '../../shared/model/qos'
import { startConnectRecorder, type ConnectRecorder, type SeenConnect } from '../support/connectRecorder'
import { startMosquitto } from '../support/mosquitto'
import { waitFor } from '../support/waitFor'
import { createCoreHarness, type CoreHarness } from './coreHarness'

let harness: CoreHarness
let server: ConnectRecorder | null = null
beforeEach(() => void (harness = createCoreHarness('credentials')))
afterEach(async () => {
  await harness.stop()
  await server?.stop()
  server = null
})

const versions = ['3.1', '3.1.1', '5'] as const
const connectionId = 'p1'
const set = (value: string) => ({ ...keepSecrets, password: { change: 'set' as const, value } })
const profileAt = (port: number, given: Partial<Profile> = {}) =>
  newProfile({
    id: connectionId,
    name: 'Plant',
    host: '127.0.0.1',
    port,
    reconnect: {
      enabled: true,
      initialSeconds: 1,
      maximumSeconds: 1,
      maximumAttempts: 0,
    },
    ...given,
  })
const isAnn = ({ username, password }: SeenConnect) => username === 'ann' && password === 'secret'

/** A server that takes ann with her password and refuses everybody else with this code. */
const startedWith = async (refusal: number, given: Partial<Profile> = {}) => {
  server = await startConnectRecorder((connect) => (isAnn(connect) ? 0 : refusal))
  const core = await harness.start()
  const profile = profileAt(server.port, given)
  await core.value('profile.save', { profile, secrets: keepSecrets })
  return { ...core, profile, server }
}

describe('what was typed into the dialog is sent', () => {
  const refusals: [ProtocolVersion, number][] = [
    ['3.1', 4],
    ['3.1.1', 4],
    ['3.1.1', 5],
    ['5', 0x86],
    ['5', 0x87],
  ]
  it.each(refusals)('where the profile has neither (MQTT %s, refusal %i)', async (protocolVersion, refusal) => {
    const { value, server: broker } = await startedWith(refusal, { protocolVersion })
    await value('session.connect', { connectionId })
    await harness.reach('failed')
    expect(broker.last()).toMatchObject({ flags: 0x02, username: null, password: null })
    expect(harness.last('session.changed')?.state).toMatchObject({ reason: { reasonCode: refusal } })
    await value('session.connect', { connectionId, username: 'ann', password: 'secret' })
    await harness.reach('online')
    expect(broker.last()).toMatchObject({ flags: 0xc2, username: 'ann', password: 'secret' })
  })

  it.each(versions)('where the profile has a user name and no password (MQTT %s)', async (protocolVersion) => {
    const { value, server: broker } = await startedWith(5, { protocolVersion, username: 'ann' })
    await value('session.connect', { connectionId })
    await harness.reach('failed')
    expect(broker.last()).toMatchObject({ flags: 0x82, username: 'ann' })
    await value('session.connect', { connectionId, username: 'ann', password: 'secret' })
    await harness.reach('online')
    expect(broker.last()).toMatchObject({ flags: 0xc2, username: 'ann', password: 'secret' })
  })

  it.each(versions)('in place of a stored one that is wrong (MQTT %s)', async (protocolVersion) => {
    const given = { protocolVersion, username: 'bob', usePassword: true }
    const { value, server: broker, profile } = await startedWith(5, given)
    await value('profile.save', { profile, secrets: set('wrong') })
    await value('session.connect', { connectionId })
    await harness.reach('failed')
    expect(broker.last()).toMatchObject({ flags: 0xc2, username: 'bob', password: 'wrong' })
    await value('session.connect', { connectionId, username: 'ann', password: 'secret' })
    await harness.reach('online')
    expect(broker.last()).toMatchObject({ username: 'ann', password: 'secret' })
  })

  it.each<[string, ProtocolVersion, { typed: { username: string; password: string }; seen: Partial<SeenConnect> }]>([
    ['a password alone', '5', { typed: { username: '', password: 'p' }, seen: { flags: 0x42, username: null } }],
    // §3.1.2.9: before MQTT 5 a password needs a user name, which may be empty.
    ['a password alone', '3.1.1', { typed: { username: '', password: 'p' }, seen: { flags: 0xc2, username: '' } }],
    ['a user name alone', '3.1.1', { typed: { username: 'ann', password: '' }, seen: { flags: 0x82, password: null } }],
    ['a user name alone', '5', { typed: { username: 'ann', password: '' }, seen: { flags: 0x82, password: null } }],
    ['neither', '5', { typed: { username: '', password: '' }, seen: { flags: 0x02 } }],
    [
      'characters of many bytes',
      '3.1',
      { typed: { username: '溫', password: 'pä🔑' }, seen: { username: '溫', password: 'pä🔑' } },
    ],
  ])('%s (MQTT %s)', async (_kind, protocolVersion, { typed, seen }) => {
    server = await startConnectRecorder(() => 0)
    const { value } = await harness.start()
    const profile = profileAt(server.port, { protocolVersion, username: 'old', usePassword: true })
    await value('profile.save', { profile, secrets: set('old') })
    await value('session.connect', { connectionId, ...typed })
    await harness.reach('online')
    expect(server.last()).toMatchObject(seen)
  })

  it('to a real broker', async () => {
    const broker = await startMosquitto({ users: { ann: 'secret' } })
    try {
      const { value } = await harness.start()
      await value('profile.save', { profile: profileAt(broker.port()), secrets: keepSecrets })
      await value('session.connect', { connectionId })
      await harness.reach('failed')
      await value('session.connect', { connectionId, username: 'ann', password: 'secret' })
      await harness.reach('online')
    } finally {
      await broker.stop()
    }
  })
})

describe('what was typed and not remembered', () => {
  it('is sent again when the connection comes back, and after a change of the subscriptions', async () => {
    const { value, server: broker } = await startedWith(0x87)
    await value('session.connect', { connectionId, username: 'ann', password: 'secret' })
    await harness.reach('online')
    const subscription = {
      id: 's',
      filter: 'a',
      qos: 0,
      colour: 'blue',
      alias: '',
      enabled: false,
      muted: false,
    } as const
    await value('subscription.save', { connectionId, subscription })
    broker.cut()
    await waitFor('the second CONNECT', () => broker.connects.length === 2)
    expect(broker.last()).toMatchObject({ flags: 0xc2, username: 'ann', password: 'secret' })
    await harness.reach('online')
  })

  it('is written nowhere and gone once the person disconnects', async () => {
    const { value, entry, profile, server: broker } = await startedWith(0x87)
    await value('session.connect', { connectionId, username: 'ann', password: 'secret' })
    await harness.reach('online')
    expect(await entry(connectionId)).toMatchObject({ profile, secrets: { password: 'none' } })
    await value('session.disconnect', { connectionId })
    await value('session.connect', { connectionId })
    await harness.reach('failed')
    expect(broker.last()).toMatchObject({ flags: 0x02 })
  })

  it('is asked for again once the broker refused it', async () => {
    const { invoke, value } = await startedWith(0x87, { username: 'ann', usePassword: true })
    await value('session.connect', { connectionId, username: 'ann', password: 'wrong' })
    await harness.reach('failed')
    expect(await invoke('session.connect', { connectionId })).toMatchObject({ error: { code: 'passwordNeeded' } })
  })

  it('does not go to another host, nor in place of what the form says later', async () => {
    const { value, invoke, profile, server: broker } = await startedWith(0x87, { username: 'ann', usePassword: true })
    const signIn = { connectionId, username: 'ann', password: 'secret' }
    await value('session.connect', signIn)
    await harness.reach('online')
    const other = await startConnectRecorder(() => 0)
    try {
      await value('profile.save', { profile: { ...profile, port: other.port }, secrets: keepSecrets })
      expect(await invoke('session.connect', { connectionId })).toMatchObject({ error: { code: 'passwordNeeded' } })
      expect(other.connects).toEqual([])
    } finally {
      await other.stop()
    }
    await value('profile.save', { profile, secrets: set('from the form') })
    await value('session.disconnect', { connectionId })
    await value('session.connect', signIn)
    await harness.reach('online')
    await value('profile.save', { profile, secrets: set('from the form') })
    broker.cut()
    await harness.reach('failed')
    expect(broker.last()).toMatchObject({ username: 'ann', password: 'from the form' })
  })
})

describe('what is to be remembered', () => {
  it('is in the profile and the vault, and connects after a restart', async () => {
    const { value, entry, server: broker } = await startedWith(0x87)
    await value('session.connect', { connectionId, username: 'ann', password: 'secret', remember: true })
    await harness.reach('online')
    expect(await entry(connectionId)).toMatchObject({
      profile: { username: 'ann', usePassword: true },
      secrets: { password: 'stored' },
    })
    const again = await harness.start()
    await again.value('session.connect', { connectionId })
    await waitFor('the second CONNECT', () => broker.connects.length === 2)
    expect(broker.last()).toMatchObject({ flags: 0xc2, username: 'ann', password: 'secret' })
  })

  it('may be that there is no password', async () => {
    const { value, entry, profile } = await startedWith(0, { username: 'bob', usePassword: true })
    await value('profile.save', { profile, secrets: set('old') })
    await value('session.connect', { connectionId, username: 'ann', password: '', remember: true })
    await harness.reach('online')
    expect(await entry(connectionId)).toMatchObject({
      profile: { username: 'ann', usePassword: false },
      secrets: { password: 'none' },
    })
  })

  it('stays in memory for a connection of the command line', async () => {
    server = await startConnectRecorder((connect) => (isAnn(connect) ? 0 : 0x87))
    const { core, value, entry } = await harness.start()
    await core.openFromCommandLine({ kind: 'address', profile: profileAt(server.port), password: null })
    await harness.reach('failed')
    await value('session.connect', { connectionId, username: 'ann', password: 'secret', remember: true })
    await harness.reach('online')
    expect(await entry(connectionId)).toMatchObject({ saved: false, secrets: { password: 'session' } })
    await value('session.disconnect', { connectionId })
    await value('session.connect', { connectionId })
    await harness.reach('online')
  })
})

it('a user name that no CONNECT can carry is refused', async () => {
  const { invoke } = await harness.start()
  expect(await invoke('session.connect', { connectionId, username: 'a\0b' })).toMatchObject({
    error: { code: 'invalidInput', message: 'noNul', field: 'username' },
  })
})
