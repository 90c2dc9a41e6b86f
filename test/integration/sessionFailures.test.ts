import { once } from 'node:events'
import { createServer as createHttpServer } from 'node:http'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { WebSocketServer, type WebSocket } from 'ws'
import { newProfile, type Profile } from '../../shared/model/profile'
import { getCertificates } from '../support/certificates'
import { startMosquitto } from '../support/mosquitto'
import { waitFor } from '../support/waitFor'
import { politely, startFakeServer } from './sessionFakeServer'
import { createStarter, testProfile, withReconnect } from './sessionHarness'

const { onStop, startedBroker, startedHarness } = createStarter()

const listening = async (server: Server): Promise<number> => {
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onStop(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  return (server.address() as AddressInfo).port
}

type Doing = (socket: Socket) => void
const close: Doing = (socket) => void socket.once('data', () => socket.end())
const reset: Doing = (socket) => void socket.once('data', () => socket.resetAndDestroy())
const closeAtOnce: Doing = (socket) => void socket.end()
const silence: Doing = () => undefined

const tcpServer = (onSocket: Doing) => listening(createServer(onSocket))
const tlsServer = async (onSocket: Doing) => {
  const { server } = await getCertificates()
  const keys = { cert: readFileSync(server.certificate), key: readFileSync(server.key) }
  const listener = createTlsServer(keys, onSocket)
  listener.on('tlsClientError', () => undefined)
  return listening(listener)
}
const webSocketServer = async (onSocket: (socket: WebSocket) => void) => {
  const http = createHttpServer()
  const webSockets = new WebSocketServer({ server: http })
  webSockets.on('connection', onSocket)
  return listening(http)
}

const unverified = { ...newProfile({ id: 'any' }).tls, verify: false }
const failureWith = async (given: Partial<Profile>) => {
  const harness = startedHarness()
  return harness.failureOf(testProfile({ tls: unverified, connectTimeoutSeconds: 1, ...given }))
}

describe('who closes, resets or says nothing', () => {
  it.each<[string, Doing, string]>([
    ['closes', close, 'connectionClosed'],
    ['closes before it is asked', closeAtOnce, 'connectionClosed'],
    ['resets', reset, 'connectionReset'],
    ['is silent', silence, 'connectTimeout'],
  ])('at CONNECT: a server that %s', async (_name, doing, code) => {
    const port = await tcpServer(doing)
    const failure = await failureWith({ port })
    expect(failure).toMatchObject({ stage: 'connect', values: { port, stage: 'connect' } })
    // What was written to a socket that is closed already may be answered by a reset.
    expect([code, 'connectionReset']).toContain(failure.code)
    expect(failure.remedies.map(({ id }) => id)).toEqual([
      'useVersion',
      'useTls',
      'signIn',
      'useWebSocket',
      'changePort',
    ])
  })

  it.each<[string, Doing, string]>([
    ['closes', close, 'connectionClosed'],
    ['resets', reset, 'connectionReset'],
    ['is silent', silence, 'connectTimeout'],
  ])('in the TLS handshake: a server that %s', async (_name, doing, code) => {
    const failure = await failureWith({ port: await tcpServer(doing), scheme: 'mqtts' })
    expect(failure.stage).toBe('tls')
    // Node has one word for both ways to end a handshake.
    expect([code, 'connectionReset']).toContain(failure.code)
    expect(failure.remedies.map(({ id }) => id)).toEqual(['useNoTls', 'changePort'])
  })

  it.each<[string, Doing, string]>([
    ['closes', close, 'connectionClosed'],
    ['resets', reset, 'connectionReset'],
    ['is silent', silence, 'connectTimeout'],
  ])('in the WebSocket handshake: a server that %s', async (_name, doing, code) => {
    const failure = await failureWith({ port: await tcpServer(doing), scheme: 'ws' })
    expect(failure).toMatchObject({ stage: 'webSocket', code })
    expect(failure.remedies.map(({ id }) => id)).toEqual(['useNoWebSocket', 'useTls', 'changePort'])
  })

  it('behind TLS and behind a WebSocket, silence and a close are those of CONNECT', async () => {
    const silentTls = await failureWith({ port: await tlsServer(silence), scheme: 'mqtts' })
    expect(silentTls).toMatchObject({ stage: 'connect', code: 'connectTimeout', values: { scheme: 'mqtts' } })
    const closedTls = await failureWith({ port: await tlsServer(close), scheme: 'mqtts' })
    expect(closedTls).toMatchObject({ stage: 'connect', code: 'connectionClosed' })
    const silentSocket = await failureWith({ port: await webSocketServer(() => undefined), scheme: 'ws' })
    expect(silentSocket).toMatchObject({ stage: 'connect', code: 'connectTimeout', values: { scheme: 'ws' } })
  })

  it('is tried a few times, and not for ever', async () => {
    const port = await tcpServer(close)
    const harness = startedHarness()
    const profile = testProfile({ port, reconnect: withReconnect })
    expect(await harness.failureOf(profile)).toMatchObject({ stage: 'connect' })
    expect(harness.history.filter(({ state }) => state.phase === 'connecting')).toHaveLength(4)
  })
})

describe('the other kind of port', () => {
  it('a TLS port asked for plain MQTT offers TLS, and a plain one asked for TLS offers none', async () => {
    const broker = await startMosquitto({ listeners: ['tcp', 'tls', 'ws'] })
    onStop(broker.stop)
    const plain = await failureWith({ port: broker.port('tls'), host: 'localhost' })
    expect(plain.remedies.map(({ id }) => id)).toContain('useTls')
    const secure = await failureWith({ port: broker.port(), scheme: 'mqtts', host: 'localhost' })
    expect(secure).toMatchObject({ stage: 'tls' })
    expect(secure.remedies[0]?.id).toBe('useNoTls')
    const overWebSocket = await failureWith({ port: broker.port(), scheme: 'ws', host: 'localhost' })
    expect(overWebSocket).toMatchObject({ stage: 'webSocket' })
    expect(overWebSocket.remedies[0]?.id).toBe('useNoWebSocket')
  })
})

describe('a web server that refuses the WebSocket', () => {
  const answering = (status: number, ...headers: readonly string[]) =>
    listening(
      createHttpServer().on('upgrade', (_request, socket: Socket) => {
        socket.end([`HTTP/1.1 ${status} Said`, ...headers, 'Content-Length: 0', '', ''].join('\r\n'))
      }),
    )

  it.each<[number, string]>([
    [401, 'credentials'],
    [407, 'credentials'],
    [403, 'forbidden'],
    [404, 'notFound'],
    [200, 'noWebSocket'],
    [400, 'noWebSocket'],
    [426, 'noWebSocket'],
    [418, 'status'],
  ])('with %i in words of its own', async (status, kind) => {
    const port = await answering(status)
    const failure = await failureWith({ port, scheme: 'ws' })
    expect(failure).toMatchObject({ code: 'webSocketRejected', stage: 'webSocket', values: { kind, status } })
    expect(failure.retries).toBe('none')
  })

  it.each<[number, string]>([
    [502, 'gateway'],
    [503, 'overloaded'],
    [429, 'overloaded'],
  ])('with %i, which passes', async (status, kind) => {
    const port = await answering(status)
    const failure = await failureWith({ port, scheme: 'ws' })
    expect(failure).toMatchObject({ values: { kind }, retries: 'endless' })
  })

  it.each<[number, string, Record<string, unknown>]>([
    [301, 'https://other.example/mq?x=1', { scheme: 'wss', host: 'other.example', port: 443, path: '/mq?x=1' }],
    [308, '/elsewhere', { scheme: 'ws', host: '127.0.0.1', path: '/elsewhere' }],
    [302, 'ws://b.example:9001/', { scheme: 'ws', host: 'b.example', port: 9001, path: '/' }],
  ])('with %i, and offers to follow it', async (status, location, change) => {
    const port = await answering(status, `Location: ${location}`)
    const failure = await failureWith({ port, scheme: 'ws' })
    expect(failure).toMatchObject({ values: { kind: 'redirect', location } })
    expect(failure.remedies[0]).toMatchObject({ id: 'followLocation', action: { kind: 'tryOnce', change } })
  })

  it('with the subprotocol of something else, or none', async () => {
    const withProtocols = async (handleProtocols: () => string | false) => {
      const http = createHttpServer()
      new WebSocketServer({ server: http, handleProtocols })
      return failureWith({ port: await listening(http), scheme: 'ws' })
    }
    const none = await withProtocols(() => false)
    expect(none).toMatchObject({ code: 'webSocketRejected', values: { kind: 'noSubprotocol' } })
    const other = await withProtocols(() => 'wamp')
    expect(other).toMatchObject({ values: { kind: 'otherSubprotocol', subprotocol: 'wamp' } })
  })

  it('that is no web server at all', async () => {
    const ssh = await tcpServer((socket) => void socket.write('SSH-2.0-OpenSSH_9.2p1\r\n'))
    expect(await failureWith({ port: ssh, scheme: 'ws' })).toMatchObject({ values: { kind: 'notHttp' } })
    const alert = await tcpServer(
      (socket) => void socket.once('data', () => socket.write(Buffer.from('15030300020246', 'hex'))),
    )
    const tls = await failureWith({ port: alert, scheme: 'ws' })
    expect(tls).toMatchObject({ values: { kind: 'tls' } })
    expect(tls.remedies[0]?.id).toBe('useTls')
  })

  it('asks for a # in the path as it stands', async () => {
    const asked: (string | undefined)[] = []
    const http = createHttpServer().on('upgrade', ({ url }, socket: Socket) => {
      asked.push(url)
      socket.end('HTTP/1.1 404 Not Found\r\n\r\n')
    })
    await failureWith({ port: await listening(http), scheme: 'ws', path: '/mqtt?token=a#b' })
    expect(asked).toEqual(['/mqtt?token=a%23b'])
  })
})

describe('a WebSocket that stood', () => {
  it('and brings a text frame is no MQTT', async () => {
    const port = await webSocketServer((socket) => void socket.once('message', () => socket.send('hello')))
    expect(await failureWith({ port, scheme: 'ws' })).toMatchObject({ code: 'webSocketTextFrame', stage: 'connect' })
  })

  it.each<[number, string, string]>([
    [1008, 'no such user', 'Policy Violation (1008) "no such user"'],
    [1013, '', 'Try Again Later (1013)'],
    [4001, 'quota', '4001 "quota"'],
  ])('and is closed with %i says so', async (closeCode, reason, detail) => {
    const port = await webSocketServer((socket) => void socket.once('message', () => socket.close(closeCode, reason)))
    const failure = await failureWith({ port, scheme: 'ws' })
    expect(failure).toMatchObject({ code: 'webSocketClosed', stage: 'connect', values: { detail, closeCode } })
  })
})

describe('a remedy', () => {
  it('connects once with its change, and the profile stays as it is', async () => {
    const server = await startFakeServer((packet, connection) => {
      if (packet.cmd === 'connect' && packet.protocolVersion === 5) connection.socket.end()
      else politely()(packet, connection)
    }, 4)
    onStop(server.stop)
    const harness = startedHarness()
    const profile = testProfile({ port: server.port })
    const failure = await harness.failureOf(profile)
    const [first] = failure.remedies
    expect(first).toMatchObject({ id: 'useVersion', action: { change: { protocolVersion: '3.1.1' } } })
    expect(harness.registry.tryRemedy(profile.id, first?.key ?? '')).toMatchObject({ ok: true })
    expect(await harness.reach(profile, 'online')).toMatchObject({
      protocolVersion: '3.1.1',
      change: { protocolVersion: '3.1.1' },
    })
    harness.registry.updateProfile({ ...profile, protocolVersion: '3.1.1' })
    expect(harness.stateOf(profile)).toMatchObject({ phase: 'online', change: null })
  })

  it('is not offered any more once another failure came, and one that fails is not tried again', async () => {
    const port = await tcpServer(close)
    const harness = startedHarness()
    const profile = testProfile({ port, reconnect: withReconnect })
    await harness.failureOf(profile)
    expect(harness.registry.tryRemedy(profile.id, 'nothing')).toMatchObject({ ok: false, error: { code: 'notFound' } })
    const before = harness.history.filter(({ state }) => state.phase === 'connecting').length
    expect(harness.registry.tryRemedy(profile.id, 'useVersion 3.1.1 5')).toMatchObject({ ok: true })
    const failed = await harness.reach(profile, 'failed')
    expect(failed.reason.tried.protocolVersion).toBe('3.1.1')
    expect(harness.history.filter(({ state }) => state.phase === 'connecting')).toHaveLength(before + 1)
    expect(harness.registry.tryRemedy(profile.id, 'useVersion 3.1.1 5')).toMatchObject({ ok: false })
  })

  it('sends no password to another host, nor in the clear what was entered for TLS', async () => {
    const flags: number[] = []
    const elsewhere = await tcpServer((socket) => void socket.once('data', (bytes) => flags.push(bytes[9] ?? 0)))
    const server = await startFakeServer((packet, { send }) => {
      if (packet.cmd !== 'connect') return
      const properties = { serverReference: `localhost:${elsewhere}` }
      send({ cmd: 'connack', reasonCode: 0x9c, sessionPresent: false, properties })
    })
    onStop(server.stop)
    const harness = startedHarness()
    const named = testProfile({ port: server.port, username: 'ann', usePassword: true, connectTimeoutSeconds: 1 })
    const failure = await harness.failureOf(named, { password: 'secret' })
    expect(failure.remedies).toMatchObject([{ id: 'followServer', values: { host: 'localhost', port: elsewhere } }])
    harness.registry.tryRemedy(named.id, failure.remedies[0]?.key ?? '')
    await waitFor('CONNECT at the other server', () => flags.length === 1)
    expect(flags[0]).toBe(0x82)
  })
})

describe('two clients with one client ID', () => {
  it('are noticed at the second time, slowed down, and do not fight for ever', async () => {
    const broker = await startedBroker()
    const harness = startedHarness()
    const rival = startedHarness()
    const clientId = `twin-${process.pid}`
    const reconnect = { ...withReconnect, maximumSeconds: 0.1 }
    const mine = testProfile({ port: broker.port(), clientId, protocolVersion: '3.1.1', reconnect })
    const theirs = { ...testProfile({ port: broker.port(), clientId, protocolVersion: '3.1.1' }), reconnect }
    harness.registry.connect(mine, {})
    await harness.reach(mine, 'online')
    rival.registry.connect(theirs, {})
    const failed = await waitFor('one of the two to give up', () => {
      const states = [harness.stateOf(mine), rival.stateOf(theirs)]
      return states.find((state) => state.phase === 'failed') ?? null
    })
    expect(failed).toMatchObject({
      reason: { code: 'sessionTakenOver', values: { detail: 'perhaps', clientId }, remedies: [{ id: 'newClientId' }] },
    })
    const loser =
      harness.stateOf(mine).phase === 'failed' ? { of: harness, profile: mine } : { of: rival, profile: theirs }
    const told = loser.of.history.flatMap(({ state }) => (state.phase === 'waiting' ? [state.reason.code] : []))
    expect(told.slice(0, 2)).toEqual(['connectionClosed', 'sessionTakenOver'])
    loser.of.registry.tryRemedy(
      loser.profile.id,
      loser.of.stateOf(loser.profile).phase === 'failed' ? (failed.reason.remedies[0]?.key ?? '') : '',
    )
    const state = await loser.of.reach(loser.profile, 'online')
    expect(state.clientId).not.toBe(clientId)
  })
})
