import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import type { Profile } from '#shared/model/profile'
import { waitFor } from '../support/waitFor'
import { politely, startFakeServer } from './sessionFakeServer'
import { createStarter, testProfile, withReconnect } from './sessionHarness'

const { onStop, startedHarness } = createStarter()

/** A server that takes connections and never says a word. */
const silentServer = async () => {
  const sockets: Socket[] = []
  const server = createServer((socket) => {
    sockets.push(socket)
    socket.on('error', () => undefined)
    socket.resume()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onStop(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  return { port: (server.address() as AddressInfo).port, sockets }
}

describe('disconnecting while connecting', () => {
  it.each<readonly [string, Partial<Profile>]>([
    ['the name is looked up', { host: 'nowhere.invalid' }],
    ['TCP waits', { host: '192.0.2.1' }],
    ['TLS waits', { scheme: 'mqtts' }],
    ['the WebSocket waits', { scheme: 'ws' }],
    ['CONNACK waits', { scheme: 'mqtt' }],
  ])('is at once while %s, and another connect works', async (_stage, given) => {
    const silent = await silentServer()
    const server = await startFakeServer(politely())
    onStop(server.stop)
    const harness = startedHarness()
    const profile = testProfile({ port: silent.port, ...given })
    harness.registry.connect(profile, {})
    if (given.host === undefined) await waitFor('the silent server', () => silent.sockets.length > 0)
    const ended = harness.registry.disconnect(profile.id)
    // Without a turn of the event loop between.
    expect(harness.stateOf(profile).phase).toBe('offline')
    await ended
    harness.registry.connect({ ...profile, scheme: 'mqtt', host: '127.0.0.1', port: server.port }, {})
    await harness.reach(profile, 'online')
    expect(harness.history.some(({ state }) => state.phase === 'failed')).toBe(false)
  })

  it('says goodbye where CONNECT was sent, so that no will is left', async () => {
    const server = await startFakeServer((packet, { sendBytes }) => {
      // Too late: nothing of it is told.
      if (packet.cmd === 'disconnect') sendBytes(0x20, 3, 0, 0, 0)
    })
    onStop(server.stop)
    const harness = startedHarness()
    const profile = testProfile({ port: server.port })
    harness.registry.connect(profile, {})
    await waitFor('CONNECT', () => server.connections.length > 0 && (server.connections[0]?.socket.bytesRead ?? 0) > 0)
    await harness.registry.disconnect(profile.id)
    await waitFor('DISCONNECT', () => server.connections[0]?.received.some(({ cmd }) => cmd === 'disconnect'))
    await waitFor('the end of the socket', () => server.connections[0]?.socket.destroyed)
    expect(harness.history.map(({ state }) => state.phase)).not.toContain('online')
  })
})

describe('the history of a session', () => {
  it('holds why it dropped after it is back, and the state does, too', async () => {
    const server = await startFakeServer(
      politely((packet, { number, socket }) => {
        if (packet.cmd === 'connect' && number === 1) setImmediate(() => socket.end())
      }),
    )
    onStop(server.stop)
    const harness = startedHarness()
    const profile = testProfile({ port: server.port, reconnect: withReconnect })
    harness.registry.connect(profile, {})
    const back = await waitFor('the second connection', () => {
      const state = harness.stateOf(profile)
      return state.phase === 'online' && state.returned ? state : null
    })
    expect(back.returned).toMatchObject({ reason: { code: 'connectionClosed' } })
    await harness.registry.disconnect(profile.id)
    const { history, connack } = harness.registry.details(profile.id)
    expect(history.map(({ event }) => event.kind)).toEqual(['cameUp', 'ended', 'cameUp', 'disconnected'])
    expect(history[1]?.event).toMatchObject({
      failure: { code: 'connectionClosed', stage: 'online' },
      triesAgain: true,
    })
    expect(connack).toMatchObject({ session: 'begunAnew', protocolVersion: '5' })
  })

  it('has CONNACK whole, with what was asked for', async () => {
    const properties = {
      serverKeepAlive: 11,
      assignedClientIdentifier: 'auto-1',
      reasonString: 'welcome',
      responseInformation: 'reply/',
      userProperties: { region: ['eu', 'us'] },
    }
    const server = await startFakeServer(politely(undefined, { properties }))
    onStop(server.stop)
    const harness = startedHarness()
    const profile = testProfile({ port: server.port, clientId: '', cleanStart: false, keepaliveSeconds: 33 })
    expect(await harness.connect(profile)).toMatchObject({ clientId: 'auto-1', keepaliveSeconds: 11, session: 'none' })
    expect(harness.registry.details(profile.id).connack).toEqual({
      protocolVersion: '5',
      session: 'none',
      asked: { keepaliveSeconds: 33, sessionExpirySeconds: 0, clientId: '', cleanStart: false },
      said: {
        serverKeepAlive: 11,
        assignedClientIdentifier: 'auto-1',
        reasonString: 'welcome',
        responseInformation: 'reply/',
      },
      userProperties: [
        ['region', 'eu'],
        ['region', 'us'],
      ],
    })
  })
})

describe('an empty client id without a clean session', () => {
  it.each(['3.1', '3.1.1'] as const)(
    'of MQTT %s is sent, and the server refuses it by its own word',
    async (protocolVersion) => {
      const server = await startFakeServer((packet, { sendBytes }) => {
        if (packet.cmd === 'connect') sendBytes(0x20, 2, 0, packet.clientId === '' ? 2 : 5)
      }, 4)
      onStop(server.stop)
      const profile = testProfile({ port: server.port, protocolVersion, clientId: '', cleanStart: false })
      expect(await startedHarness().failureOf(profile)).toMatchObject({ code: 'connectRefused', reasonCode: 2 })
    },
  )
})
