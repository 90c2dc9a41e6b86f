import { once } from 'node:events'
import { createServer as createHttpServer } from 'node:http'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { newProfile, usesWebSocket, type Profile, type Scheme } from '../../shared/model/profile'
import type { ProtocolVersion } from '../../shared/model/qos'
import { getCertificates } from '../support/certificates'
import { findFreePort } from '../support/freePort'
import type { ListenerKind, Mosquitto, MosquittoOptions } from '../support/mosquitto'
import { createTemporaryFolder } from '../support/temporaryFolder'
import { createStarter, publishTo, subscribed, testProfile, withReconnect } from './sessionHarness'

const { onStop, startedBroker, startedHarness } = createStarter()
/** A TCP server that does as it is told with each connection. */
const startedServer = async (onSocket: (socket: Socket) => void): Promise<number> => {
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    onSocket(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onStop(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  return (server.address() as AddressInfo).port
}

const kinds: Readonly<Record<Scheme, ListenerKind>> = { mqtt: 'tcp', mqtts: 'tls', ws: 'ws', wss: 'wss' }
const defaultTls = newProfile({ id: 'any' }).tls
const tlsWith = (given: Partial<Profile['tls']>) => ({ ...defaultTls, ...given })

describe('every scheme and version', () => {
  const schemes: readonly Scheme[] = ['mqtt', 'mqtts', 'ws', 'wss']
  const versions: readonly ProtocolVersion[] = ['3.1', '3.1.1', '5']
  // libwebsockets in mosquitto 2.0.11 knows both subprotocols, "mqtt" and "mqttv3.1".
  const matrix = schemes.flatMap((scheme) => versions.map((version) => [scheme, version] as const))

  it.each(matrix)('%s with MQTT %s carries a message there and back', async (scheme, protocolVersion) => {
    const { authority } = await getCertificates()
    const broker = await startedBroker({ listeners: ['tcp', kinds[scheme]], users: { ann: 'pass: wörd' } })
    const harness = startedHarness()
    const profile = testProfile({
      scheme,
      protocolVersion,
      port: broker.port(kinds[scheme]),
      host: 'localhost',
      username: 'ann',
      usePassword: true,
      tls: tlsWith({ caFile: authority.certificate }),
      subscriptions: [subscribed('#')],
    })
    const isSecure = scheme === 'mqtts' || scheme === 'wss'
    expect(await harness.connect(profile, { password: 'pass: wörd' })).toMatchObject({
      protocolVersion,
      encrypted: isSecure,
      verified: isSecure,
      tls: isSecure
        ? {
            version: 'TLSv1.3',
            cipher: expect.stringMatching(/^TLS_\w+$/) as string,
            alpn: null,
            serverName: 'localhost',
            trustedBy: 'caFile',
            problem: null,
            chain: [
              { subject: 'CN=localhost', names: ['DNS:localhost', 'IP Address:127.0.0.1', expect.anything()] },
              { subject: 'CN=Topicscope test authority', isAuthority: true },
            ],
          }
        : null,
    })
    await harness.granted(profile)
    // mosquitto 2.0.11 reads a WebSocket slowly: 200,000 bytes take it five seconds, whoever sends them. Once is enough.
    const isSlow = usesWebSocket(scheme) && protocolVersion !== '5'
    const payload = Buffer.alloc(isSlow ? 20_000 : 200_000, 'ab')
    expect(await harness.registry.publish(publishTo(profile, { qos: 2, payload }))).toMatchObject({ ok: true })
    const [message] = await harness.received(profile, 1)
    expect(message?.payload.equals(payload)).toBe(true)
    await harness.registry.disconnect(profile.id)
    expect(harness.stateOf(profile)).toEqual({ phase: 'offline' })
  })
})

describe('credentials', () => {
  it.each<[ProtocolVersion, number, string]>([
    ['3.1', 5, 'not authorized (5)'],
    ['3.1.1', 5, 'not authorized (5)'],
    ['5', 0x87, 'Not authorized (0x87)'],
  ])('that are wrong are named and not tried again with MQTT %s', async (protocolVersion, reasonCode, reason) => {
    const broker = await startedBroker({ users: { ann: 'right' } })
    const harness = startedHarness()
    const profile = testProfile({
      port: broker.port(),
      protocolVersion,
      username: 'ann',
      usePassword: true,
      reconnect: withReconnect,
    })
    const error = await harness.failureOf(profile, { password: 'wrong' })
    expect(error).toMatchObject({ code: 'connectRefused', reasonCode, values: { reason, detail: 'credentials' } })
    expect(harness.history.filter(({ state }) => state.phase === 'connecting')).toHaveLength(1)
    await harness.connect(profile, { password: 'right' })
  })

  it('of nobody are refused where a name is wanted', async () => {
    const broker = await startedBroker({ users: { ann: 'right' } })
    expect(await startedHarness().failureOf(testProfile({ port: broker.port() }))).toMatchObject({
      code: 'connectRefused',
    })
  })
})

describe('TLS', () => {
  const brokerWith = async (options: MosquittoOptions) => startedBroker({ listeners: ['tls'], ...options })
  const secure = (broker: Mosquitto, tls: Partial<Profile['tls']>, host = 'localhost') =>
    testProfile({ scheme: 'mqtts', host, port: broker.port('tls'), tls: tlsWith(tls), reconnect: withReconnect })

  it('tells an expired certificate and since when', async () => {
    const { authority, expiredServer } = await getCertificates()
    const broker = await brokerWith({ serverCertificate: expiredServer })
    const error = await startedHarness().failureOf(secure(broker, { caFile: authority.certificate }))
    expect(error.code).toBe('tlsCertificateExpired')
    expect(error.values?.['expired']).toMatch(/^\d{4}-\d\d-\d\d$/)
  })

  it('tells whom a certificate is for when it is for another host', async () => {
    const { authority, wrongHostServer } = await getCertificates()
    const broker = await brokerWith({ serverCertificate: wrongHostServer })
    const harness = startedHarness()
    const caFile = authority.certificate
    expect(await harness.failureOf(secure(broker, { caFile }))).toMatchObject({
      code: 'tlsHostMismatch',
      values: { host: 'localhost', names: 'broker.invalid' },
    })
    await harness.connect(secure(broker, { caFile, serverName: 'broker.invalid' }))
  })

  it('checks an IP address against the certificate too', async () => {
    const { authority, server, wrongHostServer } = await getCertificates()
    const good = await brokerWith({ serverCertificate: server })
    const bad = await brokerWith({ serverCertificate: wrongHostServer })
    const harness = startedHarness()
    await harness.connect(secure(good, { caFile: authority.certificate }, '127.0.0.1'))
    const error = await harness.failureOf(secure(bad, { caFile: authority.certificate }, '127.0.0.1'))
    expect(error.code).toBe('tlsHostMismatch')
  })

  it.each<Scheme>(['mqtts', 'wss'])(
    'tells an unknown authority over %s, and goes on when verification is off',
    async (scheme) => {
      const broker = await startedBroker({ listeners: ['tls', 'wss'] })
      const harness = startedHarness()
      const { strangerAuthority } = await getCertificates()
      const profile = { ...secure(broker, {}), scheme, port: broker.port(kinds[scheme]) }
      expect(await harness.failureOf(profile)).toMatchObject({
        code: 'tlsUnknownAuthority',
        values: { detail: 'Topicscope test authority' },
      })
      const stranger = {
        ...testProfile(profile),
        id: `${profile.id}-s`,
        tls: tlsWith({ caFile: strangerAuthority.certificate }),
      }
      expect((await harness.failureOf(stranger)).code).toBe('tlsUnknownAuthority')
      const trusting = { ...profile, id: `${profile.id}-t`, tls: tlsWith({ verify: false }) }
      expect(await harness.connect(trusting)).toMatchObject({
        encrypted: true,
        verified: false,
        tls: { trustedBy: 'nothing', problem: { code: 'tlsUnknownAuthority' } },
      })
    },
  )

  it('asks for a client certificate the broker wants', async () => {
    const { authority } = await getCertificates()
    const broker = await brokerWith({ requireClientCertificate: true })
    const error = await startedHarness().failureOf(secure(broker, { caFile: authority.certificate }))
    expect(error.code).toBe('tlsClientCertificateRequired')
  })

  it('shows a client certificate, its key in the clear, encrypted, or in PKCS #12', async () => {
    const { authority, client } = await getCertificates()
    const broker = await brokerWith({ requireClientCertificate: true })
    const harness = startedHarness()
    const caFile = authority.certificate
    const certificateFile = client.certificate
    await harness.connect(secure(broker, { caFile, certificateFile, keyFile: client.key }))
    const secrets = { keyPassphrase: client.passphrase }
    await harness.connect(secure(broker, { caFile, certificateFile, keyFile: client.encryptedKey }), secrets)
    await harness.connect(secure(broker, { caFile, pkcs12File: client.pkcs12 }), secrets)
  })

  it('finds what is wrong with its files before it connects, and blames the field', async () => {
    const { authority, strangerAuthority, client, server } = await getCertificates()
    const folder = createTemporaryFolder('tls-files')
    const garbage = join(folder.path, 'garbage.pem')
    writeFileSync(garbage, 'this is no certificate')
    const certificateFile = client.certificate
    const cases: [Partial<Profile['tls']>, string | undefined, string, string][] = [
      [{ caFile: '/no/such/ca.pem' }, undefined, 'fileMissing', 'tls.caFile'],
      [{ caFile: garbage }, undefined, 'tlsFileWrongKind', 'tls.caFile'],
      [{ certificateFile: garbage, keyFile: client.key }, undefined, 'tlsFileWrongKind', 'tls.certificateFile'],
      [{ certificateFile, keyFile: garbage }, undefined, 'tlsFileWrongKind', 'tls.keyFile'],
      [{ certificateFile, keyFile: client.encryptedKey }, 'wrong', 'tlsPassphraseWrong', 'keyPassphrase'],
      [{ certificateFile, keyFile: client.encryptedKey }, undefined, 'tlsPassphraseMissing', 'keyPassphrase'],
      [{ certificateFile, keyFile: server.key }, undefined, 'tlsKeyMismatch', 'tls.keyFile'],
      [{ pkcs12File: client.pkcs12 }, 'wrong', 'tlsPassphraseWrong', 'keyPassphrase'],
      [{ pkcs12File: garbage }, undefined, 'tlsFileWrongKind', 'tls.pkcs12File'],
    ]
    const harness = startedHarness()
    const told = []
    for (const [tls, keyPassphrase] of cases) {
      const profile = testProfile({ scheme: 'mqtts', port: 1, tls: tlsWith({ ...tls }) })
      const { code, field } = await harness.failureOf(profile, keyPassphrase === undefined ? {} : { keyPassphrase })
      told.push([code, field])
    }
    folder.remove()
    expect(told).toEqual(cases.map(([, , code, field]) => [code, field]))
    expect(strangerAuthority.certificate).not.toBe(authority.certificate)
  })

  it('knows an answer in plain text', async () => {
    const broker = await startedBroker()
    const http = createHttpServer().listen(0, '127.0.0.1')
    await once(http, 'listening')
    onStop(() => new Promise((resolve) => http.close(() => resolve())))
    const harness = startedHarness()
    for (const port of [broker.port(), (http.address() as AddressInfo).port]) {
      const error = await harness.failureOf(testProfile({ scheme: 'mqtts', port }))
      expect(['tlsPlainTextAnswer', 'connectionReset', 'connectionClosed']).toContain(error.code)
    }
    const chatty = await startedServer((socket) => socket.write('220 mail.example ESMTP\r\n'))
    expect((await harness.failureOf(testProfile({ scheme: 'mqtts', port: chatty }))).code).toBe('tlsPlainTextAnswer')
  })
})

describe('an address that leads nowhere', () => {
  it('is a name nobody knows', async () => {
    const error = await startedHarness().failureOf(testProfile({ host: 'no-such-host.invalid' }))
    expect(error).toMatchObject({ code: 'dnsFailed', values: { host: 'no-such-host.invalid' } })
  })

  it('is a port where nothing listens, and is tried again while that is wanted', async () => {
    const port = await findFreePort()
    const harness = startedHarness()
    const profile = testProfile({ port, reconnect: { ...withReconnect, maximumAttempts: 2 } })
    expect(await harness.failureOf(profile)).toMatchObject({
      code: 'connectionRefused',
      values: { host: '127.0.0.1', port },
    })
    const phases = harness.history.map(({ state }) => state.phase)
    expect(phases).toEqual(['offline', 'connecting', 'waiting', 'connecting', 'waiting', 'connecting', 'failed'])
  })

  it('is a server that accepts and says nothing', async () => {
    const port = await startedServer(() => undefined)
    const harness = startedHarness()
    for (const scheme of ['mqtt', 'mqtts', 'ws'] as const) {
      const error = await harness.failureOf(testProfile({ scheme, port, connectTimeoutSeconds: 0.2 }))
      expect(error).toMatchObject({ code: 'connectTimeout', values: { port, seconds: 0.2 } })
    }
  })

  it('can be given up at any time', async () => {
    const port = await startedServer(() => undefined)
    const harness = startedHarness()
    for (const scheme of ['mqtt', 'mqtts', 'ws'] as const) {
      const profile = testProfile({ scheme, port })
      harness.registry.connect(profile, {})
      await harness.reach(profile, 'connecting')
      await harness.registry.disconnect(profile.id)
      expect(harness.stateOf(profile)).toEqual({ phase: 'offline' })
    }
    const waiting = testProfile({
      port: await findFreePort(),
      reconnect: { ...withReconnect, initialSeconds: 600, maximumSeconds: 600 },
    })
    harness.registry.connect(waiting, {})
    expect(await harness.reach(waiting, 'waiting')).toMatchObject({ attempt: 2, reason: { code: 'connectionRefused' } })
    await harness.registry.disconnect(waiting.id)
    expect(harness.stateOf(waiting)).toEqual({ phase: 'offline' })
  })

  it('is a server of something else', async () => {
    const http = createHttpServer((_request, response) => response.writeHead(404).end()).listen(0, '127.0.0.1')
    await once(http, 'listening')
    onStop(() => new Promise((resolve) => http.close(() => resolve())))
    const { port } = http.address() as AddressInfo
    const harness = startedHarness()
    expect(await harness.failureOf(testProfile({ port }))).toMatchObject({
      code: 'notMqtt',
      values: { host: '127.0.0.1', port, detail: '"HTTP/1.1 400 Bad Request"' },
    })
    expect(await harness.failureOf(testProfile({ scheme: 'ws', port }))).toMatchObject({
      code: 'webSocketRejected',
      values: { detail: 'HTTP 404 Not Found', status: 404 },
    })
    const tlsAlert = await startedServer((socket) => socket.end(Buffer.from([0x15, 3, 1, 0, 2, 2, 0x46])))
    expect(await harness.failureOf(testProfile({ port: tlsAlert }))).toMatchObject({
      code: 'notMqtt',
      values: { detail: 'TLS' },
    })
    const closing = await startedServer((socket) => socket.end())
    const secure = testProfile({ scheme: 'mqtts', port: closing })
    expect((await harness.failureOf(secure)).code).toBe('connectionReset')
    const patient = testProfile({ scheme: 'mqtts', port: closing, reconnect: withReconnect })
    harness.registry.connect(patient, {})
    expect(await harness.reach(patient, 'waiting')).toMatchObject({ reason: { code: 'connectionReset' } })
    await harness.registry.disconnect(patient.id)
    expect((await harness.failureOf(testProfile({ port: closing }))).code).toBe('connectionClosed')
  })
})
