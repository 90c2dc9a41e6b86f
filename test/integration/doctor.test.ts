import { once } from 'node:events'
import { createServer as createHttpServer } from 'node:http'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { readFileSync } from 'node:fs'
import { createServer as createTlsServer } from 'node:tls'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { WebSocketServer } from 'ws'
import type { DoctorReport, DoctorStep } from '../../shared/model/doctor'
import { networkSchema } from '../../shared/model/network'
import { keepSecrets, newProfile, type Profile, type SecretChanges } from '../../shared/model/profile'
import { getCertificates, type Certificates, type KeyPair } from '../support/certificates'
import { startConnectRecorder } from '../support/connectRecorder'
import { findFreePort } from '../support/freePort'
import { startMosquitto, type Mosquitto, type MosquittoOptions } from '../support/mosquitto'
import { startDante, startTinyproxy } from '../support/proxies'
import { createTlsCases } from '../support/tlsCases'
import { waitFor } from '../support/waitFor'
import { createCoreHarness, type CoreHarness } from './coreHarness'
import { politely, startFakeServer } from './sessionFakeServer'

let harness: CoreHarness
let certificates: Certificates
let early: KeyPair
let selfSigned: KeyPair
const cases = createTlsCases()
const stops: (() => Promise<void> | void)[] = []
beforeAll(async () => {
  certificates = await getCertificates()
  early = await cases.sign(certificates.authority, 'early', { subject: '/CN=localhost', from: '20900101000000Z' })
  selfSigned = await cases.selfSigned('self', '/CN=localhost', ['subjectAltName=DNS:localhost'])
})
afterAll(() => cases.remove())
beforeEach(() => {
  harness = createCoreHarness('doctor')
  harness.dialogs.confirm = () => Promise.resolve(true)
})
afterEach(async () => {
  await harness.stop()
  for (const stop of stops.splice(0)) await stop()
})

const started = async (options: MosquittoOptions = {}): Promise<Mosquitto> => {
  const broker = await startMosquitto(options)
  stops.push(broker.stop)
  return broker
}

/** Listens on this computer and ends with the test; answers its port. */
const listening = async (server: Server): Promise<number> => {
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  stops.push(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  return (server.address() as AddressInfo).port
}
const tlsServer = ({ certificate, key }: KeyPair, onSocket: (socket: Socket) => void = () => undefined) =>
  listening(
    createTlsServer({ cert: readFileSync(certificate), key: readFileSync(key) }, (socket) => {
      socket.on('error', () => undefined)
      onSocket(socket)
    }),
  )

const password = (value: string): SecretChanges => ({ ...keepSecrets, password: { change: 'set', value } })
const profileFor = ({ tls, ...given }: Omit<Partial<Profile>, 'tls'> & { tls?: Partial<Profile['tls']> }) => {
  const profile = newProfile({ id: 'c', name: 'Bench', host: '127.0.0.1', connectTimeoutSeconds: 1, ...given })
  return { ...profile, tls: { ...profile.tls, ...tls } }
}

interface Wish {
  readonly secrets?: SecretChanges
  readonly subscribes?: boolean
  readonly triesOtherWays?: boolean
}
const diagnosed = async (
  profile: Profile,
  { secrets = keepSecrets, subscribes = false, triesOtherWays = false }: Wish = {},
): Promise<DoctorReport> => {
  const { value } = await harness.start()
  const { clientId } = await value('doctor.plan', { profile, secrets })
  return value('doctor.run', { profile, secrets, clientId, subscribes, triesOtherWays })
}

/** Each step with its verdict, `-` = skipped; and the codes of failures. */
const told = ({ steps }: DoctorReport): string =>
  steps
    .map(({ step, verdict, failure }) => {
      const sign = verdict === 'ok' ? '+' : verdict === 'failed' ? '!' : verdict === 'skipped' ? '-' : '?'
      return `${sign}${step}${failure && verdict === 'failed' ? `(${failure.code})` : ''}`
    })
    .join(' ')
const remarksOf = ({ seen, concluded }: DoctorStep) => [...seen, ...concluded].map(({ id }) => id)
const stepNamed = ({ steps }: DoctorReport, name: string): DoctorStep => {
  const found = steps.find(({ step }) => step === name)
  if (!found) throw new Error(`No step ${name}.`)
  return found
}

describe('a way through a proxy', () => {
  const through = (given: Partial<Profile['network']['proxy']>) => ({ network: networkSchema.parse({ proxy: given }) })

  it('names the proxy where it dials it, and the broker where it speaks to it', async () => {
    const broker = await started({ listeners: ['tls'] })
    const proxy = await startTinyproxy()
    stops.push(proxy.stop)
    const tls = { caFile: certificates.authority.certificate }
    const at = { kind: 'http', host: '127.0.0.1', port: proxy.port } as const
    const given = { scheme: 'mqtts', host: 'localhost', port: broker.port('tls'), tls } as const
    const report = await diagnosed(profileFor({ ...given, ...through(at) }))
    expect(told(report)).toBe('+settings -name +tcp +proxy +tls -webSocket +connect +connack -subscribe +ping')
    expect(stepNamed(report, 'name').concluded).toEqual([{ id: 'nameByProxy', values: { host: 'localhost' } }])
    expect(stepNamed(report, 'tcp').tried?.values).toEqual({ address: `127.0.0.1:${proxy.port}` })
    expect(stepNamed(report, 'proxy').tried).toEqual({
      id: 'askProxy',
      values: { proxy: `127.0.0.1:${proxy.port}`, target: `localhost:${broker.port('tls')}` },
    })
    expect(stepNamed(report, 'tls').tried?.values).toMatchObject({ name: 'localhost' })
    const named = await diagnosed(profileFor({ ...given, ...through({ ...at, host: 'localhost' }) }))
    expect(told(named)).toMatch(/^\+settings -name \+name (?:[+!]tcp\S* )+\+proxy \+tls /)
  })

  it('resolves the name of the broker first where SOCKS is told an address', async () => {
    const broker = await started()
    const proxy = await startDante()
    stops.push(proxy.stop)
    const at = { kind: 'socks5', host: '127.0.0.1', port: proxy.port } as const
    const report = await diagnosed(profileFor({ host: 'localhost', port: broker.port(), ...through(at) }))
    expect(told(report)).toBe('+name +tcp +proxy -tls -webSocket +connect +connack -subscribe +ping')
    const lost = await diagnosed(profileFor({ host: 'nowhere.invalid', ...through(at) }))
    expect(told(lost)).toBe('!name(dnsFailed) -tcp -proxy -tls -webSocket -connect -connack -subscribe -ping')
  })

  it('ends at the proxy that is not there, that refuses, or that does not reach the broker', async () => {
    const proxy = await startTinyproxy()
    stops.push(proxy.stop)
    const port = await findFreePort()
    const absent = await diagnosed(profileFor(through({ kind: 'socks5Name', host: '127.0.0.1', port })))
    expect(told(absent)).toMatch(/^-name !tcp\(proxyNotReached\) -proxy -tls /)
    const behind = through({ kind: 'http', host: '127.0.0.1', port: proxy.port })
    expect(told(await diagnosed(profileFor({ port, ...behind })))).toMatch(
      /^-name \+tcp !proxy\(proxyTargetFailed\) -tls -webSocket -connect -connack /,
    )
  })
})

describe('a way that leads to the broker', () => {
  it('is told step by step, with a client id of its own, and leaves the broker as it was', async () => {
    const broker = await started()
    const subscriptions = [
      { id: 's', filter: 'plant/#', qos: 1, colour: 'blue', alias: '', enabled: true, muted: false },
      { id: 't', filter: '$share/us/plant/#', qos: 1, colour: 'blue', alias: '', enabled: true, muted: false },
    ] as const
    const profile = profileFor({ port: broker.port(), clientId: 'bench-1', subscriptions: [...subscriptions] })
    const report = await diagnosed(profile, { subscribes: true })
    expect(told(report)).toBe('-name +tcp -proxy -tls -webSocket +connect +connack +subscribe +ping')
    expect(report.outcome).toBe('accepted')
    expect(stepNamed(report, 'subscribe').tried).toEqual({
      id: 'sendSubscribe',
      values: { filter: 'plant/#', qos: 1 },
    })
    await waitFor('the goodbye', () => /Client topicscope_\w+ disconnected/.test(broker.log()))
    expect(broker.log()).not.toContain('bench-1')
    expect(broker.log()).not.toContain('$share')
    for (const { verdict, milliseconds } of report.steps) expect(milliseconds === null).toBe(verdict === 'skipped')
  })

  it('has a name with several addresses, each dialled', async () => {
    const broker = await started()
    const report = await diagnosed(profileFor({ host: 'localhost', port: broker.port() }))
    expect(stepNamed(report, 'name').verdict).toBe('ok')
    const dialled = report.steps.filter(({ step }) => step === 'tcp')
    expect(dialled.map(({ verdict }) => verdict)).toContain('ok')
    expect(report.outcome).toBe('accepted')
  })

  it('leads through TLS, whose certificate and dates are told', async () => {
    const broker = await started({ listeners: ['tls'] })
    const tls = { caFile: certificates.authority.certificate }
    const report = await diagnosed(profileFor({ scheme: 'mqtts', host: 'localhost', port: broker.port('tls'), tls }))
    expect(told(report)).toMatch(/^\+settings \+name .*-proxy \+tls -webSocket \+connect \+connack -subscribe \+ping$/)
    expect(remarksOf(stepNamed(report, 'tls'))).toEqual([
      'agreedTls',
      'certificate',
      'trusted',
      'expiresSoon',
      'clockFits',
    ])
  })

  it('leads through a WebSocket', async () => {
    const broker = await started({ listeners: ['ws'] })
    const report = await diagnosed(profileFor({ scheme: 'ws', port: broker.port('ws') }))
    expect(told(report)).toBe('-name +tcp -proxy -tls +webSocket +connect +connack -subscribe +ping')
    expect(remarksOf(stepNamed(report, 'webSocket'))).toContain('httpAnswer')
  })

  it('and is recorded for the view Packets, apart from the session', async () => {
    const broker = await started()
    const { value } = await harness.start()
    const profile = profileFor({ port: broker.port() })
    const { clientId } = await value('doctor.plan', { profile, secrets: keepSecrets })
    await value('doctor.run', { profile, secrets: keepSecrets, clientId, subscribes: false, triesOtherWays: false })
    const { last } = await value('packets.status', { connectionId: 'c', of: 'doctor' })
    expect(last).toBeGreaterThan(5)
    expect((await value('packets.status', { connectionId: 'c' })).last).toBe(0)
    const entries = await value('packets.read', {
      connectionId: 'c',
      of: 'doctor',
      numbers: Array.from({ length: last }, (_, index) => index + 1),
      mostBytes: 100,
    })
    const sent = entries.filter((entry) => entry.kind === 'packet' && entry.direction === 'out')
    // CONNECT, PINGREQ and DISCONNECT, and nothing else.
    expect(sent.map((entry) => entry.kind === 'packet' && (entry.bytes[0] ?? 0) >> 4)).toEqual([1, 12, 14])
  })
})

describe('a failure is found at its step', () => {
  it('of the name', async () => {
    const report = await diagnosed(profileFor({ host: 'broker.nosuch.invalid', connectTimeoutSeconds: 10 }))
    expect(told(report)).toBe('!name(dnsFailed) -tcp -proxy -tls -webSocket -connect -connack -subscribe -ping')
  })

  it('of a port on which nobody listens', async () => {
    const report = await diagnosed(profileFor({ port: await findFreePort() }))
    expect(told(report)).toMatch(/^-name !tcp\(connectionRefused\) -proxy -tls .*-ping$/)
    expect(stepNamed(report, 'tcp').failure?.remedies.map(({ id }) => id)).toEqual(['changePort'])
  })

  it('of a CA file that is not there', async () => {
    const report = await diagnosed(profileFor({ scheme: 'mqtts', tls: { caFile: '/nowhere/ca.crt' } }))
    expect(told(report)).toMatch(/^!settings\(\w+\) -name -tcp/)
  })

  it.each([
    ['has expired', () => certificates.expiredServer, 'tlsCertificateExpired'],
    ['is not valid yet', () => early, 'tlsCertificateNotYetValid'],
    ['is for another name', () => certificates.wrongHostServer, 'tlsHostMismatch'],
    ['is signed by itself', () => selfSigned, 'tlsSelfSigned'],
  ] as const)('of a certificate that %s', async (_, pair, code) => {
    const port = await tlsServer(pair())
    const tls = code === 'tlsSelfSigned' ? {} : { caFile: certificates.authority.certificate }
    const report = await diagnosed(profileFor({ scheme: 'mqtts', host: 'localhost', port, tls }))
    expect(told(report)).toContain(`-proxy !tls(${code}) -webSocket -connect -connack`)
  })

  it('of a certificate of an authority that is not known', async () => {
    const port = await tlsServer(certificates.server)
    const report = await diagnosed(profileFor({ scheme: 'mqtts', host: 'localhost', port }))
    expect(told(report)).toContain('!tls(tlsUnknownAuthority)')
  })

  it('of a server that wants a client certificate', async () => {
    const broker = await started({ listeners: ['tls'], requireClientCertificate: true })
    const tls = { caFile: certificates.authority.certificate }
    const port = broker.port('tls')
    const report = await diagnosed(profileFor({ scheme: 'mqtts', host: 'localhost', port, tls }))
    expect(told(report)).toContain('!tls(tlsClientCertificateRequired)')
  })

  it('of a server that never answers', async () => {
    const port = await listening(createServer(() => undefined))
    const plain = await diagnosed(profileFor({ port }))
    expect(told(plain)).toBe('-name +tcp -proxy -tls -webSocket +connect !connack(connectTimeout) -subscribe -ping')
    const secure = await diagnosed(profileFor({ scheme: 'mqtts', port }))
    expect(told(secure)).toContain('+tcp -proxy !tls(connectTimeout) -webSocket -connect -connack')
    const webSocket = await diagnosed(profileFor({ scheme: 'ws', port }))
    expect(told(webSocket)).toContain('+tcp -proxy -tls !webSocket(connectTimeout) -connect -connack')
  })

  it('of a server that is silent behind TLS', async () => {
    const port = await tlsServer(certificates.server)
    const tls = { caFile: certificates.authority.certificate }
    const report = await diagnosed(profileFor({ scheme: 'mqtts', host: 'localhost', port, tls }))
    expect(told(report)).toContain('+tls -webSocket +connect !connack(connectTimeout)')
    expect(remarksOf(stepNamed(report, 'tls'))).toContain('agreedTls')
  })

  it('of a server that closes, and of one that resets', async () => {
    const closing = await listening(createServer((socket) => socket.once('data', () => socket.end())))
    expect(told(await diagnosed(profileFor({ port: closing })))).toContain('+connect !connack(connectionClosed)')
    const resetting = await listening(createServer((socket) => socket.once('data', () => socket.resetAndDestroy())))
    expect(told(await diagnosed(profileFor({ port: resetting })))).toContain('+connect !connack(connectionReset)')
  })

  it('of a WebSocket on a wrong path, whose clock is told all the same', async () => {
    const server = createHttpServer((_request, response) => {
      response.writeHead(404, { Date: new Date(Date.now() + 3_600_000).toUTCString(), Server: 'nginx' })
      response.end()
    })
    server.on('upgrade', (_request, socket) => {
      const date = new Date(Date.now() + 3_600_000).toUTCString()
      socket.end(`HTTP/1.1 404 Not Found\r\nDate: ${date}\r\nServer: nginx\r\nContent-Length: 0\r\n\r\n`)
    })
    const report = await diagnosed(profileFor({ scheme: 'ws', port: await listening(server) }))
    expect(told(report)).toContain('!webSocket(webSocketRejected) -connect -connack')
    const { seen, concluded } = stepNamed(report, 'webSocket')
    expect(seen).toContainEqual({ id: 'httpAnswer', values: { status: 'HTTP/1.1 404 Not Found', server: 'nginx' } })
    const [clock] = concluded
    expect(clock?.id).toBe('clockBehind')
    expect(Math.abs(Number(clock?.values['seconds']) - 3_600)).toBeLessThan(60)
  })

  it('of a WebSocket behind which nobody answers', async () => {
    const http = createHttpServer()
    new WebSocketServer({ server: http, handleProtocols: () => 'mqtt' }).on('connection', () => undefined)
    const report = await diagnosed(profileFor({ scheme: 'ws', port: await listening(http) }))
    expect(told(report)).toContain('+webSocket +connect !connack(connectTimeout)')
  })

  it.each([
    0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x90, 0x95, 0x97, 0x99, 0x9a, 0x9b, 0x9c, 0x9d,
    0x9f,
  ])('of a CONNACK that refuses with %s in MQTT 5', async (code) => {
    const server = await startConnectRecorder(() => code)
    stops.push(server.stop)
    const report = await diagnosed(profileFor({ port: server.port }))
    expect(told(report)).toContain('+connect !connack(connectRefused) -subscribe -ping')
    expect(stepNamed(report, 'connack').failure?.reasonCode).toBe(code)
  })

  it.each([1, 2, 3, 4, 5])('of a CONNACK that refuses with %s in 3.1.1', async (code) => {
    const server = await startConnectRecorder(() => code)
    stops.push(server.stop)
    const report = await diagnosed(profileFor({ port: server.port, protocolVersion: '3.1.1' }))
    expect(told(report)).toContain('+connect !connack(connectRefused)')
    expect(stepNamed(report, 'connack').failure?.reasonCode).toBe(code)
  })

  it('of a filter that is refused, while others are not', async () => {
    const server = await startFakeServer((packet, connection) => {
      const { messageId = 0 } = packet
      if (packet.cmd === 'subscribe')
        connection.send({ cmd: 'suback', messageId, granted: [packet.subscriptions[0]?.topic === 'open/#' ? 1 : 0x87] })
      else politely()(packet, connection)
    })
    stops.push(server.stop)
    const filter = { qos: 1, colour: 'blue', alias: '', enabled: true, muted: false } as const
    const subscriptions = [
      { id: 's', filter: 'closed/#', ...filter },
      { id: 't', filter: 'open/#', ...filter },
    ]
    const report = await diagnosed(profileFor({ port: server.port, subscriptions }), { subscribes: true })
    expect(told(report)).toContain('+connack !subscribe(subscribeRefused) +subscribe +ping')
    expect(stepNamed(report, 'subscribe').failure?.values?.['reason']).toBe('Not authorized (0x87)')
    expect(report.outcome).toBe('failed')
  })

  it('of a broker that accepts and closes at once', async () => {
    const port = await listening(
      createServer((socket) => socket.once('data', () => socket.end(Buffer.from([0x20, 3, 0, 0, 0])))),
    )
    expect(told(await diagnosed(profileFor({ port })))).toContain('+connack -subscribe !ping(connectionClosed)')
  })
})

describe('other ways', () => {
  const ways = ({ steps }: DoctorReport) =>
    steps.flatMap(({ step, verdict, change }) => (step === 'otherWay' && verdict === 'ok' ? [change] : []))

  it('lead to the other scheme where TLS was wanted of a plain port, without the credentials', async () => {
    const server = await startConnectRecorder(({ username }) => (username === null ? 0x87 : 0))
    stops.push(server.stop)
    const profile = profileFor({ scheme: 'mqtts', port: server.port, username: 'ann', usePassword: true })
    const report = await diagnosed(profile, { secrets: password('geheim'), triesOtherWays: true })
    expect(told(report)).toContain('!tls(')
    expect(ways(report)).toEqual([{ scheme: 'mqtt' }])
    expect(report.steps.at(-1)?.concluded.map(({ id }) => id)).toEqual(['wayWantsCredentials'])
    // Nothing that was to be encrypted went out in the clear.
    // (Our hello of TLS is the first that the server takes for a CONNECT.)
    expect(server.last()).toMatchObject({ level: 5, username: null, password: null })
    expect(server.connects.every(({ username }) => username === null)).toBe(true)
  })

  it('lead to TLS where it is spoken', async () => {
    const broker = await started({ listeners: ['tls'] })
    const tls = { caFile: certificates.authority.certificate }
    const profile = profileFor({ host: 'localhost', port: broker.port('tls'), tls })
    const report = await diagnosed(profile, { triesOtherWays: true })
    expect(report.outcome).toBe('failed')
    expect(ways(report)).toEqual([{ scheme: 'mqtts' }])
  })

  it('lead to the WebSocket and its path', async () => {
    const http = createHttpServer((_request, response) => response.writeHead(404).end())
    const sockets = new WebSocketServer({ server: http, path: '/ws', handleProtocols: () => 'mqtt' })
    sockets.on('connection', (socket) => socket.once('message', () => socket.send(Buffer.from([0x20, 3, 0, 0, 0]))))
    const port = await listening(http)
    const fromPlain = await diagnosed(profileFor({ port }), { triesOtherWays: true })
    expect(ways(fromPlain)).toEqual([{ scheme: 'ws', path: '/ws' }])
    const fromPath = await diagnosed(profileFor({ scheme: 'ws', port, path: '/mqtt' }), { triesOtherWays: true })
    expect(told(fromPath)).toContain('!webSocket(webSocketRejected)')
    expect(ways(fromPath)).toEqual([{ scheme: 'ws', path: '/ws' }])
  })

  it('lead to 3.1.1 where 5 is refused, with the credentials of the settings', async () => {
    const server = await startConnectRecorder(({ level }) => (level === 5 ? 0x84 : 0))
    stops.push(server.stop)
    const profile = profileFor({ port: server.port, username: 'ann', usePassword: true })
    const report = await diagnosed(profile, { secrets: password('right'), triesOtherWays: true })
    expect(ways(report)).toEqual([{ protocolVersion: '3.1.1' }])
    expect(server.last()).toMatchObject({ level: 4, username: 'ann', password: 'right' })
  })

  it('are not tried without being asked for, nor where the settings work', async () => {
    const broker = await started()
    expect(told(await diagnosed(profileFor({ port: broker.port() }), { triesOtherWays: true }))).not.toContain(
      'otherWay',
    )
    const server = await startConnectRecorder(() => 0x84)
    stops.push(server.stop)
    expect(told(await diagnosed(profileFor({ port: server.port })))).not.toContain('otherWay')
    expect(server.connects).toHaveLength(1)
  })
})

describe('a plan', () => {
  it('says what would be sent', async () => {
    const { value } = await harness.start()
    const profile = profileFor({ scheme: 'ws', clientId: 'bench-1', username: 'ann', usePassword: true })
    expect(await value('doctor.plan', { profile, secrets: keepSecrets })).toMatchObject({
      clientId: expect.stringMatching(/^topicscope_\w{8}$/) as string,
      settingsClientId: 'bench-1',
      hasUsername: true,
      password: 'unknown',
      filters: [],
      readsHttpDate: true,
    })
    expect(await value('doctor.plan', { profile, secrets: password('x') })).toMatchObject({ password: 'sent' })
  })
})

describe('a diagnosis', () => {
  it('can be cancelled while it waits', async () => {
    const port = await listening(createServer(() => undefined))
    const { value } = await harness.start()
    const profile = profileFor({ port, connectTimeoutSeconds: 60 })
    const running = value('doctor.run', {
      profile,
      secrets: keepSecrets,
      clientId: 'doc',
      subscribes: false,
      triesOtherWays: true,
    })
    await waitFor(
      'the answer is awaited',
      () => harness.last('doctor.changed')?.steps.some(({ step }) => step === 'connack') === true,
    )
    await value('doctor.cancel', undefined)
    const report = await running
    expect(report.outcome).toBe('cancelled')
    expect(told(report)).toMatch(/\+connect -connack/)
    expect(report.steps.every(({ verdict }) => verdict !== null)).toBe(true)
  })

  it('tells no secret', async () => {
    const server = await startConnectRecorder(() => 0x87)
    stops.push(server.stop)
    const profile = profileFor({ port: server.port, username: 'ann', usePassword: true, path: '/x?token=abc' })
    const report = await diagnosed(profile, { secrets: password('geheim'), triesOtherWays: true })
    expect(server.last()?.password).toBe('geheim')
    expect(JSON.stringify([report, harness.events])).not.toContain('geheim')
  })
})
