import { createServer, type AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ConnectionTest } from '../../shared/model/connectionTest'
import { keepSecrets, newProfile, type Profile, type SecretChanges } from '../../shared/model/profile'
import { noWill } from '../../shared/model/will'
import { startConnectRecorder } from '../support/connectRecorder'
import { findFreePort } from '../support/freePort'
import { getCertificates } from '../support/certificates'
import { startMosquitto, type Mosquitto, type MosquittoOptions } from '../support/mosquitto'
import { waitFor } from '../support/waitFor'
import { createCoreHarness, type CoreHarness } from './coreHarness'

let harness: CoreHarness
const stops: (() => Promise<void> | void)[] = []
beforeEach(() => void (harness = createCoreHarness('connection-tests')))
afterEach(async () => {
  await harness.stop()
  for (const stop of stops.splice(0)) await stop()
})

const started = async (options: MosquittoOptions = {}): Promise<Mosquitto> => {
  const broker = await startMosquitto(options)
  stops.push(broker.stop)
  return broker
}
const password = (value: string): SecretChanges => ({ ...keepSecrets, password: { change: 'set', value } })
const profileFor = (given: Partial<Profile>) =>
  newProfile({ id: 'c', name: 'Bench', host: 'localhost', clientId: 'bench-1', ...given })

type Accepted = Extract<ConnectionTest, { outcome: 'accepted' }>
const accepted = (test: ConnectionTest): Accepted => {
  if (test.outcome !== 'accepted') throw new Error(JSON.stringify(test))
  return test
}

describe('a connection is tested', () => {
  it('with the settings as they are, and closed; nothing is saved and no session is there', async () => {
    const broker = await started()
    const { value, entry } = await harness.start()
    const will = { ...noWill, enabled: true, topic: 'gone', payload: 'x', retain: true }
    const profile = profileFor({ port: broker.port(), will })
    const test = accepted(await value('connectionTest.run', { profile, secrets: keepSecrets }))
    expect(test).toMatchObject({
      hasOtherClientId: false,
      leftWillOut: true,
      online: { clientId: 'bench-1', protocolVersion: '5', session: 'begunAnew', encrypted: false },
    })
    expect(test.pingMilliseconds).toBeGreaterThan(0)
    expect(test.connectMilliseconds).toBeGreaterThan(0)
    await waitFor('the goodbye', () => /Client bench-1 disconnected/.test(broker.log()))
    expect(broker.log()).toContain('Received PINGREQ from bench-1')
    expect(broker.log()).not.toContain('Will message specified')
    expect(await entry('c')).toBeUndefined()
    expect(harness.last('session.changed')).toBeUndefined()
  })

  it('over TLS, and its certificate told', async () => {
    const { authority } = await getCertificates()
    const broker = await started({ listeners: ['tls'] })
    harness.dialogs.confirm = () => Promise.resolve(true)
    const { value } = await harness.start()
    const secure = profileFor({ scheme: 'mqtts', port: broker.port('tls') })
    const trusting = { ...secure, tls: { ...secure.tls, caFile: authority.certificate } }
    const test = accepted(await value('connectionTest.run', { profile: trusting, secrets: keepSecrets }))
    expect(test.online).toMatchObject({ encrypted: true, verified: true })
    expect(await value('connectionTest.run', { profile: secure, secrets: keepSecrets })).toMatchObject({
      outcome: 'failed',
      failure: { code: 'tlsUnknownAuthority', stage: 'tls' },
    })
  })

  it('only with files that a person agreed to', async () => {
    const { invoke } = await harness.start()
    const secure = profileFor({ scheme: 'mqtts' })
    const profile = { ...secure, tls: { ...secure.tls, caFile: '/etc/passwd' } }
    expect(await invoke('connectionTest.run', { profile, secrets: keepSecrets })).toMatchObject({
      error: { code: 'fileNotConfirmed', field: 'profile.tls.caFile' },
    })
  })

  it('and refused with its reason and what may help', async () => {
    const broker = await started({ users: { ann: 'right' } })
    const { value } = await harness.start()
    const profile = profileFor({ port: broker.port(), username: 'ann', usePassword: true })
    const test = await value('connectionTest.run', { profile, secrets: password('wrong') })
    expect(test).toMatchObject({
      outcome: 'failed',
      failure: { code: 'connectRefused', remedies: [{ id: 'signIn' }] },
    })
    accepted(await value('connectionTest.run', { profile, secrets: password('right') }))
  })

  it('where nobody listens', async () => {
    const { value } = await harness.start()
    const profile = profileFor({ host: '127.0.0.1', port: await findFreePort() })
    expect(await value('connectionTest.run', { profile, secrets: keepSecrets })).toMatchObject({
      outcome: 'failed',
      failure: { code: 'connectionRefused', stage: 'tcp', remedies: [{ id: 'changePort' }] },
    })
  })

  it('and has failed where the broker accepts and closes at once', async () => {
    const closing = createServer((socket) => {
      socket.on('error', () => undefined)
      socket.once('data', () => socket.end(Buffer.from([0x20, 3, 0, 0, 0])))
    })
    await new Promise<void>((resolve) => closing.listen(0, '127.0.0.1', resolve))
    stops.push(() => void closing.close())
    const { value } = await harness.start()
    const profile = profileFor({ host: '127.0.0.1', port: (closing.address() as AddressInfo).port })
    expect(await value('connectionTest.run', { profile, secrets: keepSecrets })).toMatchObject({
      outcome: 'failed',
      failure: { code: 'connectionClosed', stage: 'online' },
    })
  })

  it('until it is cancelled, or another test begins', async () => {
    const silent = await startConnectRecorder(() => 0)
    stops.push(silent.stop)
    const { value } = await harness.start()
    const profile = profileFor({ host: '127.0.0.1', port: silent.port })
    const first = value('connectionTest.run', { profile, secrets: keepSecrets })
    await waitFor('the first CONNECT', () => silent.connects.length === 1)
    const second = value('connectionTest.run', { profile, secrets: keepSecrets })
    expect(await first).toEqual({ outcome: 'cancelled' })
    await waitFor('the second CONNECT', () => silent.connects.length === 2)
    await value('connectionTest.cancel', undefined)
    expect(await second).toEqual({ outcome: 'cancelled' })
  })
})

describe('what runs and what the broker keeps is left alone', () => {
  it('by another client ID where the connection is online', async () => {
    const broker = await started()
    const { value } = await harness.start()
    const profile = profileFor({ port: broker.port() })
    await value('profile.save', { profile, secrets: keepSecrets })
    await value('session.connect', { connectionId: 'c' })
    await harness.reach('online')
    const test = accepted(await value('connectionTest.run', { profile, secrets: keepSecrets }))
    expect(test.hasOtherClientId).toBe(true)
    expect(test.online.clientId).not.toBe('bench-1')
    expect(harness.last('session.changed')?.state.phase).toBe('online')
    expect(broker.log()).not.toMatch(/bench-1 (already connected|disconnected)/)
  })

  it('by another client ID where the broker keeps a session of it', async () => {
    const broker = await started()
    const { value } = await harness.start()
    const profile = profileFor({ port: broker.port(), cleanStart: false, sessionExpirySeconds: 600 })
    await value('profile.save', { profile, secrets: keepSecrets })
    await value('session.connect', { connectionId: 'c' })
    await harness.reach('online')
    await value('session.disconnect', { connectionId: 'c' })
    accepted(await value('connectionTest.run', { profile, secrets: keepSecrets }))
    await value('session.connect', { connectionId: 'c' })
    await harness.reach('online')
    expect(harness.last('session.changed')?.state).toMatchObject({ session: 'resumed' })
  })
})

describe('a stored password', () => {
  it('is sent where it was entered for, and asked for elsewhere', async () => {
    const broker = await started({ users: { ann: 'right' } })
    const elsewhere = await startConnectRecorder(() => 0)
    stops.push(elsewhere.stop)
    const { value, invoke } = await harness.start()
    const profile = profileFor({ port: broker.port(), username: 'ann', usePassword: true })
    await value('profile.save', { profile, secrets: password('right') })
    accepted(await value('connectionTest.run', { profile, secrets: keepSecrets }))
    const turned = { ...profile, port: elsewhere.port }
    expect(await invoke('connectionTest.run', { profile: turned, secrets: keepSecrets })).toMatchObject({
      error: { code: 'passwordNeeded', field: 'password' },
    })
    expect(elsewhere.connects).toEqual([])
  })
})
