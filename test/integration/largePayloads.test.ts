import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import mqttPacket, { type Packet } from 'mqtt-packet'
import { WebSocketServer } from 'ws'
import { describe, expect, it } from 'vitest'
import { createCore } from '../../electron/core/createCore'
import { silentLog } from '../../electron/core/log'
import { readPayload } from '../../electron/core/payloads/receivedPayloads'
import type { CommandInput, CommandName, CommandOutput } from '../../shared/contract'
import { payloadHeadBytes, payloadSliceBytes } from '../../shared/model/frame'
import { readRecord } from '../../shared/model/frameReader'
import { keepSecrets, newProfile } from '../../shared/model/profile'
import type { Result } from '../../shared/result'
import { createFakeVault } from '../support/fakeVault'
import { publishWithMosquitto } from '../support/mosquittoClients'
import { createTemporaryFolder } from '../support/temporaryFolder'
import { waitFor } from '../support/waitFor'
import { politely, startFakeServer, type OnPacket } from './sessionFakeServer'
import { createStarter, subscribed, testProfile } from './sessionHarness'

const { onStop, startedBroker, startedHarness } = createStarter()
const startedServer = async (onPacket: OnPacket, version: 4 | 5 = 5) => {
  const server = await startFakeServer(onPacket, version)
  onStop(server.stop)
  return server
}

const v5 = { protocolVersion: 5 }
const hundredMegabytes = 100 * 2 ** 20
/** Not the same anywhere, so that a slice out of place is seen. */
const largePayload = () => {
  const block = randomBytes(2 ** 20)
  const payload = Buffer.concat(Array.from({ length: 100 }, () => block))
  for (let at = 0; at < payload.length; at += 4_096) payload.writeUInt32BE(at, at)
  return payload
}

describe('a payload of 100 MB', () => {
  it.each([0, 1] as const)('arrives with QoS %i: its head in the frame, all of it in slices', async (qos) => {
    const broker = await startedBroker()
    const harness = startedHarness()
    const profile = testProfile({ port: broker.port(), subscriptions: [subscribed('big')] })
    await harness.connect(profile)
    await harness.granted(profile)
    const payload = largePayload()
    await publishWithMosquitto({ port: broker.port(), topic: 'big', payload, qos })
    const [message] = await harness.received(profile, 1)
    expect(message).toMatchObject({ payloadBytes: hundredMegabytes, qos })
    expect(message?.carried.equals(payload.subarray(0, payloadHeadBytes))).toBe(true)
    const place = { connectionId: profile.id, sequence: message?.sequence ?? 0 }
    const places = { payloads: harness.payloads, histories: { payload: () => Promise.resolve(null) } }
    for (let from = 0; from < payload.length; from += payloadSliceBytes) {
      const slice = await readPayload(places, { ...place, from, to: from + payloadSliceBytes })
      expect(slice.ok && slice.value.buffer.byteLength === payloadSliceBytes).toBe(true)
      expect(slice.ok && payload.subarray(from, from + payloadSliceBytes).equals(slice.value)).toBe(true)
    }
    await publishWithMosquitto({ port: broker.port(), topic: 'big', payload: 'next', qos })
    expect((await harness.received(profile, 2))[1]?.payload.toString()).toBe('next')
    expect(harness.history.every(({ state }) => state.phase !== 'failed' && state.phase !== 'waiting')).toBe(true)
  })
})

describe('a packet that takes longer than the keepalive', () => {
  it('is read to its end, although no PINGRESP can come before it is there', async () => {
    const payload = randomBytes(3_000_000)
    const slowPacket = mqttPacket.generate(
      { cmd: 'publish', topic: 't', payload, qos: 0, dup: false, retain: false },
      v5,
    )
    const partBytes = Math.ceil(slowPacket.length / 20)
    const server = await startedServer((packet, connection) => {
      const { socket } = connection
      // Every answer has to wait behind the packet that is being sent.
      if (packet.cmd !== 'pingreq') politely()(packet, connection)
      if (packet.cmd !== 'subscribe') return
      let sent = 0
      const sendPart = () => {
        socket.write(slowPacket.subarray(sent, (sent += partBytes)))
        if (sent >= slowPacket.length) clearInterval(timer)
      }
      const timer = setInterval(sendPart, 200)
      socket.once('close', () => clearInterval(timer))
    })
    const harness = startedHarness()
    const profile = testProfile({ port: server.port, subscriptions: [subscribed('t')], keepaliveSeconds: 1 })
    await harness.connect(profile)
    const [message] = await harness.received(profile, 1)
    expect(message?.payloadBytes).toBe(payload.length)
    expect(harness.stateOf(profile).phase).toBe('online')
    // Meanwhile the server heard of us as often as the keepalive demands.
    expect(server.connections[0]?.received.filter(({ cmd }) => cmd === 'pingreq').length).toBeGreaterThanOrEqual(3)
  })
})

describe('the packet limit', () => {
  const limit = 5_000
  /** The fixed header of a PUBLISH of 6,000 bytes behind it, and nothing more. */
  const headerOnly = [0x30, 0xf0, 0x2e]

  it.each(['5', '3.1.1'] as const)(
    'skips by the beginning, before the payload is there, and tells no server of the limit (MQTT %s)',
    async (version) => {
      const connects: Packet[] = []
      const server = await startedServer(
        politely((packet, { sendBytes }) => {
          if (packet.cmd === 'connect') connects.push(packet)
          if (packet.cmd !== 'subscribe') return
          sendBytes(...headerOnly, 0, 1, 0x74)
          for (let sent = 3; sent < 6_000; sent += 999) sendBytes(...new Uint8Array(Math.min(999, 6_000 - sent)))
          sendBytes(0x30, 4, 0, 1, 0x74, 0)
        }),
        version === '5' ? 5 : 4,
      )
      const harness = startedHarness({ maximumPacketBytes: limit })
      const profile = testProfile({ port: server.port, protocolVersion: version, subscriptions: [subscribed('t')] })
      await harness.connect(profile)
      await harness.received(profile, 1)
      expect(harness.skipped).toMatchObject([{ topic: 't', bytes: 6_003, cause: 'packet' }])
      // A server that is told drops a larger message without a word (MQTT 5 §3.1.2.11.4).
      expect(connects[0]).not.toHaveProperty('properties.maximumPacketSize')
    },
  )

  it('names topic and size where a real broker sends what is larger, and stays', async () => {
    const broker = await startedBroker()
    const harness = startedHarness({ maximumPacketBytes: limit })
    const profile = testProfile({ port: broker.port(), subscriptions: [subscribed('t')] })
    await harness.connect(profile)
    await harness.granted(profile)
    for (const payload of [Buffer.from('small'), Buffer.alloc(6_000), Buffer.from('after')])
      await publishWithMosquitto({ port: broker.port(), topic: 't', payload, qos: 1 })
    const incoming = await harness.received(profile, 2)
    expect(incoming.map(({ payload }) => payload.toString())).toEqual(['small', 'after'])
    expect(harness.skipped).toMatchObject([{ topic: 't', cause: 'packet' }])
  })

  it('refuses a WebSocket frame by its header', async () => {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false })
    onStop(() => new Promise((resolve) => server.close(() => resolve())))
    server.on('connection', (socket) => {
      socket.on('error', () => undefined)
      socket.once('message', () => {
        socket.send(Buffer.from([0x20, 3, 0, 0, 0]))
        // A frame of 100 MB is announced (RFC 6455 §5.2); its payload never comes.
        const { _socket: raw } = socket as unknown as { _socket: { write: (bytes: Buffer) => void } }
        raw.write(Buffer.from([0x82, 127, 0, 0, 0, 0, 0x06, 0x40, 0, 0]))
      })
    })
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as { port: number }
    const harness = startedHarness({ maximumPacketBytes: limit })
    const failure = await harness.failureOf(testProfile({ port, scheme: 'ws', path: '/' }))
    expect(failure).toMatchObject({ code: 'packetTooLarge', values: { limit } })
  })
})

describe('the commands', () => {
  const startedCore = async (savePath: () => string) => {
    const folder = createTemporaryFolder('large-payloads')
    const core = await createCore({
      dataDir: join(folder.path, 'data'),
      vault: createFakeVault(),
      now: Date.now,
      systemLanguage: 'en',
      platform: 'linux',
      version: '1.2.3',
      dialogs: {
        choosePath: () => Promise.resolve(null),
        choosePaths: () => Promise.resolve([]),
        savePath: () => Promise.resolve(savePath()),
        confirm: () => Promise.resolve(true),
        writeClipboard: () => undefined,
      },
      log: silentLog,
      onEvent: () => undefined,
      measureProcesses: () =>
        Promise.resolve({ processes: { main: 0, window: 0, graphics: 0, other: 0 }, shared: 'divided' }),
      isWindowHidden: () => false,
    })
    onStop(async () => {
      await core.dispose()
      folder.remove()
    })
    const invoke = async <Name extends CommandName>(name: Name, input: CommandInput<Name>) =>
      (await core.dispatch(name, input)) as Result<CommandOutput<Name>>
    return { invoke, folder: folder.path }
  }

  it('read, save and release what the window has the head of', async () => {
    const broker = await startedBroker()
    let target = ''
    const { invoke, folder } = await startedCore(() => target)
    target = join(folder, 'saved.bin')
    const subscriptions = [subscribed('big')]
    const profile = newProfile({ id: 'p', name: 'Plant', host: '127.0.0.1', port: broker.port(), subscriptions })
    expect(await invoke('profile.save', { profile, secrets: keepSecrets })).toMatchObject({ ok: true })
    await invoke('session.connect', { connectionId: profile.id })
    await waitFor('the subscription', async () => {
      const snapshot = await invoke('app.snapshot', undefined)
      return snapshot.ok && snapshot.value.sessions[0]?.subscriptions[0]?.state.phase === 'granted'
    })
    const payload = randomBytes(3_000_001)
    await publishWithMosquitto({ port: broker.port(), topic: 'big', payload, qos: 1 })
    const record = await waitFor('the message', async () => {
      const batch = await invoke('message.take', { fresh: false })
      const frame = batch.ok ? batch.value.frames[0] : undefined
      return frame ? readRecord(frame, 0) : null
    })
    expect(record).toMatchObject({ payloadBytes: payload.length })
    const place = { connectionId: profile.id, sequence: record.sequence }
    const read = await invoke('payload.read', { ...place, from: 2_000_000, to: 3_000_001 })
    expect(read.ok && payload.subarray(2_000_000).equals(read.value)).toBe(true)
    for (const [from, to] of [
      [0, payloadSliceBytes + 1],
      [5, 5],
      [3_000_000, 3_000_002],
    ] as const)
      expect(await invoke('payload.read', { ...place, from, to })).toMatchObject({ error: { code: 'invalidInput' } })
    expect(await invoke('payload.save', { ...place, suggestedName: 'big.bin' })).toEqual({ ok: true, value: target })
    expect(readFileSync(target).equals(payload)).toBe(true)
    await invoke('payload.release', { connectionId: profile.id, throughSequence: place.sequence })
    const gone = { ok: false, error: { code: 'payloadNotKept' } }
    expect(await invoke('payload.read', { ...place, from: 0, to: 1 })).toMatchObject(gone)
    expect(await invoke('payload.save', { ...place, suggestedName: 'big.bin' })).toMatchObject(gone)
  })
})
