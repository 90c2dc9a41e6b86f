import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { connect, type AddressInfo } from 'node:net'
import { createServer, type TlsOptions } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Profile, TlsSettings } from '../../shared/model/profile'
import type { KeyPair } from '../support/certificates'
import { asAuthority, asLeaf, createTlsCases, forThisComputer } from '../support/tlsCases'
import { findFreePort } from '../support/freePort'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import { waitFor } from '../support/waitFor'
import { createStarter, testProfile } from './sessionHarness'

const { startedHarness } = createStarter()
const cases = createTlsCases()
const { path, read, write, openssl } = cases
const pairs: Record<string, KeyPair> = {}
const stops: (() => Promise<void> | void)[] = []

beforeAll(async () => {
  const ca = await cases.selfSigned('ca', '/CN=Plant ca')
  const inter = await cases.sign(ca, 'inter', { subject: '/CN=Plant intermediate', extensions: asAuthority })
  const short = await cases.sign(ca, 'short', {
    subject: '/CN=Plant short',
    extensions: ['basicConstraints=critical,CA:TRUE,pathlen:0', 'keyUsage=keyCertSign'],
  })
  const below = await cases.sign(short, 'below', { subject: '/CN=Plant below', extensions: asAuthority })
  const limited = await cases.sign(ca, 'limited', {
    subject: '/CN=Plant limited',
    extensions: [...asAuthority, 'nameConstraints=critical,permitted;DNS:plant.example'],
  })
  const noAuthority = await cases.sign(ca, 'noauthority', { subject: '/CN=Plant nobody', extensions: [asLeaf] })
  Object.assign(pairs, { ca, inter })
  await cases.selfSigned('ca2', '/CN=Plant ca 2')
  write('ca-renewed.crt', (await cases.selfSigned('renewed', '/CN=Plant ca'), read('renewed.crt')))
  await cases.selfSigned('self', '/CN=localhost', [forThisComputer])
  const local = { subject: '/CN=localhost' }
  await cases.sign(ca, 'server', local)
  await cases.sign(ca, 'expired', { ...local, from: '20200101000000Z', until: '20210101000000Z' })
  await cases.sign(ca, 'early', { ...local, from: '20900101000000Z' })
  await cases.sign(ca, 'cn-ip', { subject: '/CN=127.0.0.1', extensions: [asLeaf] })
  await cases.sign(ca, 'dns-ip', { subject: '/CN=x', extensions: [asLeaf, 'subjectAltName=DNS:127.0.0.1'] })
  await cases.sign(ca, 'tunnel', { subject: '/CN=plant', extensions: [asLeaf, 'subjectAltName=IP:10.9.8.7'] })
  await cases.sign(ca, 'purpose', { ...local, extensions: [asLeaf, forThisComputer, 'extendedKeyUsage=clientAuth'] })
  await cases.sign(inter, 'deep', local)
  await cases.sign(inter, 'deep-expired', { ...local, from: '20200101000000Z', until: '20210101000000Z' })
  await cases.sign(inter, 'deep-purpose', {
    ...local,
    extensions: [asLeaf, forThisComputer, 'extendedKeyUsage=clientAuth'],
  })
  await cases.sign(inter, 'deep-name', { subject: '/CN=x', extensions: [asLeaf, 'subjectAltName=DNS:x.example'] })
  await cases.sign(below, 'too-deep', local)
  await cases.sign(limited, 'outside', local)
  await cases.sign(noAuthority, 'usurped', local)
  await cases.sign(ca, 'client', { subject: '/CN=tester', extensions: [asLeaf] })
  await cases.sign(ca, 'client-old', { subject: '/CN=old', from: '20200101000000Z', until: '20210101000000Z' })
  await cases.sign(ca, 'client-revoked', { subject: '/CN=revoked' })
  await cases.selfSigned('client-unknown', '/CN=stranger')
  const config = write('crl.cnf', '[ca]\ndefault_ca=own\n[own]\ndatabase=crl.index\ndefault_md=sha256\n')
  write('crl.index', '')
  const signer = ['-config', config, '-cert', ca.certificate, '-keyfile', ca.key]
  await openssl('ca', ...signer, '-revoke', path('client-revoked.crt'))
  await openssl('ca', ...signer, '-gencrl', '-crldays', '30', '-out', path('list.crl'))
})
afterAll(async () => {
  for (const stop of stops) await stop()
  cases.remove()
})

const chain = (...names: readonly string[]) => Buffer.concat(names.map((name) => read(`${name}.crt`)))

const isListening = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })

/** A server that shakes hands and then says nothing. */
const serve = async (options: TlsOptions): Promise<number> => {
  const server = createServer(options, (socket) => socket.on('error', () => undefined)).listen(0, '127.0.0.1')
  server.on('tlsClientError', () => undefined)
  await once(server, 'listening')
  stops.push(() => void server.close())
  return (server.address() as AddressInfo).port
}
const serveAs = (name: string, ...behind: readonly string[]) =>
  serve({ cert: chain(name, ...behind), key: read(`${name}.key`) })

const secure = (port: number, tls: Partial<TlsSettings>, given: Partial<Profile> = {}) =>
  testProfile({
    scheme: 'mqtts',
    port,
    host: 'localhost',
    connectTimeoutSeconds: 20,
    ...given,
    tls: { ...testProfile().tls, ...tls },
  })
const caFile = (name = 'ca') => ({ caFile: path(`${name}.crt`) })

describe('a server’s certificate that is refused here', () => {
  it.each<
    [string, readonly string[], Partial<TlsSettings> | (() => Partial<TlsSettings>), string, Record<string, unknown>]
  >([
    ['has expired', ['expired'], caFile, 'tlsCertificateExpired', { whose: 'server', expired: '2021-01-01' }],
    ['is not valid yet', ['early'], caFile, 'tlsCertificateNotYetValid', { starts: '2090-01-01' }],
    [
      'is of another host',
      ['tunnel'],
      caFile,
      'tlsHostMismatch',
      { names: '10.9.8.7', namedBy: 'host', detail: 'other' },
    ],
    ['is signed by itself', ['self'], {}, 'tlsSelfSigned', { detail: 'localhost', from: 'system' }],
    [
      'is signed by itself, with another CA file',
      ['self'],
      caFile,
      'tlsSelfSigned',
      { file: 'ca.crt', sameName: 'no' },
    ],
    [
      'is of an unknown authority',
      ['server'],
      {},
      'tlsUnknownAuthority',
      { detail: 'Plant ca', from: 'system', sent: 'no' },
    ],
    [
      'is of an authority another file holds',
      ['server'],
      () => caFile('ca2'),
      'tlsUnknownAuthority',
      { from: 'file', file: 'ca2.crt', detail: 'Plant ca' },
    ],
    [
      'is of an authority that was made again',
      ['server'],
      () => caFile('renewed'),
      'tlsUnknownAuthority',
      { sameName: 'yes' },
    ],
    ['comes with its unknown root', ['server', 'ca'], {}, 'tlsUnknownAuthority', { sent: 'yes', detail: 'Plant ca' }],
    [
      'comes without the intermediate',
      ['deep'],
      caFile,
      'tlsIntermediateMissing',
      { detail: 'Plant intermediate', from: 'file' },
    ],
    [
      'can be traced to the CA file, which holds no root',
      ['deep', 'inter'],
      () => caFile('inter'),
      'tlsCaFileNotRoot',
      { file: 'inter.crt', subject: 'Plant intermediate', issuer: 'Plant ca' },
    ],
    [
      'is in the CA file itself',
      ['deep'],
      () => caFile('deep'),
      'tlsCaFileNotRoot',
      { file: 'deep.crt', issuer: 'Plant intermediate' },
    ],
    ['is for clients only', ['purpose'], caFile, 'tlsCertificatePurpose', { detail: 'server' }],
    ['is signed by no authority', ['usurped', 'noauthority'], caFile, 'tlsCertificatePurpose', { detail: 'authority' }],
  ])('%s', async (...[, [first = '', ...behind], tls, code, values]) => {
    const port = await serveAs(first, ...behind)
    const error = await startedHarness().failureOf(secure(port, typeof tls === 'function' ? tls() : tls))
    expect(error).toMatchObject({ code, stage: 'tls', retries: 'none', values })
    expect(error.remedies.length).toBeGreaterThan(0)
    expect(error.technical).toMatch(/SHA-256 [0-9A-F:]{95}/)
    expect(JSON.stringify(error.values)).not.toMatch(/[A-Z]+_[A-Z_]+|routines/)
  })

  it.each([
    ['cn-ip', 'ipAsCommonName'],
    ['dns-ip', 'ipAsDnsName'],
  ])('names an address in another way: %s', async (name, detail) => {
    const profile = secure(await serveAs(name), caFile(), { host: '127.0.0.1' })
    expect(await startedHarness().failureOf(profile)).toMatchObject({
      code: 'tlsHostMismatch',
      field: 'host',
      values: { detail, host: '127.0.0.1' },
    })
  })

  it('is checked against a server name that is set, be it an address, and that name is blamed', async () => {
    const port = await serveAs('tunnel')
    const harness = startedHarness()
    const silent = { connectTimeoutSeconds: 1 }
    expect(await harness.failureOf(secure(port, { ...caFile(), serverName: '10.9.8.7' }, silent))).toMatchObject({
      code: 'connectTimeout',
      stage: 'connect',
    })
    for (const serverName of ['10.9.8.6', 'other.example'])
      expect(await harness.failureOf(secure(port, { ...caFile(), serverName }))).toMatchObject({
        code: 'tlsHostMismatch',
        field: 'tls.serverName',
        values: { namedBy: 'serverName', host: serverName },
      })
  })
})

describe('a CA file that is trusted as it is', () => {
  const asItIs = (name: string) => ({ ...caFile(name), trustCaFileAsItIs: true })

  it.each([
    ['the intermediate', ['deep', 'inter'], 'inter'],
    ['the intermediate the server does not send', ['deep'], 'inter'],
    ['the server’s own certificate', ['deep'], 'deep'],
    ['a root, as always', ['server'], 'ca'],
  ])('lets in what depends on %s', async (_title, [first = '', ...behind], file) => {
    const port = await serveAs(first, ...behind)
    const error = await startedHarness().failureOf(secure(port, asItIs(file), { connectTimeoutSeconds: 1 }))
    expect(error).toMatchObject({ code: 'connectTimeout', stage: 'connect' })
  })

  it.each<[string, readonly string[], string, string]>([
    ['has expired', ['deep-expired', 'inter'], 'inter', 'tlsCertificateExpired'],
    ['is for clients', ['deep-purpose', 'inter'], 'inter', 'tlsCertificatePurpose'],
    ['is of another host', ['deep-name', 'inter'], 'inter', 'tlsHostMismatch'],
    ['comes from an authority with the same name', ['deep', 'inter'], 'ca2', 'tlsIntermediateMissing'],
    ['is signed by one that is no authority', ['usurped'], 'noauthority', 'tlsCertificatePurpose'],
    ['has more authorities above it than are allowed', ['too-deep', 'below'], 'short', 'tlsCertificatePurpose'],
    ['is under limits on names, which are left to the system', ['outside'], 'limited', 'tlsCertificateInvalid'],
  ])('lets in nothing that %s', async (...[, [first = '', ...behind], file, code]) => {
    const port = await serveAs(first, ...behind)
    const error = await startedHarness().failureOf(secure(port, asItIs(file)))
    expect(error.code).toMatch(code === 'tlsIntermediateMissing' ? /^tls(IntermediateMissing|UnknownAuthority)$/ : code)
    expect(error.stage).toBe('tls')
  })

  it('is offered where it would help, and connects once', async () => {
    const broker = await startMosquitto({
      listeners: ['tls'],
      serverCertificate: { certificate: write('deep-chain.crt', chain('deep', 'inter')), key: path('deep.key') },
    })
    stops.push(() => broker.stop())
    const harness = startedHarness()
    const profile = secure(broker.port('tls'), caFile('inter'))
    const failure = await harness.failureOf(profile)
    const [remedy] = failure.remedies
    expect(remedy).toMatchObject({ id: 'trustCaFile', action: { change: { tls: { trustCaFileAsItIs: true } } } })
    harness.registry.tryRemedy(profile.id, remedy?.key ?? '')
    expect(await harness.reach(profile, 'online')).toMatchObject({
      verified: true,
      tls: {
        trustedBy: 'caFileAsItIs',
        problem: null,
        chain: [{ issuer: 'CN=Plant intermediate' }, expect.anything()],
      },
    })
  })
})

describe('what a broker refuses', () => {
  const own = (name: string) => ({ ...caFile(), certificateFile: path(`${name}.crt`), keyFile: path(`${name}.key`) })
  let mosquitto: Mosquitto
  let opensslPort: number
  let openssl12: ChildProcess

  beforeAll(async () => {
    // TLS 1.3: the alert comes when the handshake is done for us.
    const demand = [`cafile ${path('ca.crt')}`, `crlfile ${path('list.crl')}`, 'require_certificate true']
    mosquitto = await startMosquitto({
      listeners: ['tls'],
      serverCertificate: { certificate: path('server.crt'), key: path('server.key') },
      listenerSettings: { tls: demand },
    })
    // TLS 1.2: it comes in the handshake.
    opensslPort = await findFreePort()
    const files = ['-cert', path('server.crt'), '-key', path('server.key'), '-CAfile', path('ca.crt')]
    const check = ['-Verify', '5', '-verify_return_error', '-crl_check', '-CRL', path('list.crl')]
    const args = ['s_server', '-accept', `127.0.0.1:${opensslPort}`, '-tls1_2', '-quiet', ...files, ...check]
    openssl12 = spawn('openssl', args, { stdio: ['pipe', 'ignore', 'ignore'] })
    await waitFor('openssl to listen', () => isListening(opensslPort))
  })
  afterAll(async () => {
    openssl12.kill('SIGKILL')
    await mosquitto.stop()
  })
  const portOf = (version: string) => (version === 'TLSv1.3' ? mosquitto.port('tls') : opensslPort)

  describe.each(['TLSv1.2', 'TLSv1.3'])('%s', (version) => {
    it.each([
      ['client-unknown', 'authority', 'stranger', 'current'],
      ['client-old', 'expired', 'old', 'expired'],
      ['client-revoked', 'revoked', 'revoked', 'current'],
    ])('is our certificate %s: %s', async (...[name, detail, subject, state]) => {
      const failure = await startedHarness().failureOf(secure(portOf(version), own(name)))
      expect(failure).toMatchObject({
        code: 'tlsClientCertificateRefused',
        stage: 'tls',
        field: 'tls.certificateFile',
        values: { detail, file: `${name}.crt`, subject, own: state },
        remedies: [{ id: 'clientCertificate' }],
      })
    })

    it('is that we show none', async () => {
      const failure = await startedHarness().failureOf(secure(portOf(version), caFile()))
      expect(failure).toMatchObject({
        stage: 'tls',
        code: version === 'TLSv1.3' ? 'tlsClientCertificateRequired' : 'tlsHandshakeRefused',
        remedies: [{ id: 'clientCertificate' }],
      })
    })
  })

  it('is not a certificate it knows', async () => {
    expect(await startedHarness().connect(secure(mosquitto.port('tls'), own('client')))).toMatchObject({
      tls: { version: 'TLSv1.3', trustedBy: 'caFile' },
    })
  })

  it('is every ALPN name, and says which', async () => {
    const port = await serve({ cert: chain('server'), key: read('server.key'), ALPNProtocols: ['mqtt'] })
    const harness = startedHarness()
    const failure = await harness.failureOf(secure(port, { ...caFile(), alpn: 'x-amzn-mqtt-ca, h2' }))
    expect(failure).toMatchObject({
      code: 'tlsNoCommonProtocol',
      field: 'tls.alpn',
      values: { names: 'x-amzn-mqtt-ca, h2' },
      remedies: [{ id: 'withoutAlpn', action: { change: { tls: { alpn: '' } } } }, { id: 'changeAlpn' }],
    })
  })

  it('is every TLS version', async () => {
    const old = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const
    const port = await serve({ cert: chain('server'), key: read('server.key'), ...old })
    const failure = await startedHarness().failureOf(secure(port, caFile()))
    expect(failure).toMatchObject({ code: 'tlsNotAgreed', values: { detail: 'version' } })
  })

  it('is every cipher', async () => {
    const only = { maxVersion: 'TLSv1.2', ciphers: 'CAMELLIA256-SHA:ADH-AES256-SHA@SECLEVEL=0' } as const
    const port = await serve({ cert: chain('server'), key: read('server.key'), ...only })
    const failure = await startedHarness().failureOf(secure(port, caFile()))
    expect(failure.code).toMatch(/^tls(HandshakeRefused|NotAgreed)$/)
  })

  it('is a name it does not know', async () => {
    const port = await serve({
      cert: chain('server'),
      key: read('server.key'),
      SNICallback: (_name, done) => done(new Error('unknown')),
    })
    const failure = await startedHarness().failureOf(secure(port, caFile()))
    expect(failure.stage).toBe('tls')
  })
})
