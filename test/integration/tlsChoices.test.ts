import { createHash, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync, statSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer, type SecureVersion, type TlsOptions, type TLSSocket } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TlsSettings } from '../../shared/model/profile'
import type { TlsFacts } from '../../shared/model/tlsFacts'
import { systemAuthorities } from '../../electron/core/broker/connecting/tls/systemStore'
import { asLeaf, createTlsCases } from '../support/tlsCases'
import { waitFor } from '../support/waitFor'
import { createStarter, testProfile } from './sessionHarness'

const { startedHarness } = createStarter()
const cases = createTlsCases()
const { path, read, write } = cases
const stops: (() => void)[] = []

beforeAll(async () => {
  const ca = await cases.selfSigned('ca', '/CN=Plant ca')
  await cases.sign(ca, 'server', { subject: '/CN=localhost' })
  await cases.sign(ca, 'other', { subject: '/CN=x', extensions: [asLeaf, 'subjectAltName=DNS:other.example'] })
  await cases.selfSigned('self', '/CN=self')
})
afterAll(() => {
  for (const stop of stops) stop()
  cases.remove()
})

interface Server {
  readonly port: number
  /** Bytes that came over TLS. */
  readonly received: () => number
  readonly keyLog: () => string
}

/** A server that accepts every CONNECT. */
const serve = async (name: string, options: TlsOptions = {}): Promise<Server> => {
  let received = 0
  let keyLog = ''
  const answer = (socket: TLSSocket) => {
    socket.on('error', () => undefined)
    socket.once('data', () => socket.write(Buffer.from([0x20, 3, 0, 0, 0])))
    socket.on('data', (chunk: Buffer) => (received += chunk.length))
  }
  const server = createServer({ cert: read(`${name}.crt`), key: read(`${name}.key`), ...options }, answer)
  server.on('tlsClientError', () => undefined).on('keylog', (line: Buffer) => (keyLog += line.toString()))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  stops.push(() => void server.close())
  return { port: (server.address() as AddressInfo).port, received: () => received, keyLog: () => keyLog }
}

const secure = ({ port }: Server, tls: Partial<TlsSettings>) =>
  testProfile({ scheme: 'mqtts', port, host: 'localhost', tls: { ...testProfile().tls, ...tls } })

const factsOf = async (server: Server, tls: Partial<TlsSettings>): Promise<TlsFacts | null> => {
  const harness = startedHarness()
  const profile = secure(server, tls)
  harness.registry.connect(profile, {})
  const state = await waitFor('the connection', () => {
    const found = harness.registry.get(profile.id)?.status().state
    return found?.phase === 'online' || found?.phase === 'failed' ? found : null
  })
  if (state.phase === 'failed') throw new Error(`${state.reason.code}: ${state.reason.message}`)
  await harness.registry.get(profile.id)?.disconnect()
  return state.tls
}
const failureOf = (server: Server, tls: Partial<TlsSettings>) => startedHarness().failureOf(secure(server, tls))

const trusted = () => ({ caFile: path('ca.crt') })
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest()
const certificate = (name: string) => new X509Certificate(read(`${name}.crt`))
const keyPin = (name: string) => sha256(certificate(name).publicKey.export({ type: 'spki', format: 'der' }))

describe('a pinned certificate', () => {
  it('is taken by its own fingerprint and by that of its key, beside what else is verified', async () => {
    const server = await serve('server')
    for (const pins of [
      certificate('server').fingerprint256,
      keyPin('server').toString('base64'),
      `${'0'.repeat(64)}, sha256/${keyPin('server').toString('base64')}`,
    ])
      expect(await factsOf(server, { ...trusted(), pins })).toMatchObject({ trustedBy: 'caFile', problem: null })
  })

  it('is refused where another one is shown, also with verification off, before a byte is sent', async () => {
    const server = await serve('server')
    const pins = keyPin('self').toString('hex')
    for (const tls of [
      { ...trusted(), pins },
      { verify: false, pins },
    ]) {
      const failure = await failureOf(server, tls)
      expect(failure).toMatchObject({
        code: 'tlsPinMismatch',
        stage: 'tls',
        field: 'tls.pins',
        values: { certificate: certificate('server').fingerprint256, count: 1 },
        remedies: [{ id: 'changePins', action: { kind: 'edit', field: 'tls.pins' } }],
      })
      expect(failure.values?.['key']).toBe(keyPin('server').toString('hex').toUpperCase().match(/../g)?.join(':'))
    }
    expect(server.received()).toBe(0)
  })

  it('does for itself where nothing else is verified', async () => {
    const server = await serve('self')
    const facts = await factsOf(server, { verify: false, pins: certificate('self').fingerprint256 })
    expect(facts).toMatchObject({ trustedBy: 'pin', problem: { code: 'tlsSelfSigned' } })
  })

  it('takes the place of no verification that is on', async () => {
    const failure = await failureOf(await serve('self'), { pins: certificate('self').fingerprint256 })
    expect(failure.code).toBe('tlsSelfSigned')
  })
})

describe('the name', () => {
  it('is left alone where it is not to be verified, and nothing else is', async () => {
    const server = await serve('other')
    expect((await failureOf(server, trusted())).code).toBe('tlsHostMismatch')
    expect(await factsOf(server, { ...trusted(), verifyName: false })).toMatchObject({
      trustedBy: 'caFile',
      isAnyName: true,
      problem: null,
    })
    expect((await failureOf(server, { verifyName: false })).code).toBe('tlsUnknownAuthority')
    const asItIs = { caFile: path('other.crt'), trustCaFileAsItIs: true }
    expect((await failureOf(server, asItIs)).code).toBe('tlsHostMismatch')
    expect(await factsOf(server, { ...asItIs, verifyName: false })).toMatchObject({ trustedBy: 'caFileAsItIs' })
  })
})

describe('versions and ciphers', () => {
  const only = (version: SecureVersion) => ({
    minVersion: version,
    maxVersion: version,
    ciphers: 'DEFAULT@SECLEVEL=0',
  })

  it.each<[Partial<TlsSettings>, SecureVersion, SecureVersion]>([
    [{}, 'TLSv1.2', 'TLSv1.3'],
    [{ maximumVersion: 'TLSv1.2' }, 'TLSv1.2', 'TLSv1.3'],
    [{ minimumVersion: 'TLSv1.3' }, 'TLSv1.2', 'TLSv1.3'],
  ])('%o are agreed on', async (tls, minVersion, maxVersion) => {
    const server = await serve('server', { minVersion, maxVersion })
    const facts = await factsOf(server, { ...trusted(), ...tls })
    expect(facts?.version).toBe(tls.maximumVersion ?? maxVersion)
  })

  it.each<[string, Partial<TlsSettings>, SecureVersion, string]>([
    ['older than the oldest', { minimumVersion: 'TLSv1.3' }, 'TLSv1.2', 'TLS 1.3 – TLS 1.3'],
    ['newer than the newest', { maximumVersion: 'TLSv1.2' }, 'TLSv1.3', 'TLS 1.2 – TLS 1.2'],
    ['older than usual', {}, 'TLSv1.1', 'TLS 1.2 – TLS 1.3'],
  ])('a server that is %s is refused, and what is allowed is told', async (...[, tls, version, versions]) => {
    const failure = await failureOf(await serve('server', only(version)), { ...trusted(), ...tls })
    expect(failure).toMatchObject({
      code: 'tlsNotAgreed',
      values: { detail: 'version', versions },
      remedies: [{ id: 'changeVersions' }],
    })
  })

  it('an old server is reached by allowing its version and its ciphers', async () => {
    const server = await serve('server', only('TLSv1.1'))
    const tls = { minimumVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' } as const
    expect((await factsOf(server, { ...trusted(), ...tls }))?.version).toBe('TLSv1.1')
    const older = { maximumVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const
    expect((await factsOf(server, { ...trusted(), ...older }))?.version).toBe('TLSv1.1')
  })

  it('ciphers are taken as openssl takes them, and a list that it does not take is blamed', async () => {
    const server = await serve('server', { maxVersion: 'TLSv1.2' })
    const ciphers = 'ECDHE-RSA-AES128-GCM-SHA256'
    const facts = await factsOf(server, { ...trusted(), ciphers: `ECDHE-ECDSA-AES128-GCM-SHA256:${ciphers}` })
    expect(facts?.cipher).toMatch(/AES_128_GCM_SHA256$/)
    for (const wrong of ['NO-SUCH-CIPHER', ':::', 'ÄÖÜ', `${ciphers}:NO-SUCH-CIPHER`])
      expect(await failureOf(server, { ...trusted(), ciphers: wrong })).toMatchObject({
        code: 'tlsCiphersUnknown',
        field: 'tls.ciphers',
        remedies: [{ id: 'changeCiphers' }],
      })
  })
})

describe('keys that are written to a file', () => {
  it('are those of the session, added to what is there, readable by nobody else, and told', async () => {
    for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
      const file = path(`keys-${version}`)
      write(`keys-${version}`, '# of another program\n')
      const fresh = path(`fresh-${version}`)
      for (const keyLogFile of [file, fresh]) {
        const server = await serve('server', { minVersion: version, maxVersion: version })
        const facts = await factsOf(server, { ...trusted(), keyLogFile })
        expect(facts?.keyLogFile).toBe(keyLogFile)
        const secrets = () => server.keyLog().split('\n').filter(Boolean).toSorted()
        const written = await waitFor('all secrets', () => {
          const lines = readFileSync(keyLogFile, 'utf8').split('\n').filter(Boolean)
          return secrets().every((line) => lines.includes(line)) ? lines : null
        })
        expect(secrets().length).toBeGreaterThan(0)
        expect(written.filter((line) => !line.startsWith('#')).toSorted()).toEqual(secrets())
      }
      expect(readFileSync(file, 'utf8')).toMatch(/^# of another program\n/)
      expect(statSync(fresh).mode & 0o777).toBe(0o600)
    }
  })

  it('are never added to a file of another kind, and a file that cannot be written fails the connection', async () => {
    const server = await serve('server')
    const text = write('profile.sh', 'export PATH\n')
    for (const keyLogFile of [text, path('no/such/folder/keys'), '/dev/full', cases.path('.')])
      expect(await failureOf(server, { ...trusted(), keyLogFile })).toMatchObject({
        code: 'tlsKeyLog',
        field: 'tls.keyLogFile',
        remedies: [{ id: 'changeKeyLog' }],
      })
    expect(readFileSync(text, 'utf8')).toBe('export PATH\n')
    expect(server.received()).toBe(0)
  })
})

describe('the authorities of this system', () => {
  it('are trusted beside the CA file, and told apart from it', async () => {
    expect(await factsOf(await serve('server'), { ...trusted(), trustSystemStore: true })).toMatchObject({
      trustedBy: 'caFile',
      problem: null,
    })
    const failure = await failureOf(await serve('self'), { ...trusted(), trustSystemStore: true })
    expect(failure.code).toBe('tlsSelfSigned')
  })

  it('are read where there are any', async () => {
    const found = await systemAuthorities()
    if (found.ok) expect(found.value.every((text) => new X509Certificate(text).ca)).toBe(true)
    else expect(found.error).toMatchObject({ code: 'tlsSystemStore', field: 'tls.trustSystemStore' })
  })
})
