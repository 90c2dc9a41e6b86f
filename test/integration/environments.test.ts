import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { messageOf, planOf } from '../../electron/core/senders/sendersTesting'
import type { TypedEnvironment, TypedVariable } from '../../shared/model/environment'
import { keepSecrets, newProfile } from '../../shared/model/profile'
import { createFakeVault } from '../support/fakeVault'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import { subscribeWithMosquitto } from '../support/mosquittoClients'
import { createCoreHarness, type CoreHarness } from './coreHarness'

let harness: CoreHarness
let broker: Mosquitto | null = null
beforeEach(() => void (harness = createCoreHarness('environments')))
afterEach(async () => {
  await harness.stop()
  await broker?.stop()
  broker = null
})

const connectionId = 'p1'
const plain = (name: string, value: string): TypedVariable => ({ id: name, name, secret: false, value })
const secret = (name: string, value: string | null): TypedVariable => ({ id: name, name, secret: true, value })
const dev = (...variables: readonly TypedVariable[]): TypedEnvironment => ({
  id: 'dev',
  name: 'Development',
  variables: [...variables],
})

const path = () => join(harness.dataFolder, 'environments.json')
const contentOf = (file: string) => (JSON.parse(readFileSync(file, 'utf8')) as { content: unknown }).content
const onDisk = () =>
  readdirSync(harness.dataFolder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => readFileSync(join(harness.dataFolder, name), 'utf8'))
    .join('\n')

/** The core with a profile, whose environment is `dev` where `uses` says so. */
const started = async ({ vault = createFakeVault(), port = 1883, uses = true } = {}) => {
  const core = await harness.start(vault)
  const profile = newProfile({ id: connectionId, name: 'Plant', host: '127.0.0.1', port })
  await core.value('profile.save', { profile, secrets: keepSecrets })
  if (uses) await core.value('environments.use', { connectionId, environmentId: 'dev' })
  return core
}

const previewOf = (payload: string) => ({
  connectionId,
  message: messageOf({ topic: 'a', payload, isTemplate: true }),
  latest: {},
  count: 1,
  intervalMs: 1000,
})

describe('environments', () => {
  it('are kept over a restart, with their secrets in the keyring and in no file', async () => {
    const core = await started()
    const saved = await core.value('environments.save', [dev(plain('host', 'north'), secret('password', 'hunter2'))])
    const shown = {
      id: 'dev',
      name: 'Development',
      variables: [
        { id: 'host', name: 'host', secret: false, value: 'north' },
        { id: 'password', name: 'password', secret: true, keeping: 'stored' },
      ],
    }
    expect(saved).toEqual([shown])
    await core.core.dispose()
    expect(onDisk()).not.toContain('hunter2')
    const again = await harness.start()
    expect((await again.snapshot()).environments).toEqual([shown])
    expect(JSON.stringify(await again.snapshot())).not.toContain('hunter2')
    const [made] = await again.value('template.preview', previewOf('{{ env.host }} {{ env.password }}'))
    expect(made).toMatchObject({ ok: true, value: { hidesSecrets: true, payloadBytes: 'north hunter2'.length } })
  })

  it('send the value of a secret and show dots for it, to a broker', async () => {
    broker = await startMosquitto()
    const listener = await subscribeWithMosquitto({ port: broker.port(), filters: ['#'], qos: 1 })
    const core = await started({ port: broker.port() })
    await core.value('environments.save', [dev(plain('site', 'north'), secret('password', 'hunter2'))])
    await core.value('session.connect', { connectionId })
    await harness.reach('online')
    const message = messageOf({
      topic: '{{ env.site }}/login',
      payload: '{{ env.password }}',
      userProperties: [['by', '{{ env.site }}']],
      qos: 1,
      isTemplate: true,
    })
    await core.value('message.publishTemplate', { connectionId, message, latest: {} })
    await core.value('sender.start', {
      connectionId,
      plan: planOf({
        source: { kind: 'message', message },
        pace: { kind: 'interval', everyMs: 5 },
        end: { count: 2, afterMs: null },
        devices: { count: 1, clients: 'own', clientId: '{{ env.site }}-{{ n }}' },
      }),
      latest: {},
    })
    const received = await listener.waitForMessages(3)
    expect(received.map(({ topic, payload }) => `${topic} ${payload.toString()}`)).toEqual(
      Array.from({ length: 3 }, () => 'north/login hunter2'),
    )
    await listener.stop()
  })

  it('are one for each connection, which its profile names', async () => {
    const core = await started({ uses: false })
    await core.value('environments.save', [dev(plain('site', 'north'))])
    const preview = async () => (await core.value('template.preview', previewOf('{{ env.site }}')))[0]
    expect(await preview()).toMatchObject({ error: { code: 'templateFailed', values: { problem: 'noEnvironment' } } })
    await core.value('environments.use', { connectionId, environmentId: 'dev' })
    expect(await preview()).toMatchObject({ ok: true })
    expect((await core.entry(connectionId))?.profile.environmentId).toBe('dev')
    await core.value('environments.save', [])
    expect(await preview()).toMatchObject({ error: { values: { problem: 'noEnvironment' } } })
    expect(await core.invoke('environments.use', { connectionId: 'gone', environmentId: '' })).toMatchObject({
      error: { code: 'notFound' },
    })
  })

  it('keep a secret that was not typed again, give it to a copy, and forget what is gone', async () => {
    const core = await started()
    await core.value('environments.save', [dev(secret('password', 'hunter2'))])
    const copy: TypedEnvironment = {
      id: 'copy',
      name: 'Copy',
      variables: [{ ...secret('other', null), secretOf: 'password' }],
    }
    await core.value('environments.save', [dev({ ...secret('password', null), name: 'pass' }), copy])
    await core.value('environments.save', [{ ...copy, variables: [secret('other', null)] }])
    await core.value('environments.use', { connectionId, environmentId: 'copy' })
    const [made] = await core.value('template.preview', previewOf('{{ env.other }}'))
    expect(made).toMatchObject({ ok: true, value: { payloadBytes: 'hunter2'.length } })
    expect(contentOf(join(harness.dataFolder, 'secrets.json'))).toMatchObject([
      { variableId: 'other', form: 'encrypted' },
    ])
  })

  it('leave nothing readable behind of a value that becomes a secret', async () => {
    const core = await started()
    await core.value('environments.save', [dev(plain('password', 'hunter2'))])
    expect(onDisk()).toContain('hunter2')
    await core.value('environments.save', [dev(secret('password', 'hunter2'))])
    expect(onDisk()).not.toContain('hunter2')
  })

  it('hold secrets for this run where there is no keyring, and say then that one is missing', async () => {
    const vault = createFakeVault({ available: false })
    const core = await started({ vault })
    const [saved] = await core.value('environments.save', [dev(secret('password', 'hunter2'))])
    expect(saved?.variables).toMatchObject([{ keeping: 'session' }])
    expect((await core.value('template.preview', previewOf('{{ env.password }}')))[0]).toMatchObject({ ok: true })
    await core.core.dispose()
    expect(onDisk()).not.toContain('hunter2')
    const again = await harness.start(vault)
    expect((await again.value('template.preview', previewOf('{{ env.password }}')))[0]).toMatchObject({
      error: { values: { problem: 'secretNotKnown', detail: 'password' } },
    })
  })
})

describe('the file of environments', () => {
  it('keeps what another version wrote, and sets aside what it cannot read', async () => {
    await (await started()).core.dispose()
    const environment = { id: 'dev', name: 'Development', colour: 'red' }
    const variable = { id: 'host', name: 'host', secret: false, value: 'a', note: 'of later' }
    const content = { environments: [{ ...environment, variables: [variable] }, { id: 'x' }], later: 1 }
    writeFileSync(path(), JSON.stringify({ version: 1, content }))
    const core = await harness.start()
    const snapshot = await core.snapshot()
    expect(snapshot.notices).toMatchObject([
      { code: 'storedEntriesDamaged', values: { file: 'environments.json', count: 1 } },
    ])
    expect(snapshot.environments[0]).toEqual({
      id: 'dev',
      name: 'Development',
      variables: [{ id: 'host', name: 'host', secret: false, value: 'a' }],
    })
    await core.value('environments.save', [dev({ ...plain('host', 'b'), name: 'server' })])
    expect(contentOf(path())).toEqual({
      environments: [{ ...environment, variables: [{ ...variable, name: 'server', value: 'b' }] }],
      setAside: [{ id: 'x' }],
      later: 1,
    })
  })

  it('that is damaged is set aside, and the copy before it takes its place', async () => {
    const first = await started()
    await first.value('environments.save', [dev(plain('host', 'a'))])
    await first.value('environments.save', [dev(plain('host', 'b'))])
    await first.core.dispose()
    writeFileSync(path(), '{ "version": 1, "content": [')
    const core = await harness.start()
    const snapshot = await core.snapshot()
    expect(snapshot.notices).toMatchObject([{ code: 'storedFileDamaged', values: { file: 'environments.json' } }])
    expect(snapshot.environments[0]?.variables).toMatchObject([{ value: 'a' }])
    const { name } = snapshot.notices[0]?.values ?? {}
    expect(existsSync(join(harness.dataFolder, String(name)))).toBe(true)
  })
})
