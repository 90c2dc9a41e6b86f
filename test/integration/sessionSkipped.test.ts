import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import { describe, expect, it } from 'vitest'
import { waitFor } from '../support/waitFor'
import { politely, startFakeServer, type OnPacket } from './sessionFakeServer'
import { createStarter, subscribed, testProfile, withReconnect } from './sessionHarness'

const { onStop, startedHarness } = createStarter()
const serverSaying = async (onPacket: OnPacket, version: 4 | 5 = 5) => {
  const server = await startFakeServer(onPacket, version)
  onStop(server.stop)
  return server
}
const heavyProperties = { userProperties: { n: Array.from({ length: 40 }, () => 'v'.repeat(60_000)) } }

describe('a message that is too much', () => {
  it('by its properties is skipped and acknowledged, so that a retained one does not come between', async () => {
    const server = await serverSaying(
      politely((packet, { send }) => {
        if (packet.cmd !== 'subscribe') return
        const heavy = { cmd: 'publish' as const, topic: 'heavy', payload: 'x', dup: false, retain: true }
        send({ ...heavy, qos: 1, messageId: 11, properties: heavyProperties })
        send({ ...heavy, qos: 2, messageId: 12, properties: heavyProperties })
        send({ ...heavy, qos: 0, topic: 'after' })
      }),
    )
    const harness = startedHarness()
    const profile = testProfile({ port: server.port, subscriptions: [subscribed('#')], reconnect: withReconnect })
    await harness.connect(profile)
    expect(await harness.received(profile, 1)).toMatchObject([{ topic: 'after' }])
    expect(harness.skipped).toMatchObject([
      { topic: 'heavy', cause: 'properties' },
      { topic: 'heavy', cause: 'properties' },
    ])
    expect(harness.totalsOf(profile)).toMatchObject({ received: 1, skipped: 2, dropped: 0 })
    const answers = () =>
      server.connections[0]?.received.filter(({ cmd }) => cmd === 'puback' || cmd === 'pubrec') ?? []
    await waitFor('both acknowledgements', () => answers().length === 2)
    expect(answers()).toMatchObject([{ messageId: 11 }, { messageId: 12 }])
    expect(server.connections).toHaveLength(1)
  })

  it.each(['3.1', '3.1.1', '5'] as const)('by its packet is skipped with MQTT %s', async (protocolVersion) => {
    const server = await serverSaying(
      politely((packet, { send }) => {
        if (packet.cmd !== 'subscribe') return
        const message = { cmd: 'publish' as const, qos: 0 as const, dup: false, retain: false }
        send({ ...message, topic: 'large', payload: Buffer.alloc(2 ** 20) })
        send({ ...message, topic: 'small', payload: 'x' })
      }),
      protocolVersion === '5' ? 5 : 4,
    )
    const harness = startedHarness({ maximumPacketBytes: 2 ** 16 })
    const profile = testProfile({ port: server.port, protocolVersion, subscriptions: [subscribed('#', { qos: 0 })] })
    await harness.connect(profile)
    expect(await harness.received(profile, 1)).toMatchObject([{ topic: 'small' }])
    expect(harness.skipped).toMatchObject([{ topic: 'large', cause: 'packet' }])
    expect(harness.skipped[0]?.bytes).toBeGreaterThan(2 ** 20)
  })

  it('is told although nothing comes after it', async () => {
    const server = await serverSaying(
      politely((packet, { send }) => {
        if (packet.cmd !== 'subscribe') return
        send({ cmd: 'publish', qos: 0, dup: false, retain: true, topic: 'only', payload: Buffer.alloc(2 ** 17) })
      }),
    )
    const harness = startedHarness({ maximumPacketBytes: 2 ** 16 })
    const profile = testProfile({ port: server.port, subscriptions: [subscribed('#', { qos: 0 })] })
    await harness.connect(profile)
    await waitFor('the skipped message', () => harness.skipped.length === 1)
    expect(harness.skipped).toMatchObject([{ topic: 'only' }])
  })

  it('in a WebSocket frame is skipped while the frame is not much larger than the limit', async () => {
    const http = createServer()
    const sockets = new WebSocketServer({ server: http })
    sockets.on('connection', (socket) =>
      socket.on('message', (data: Buffer) => {
        if (data[0] === 0x10) socket.send(Buffer.from([0x20, 3, 0, 0, 0]))
        if (data[0] !== 0x82) return
        socket.send(Buffer.from([0x90, 4, data[2] ?? 0, data[3] ?? 0, 0, 0]))
        socket.send(Buffer.concat([Buffer.from([0x30, 0x84, 0x80, 0x40, 0, 1, 0x61, 0]), Buffer.alloc(2 ** 20)]))
        socket.send(Buffer.from([0x30, 4, 0, 1, 0x62, 0]))
      }),
    )
    http.listen(0, '127.0.0.1')
    await once(http, 'listening')
    onStop(async () => {
      for (const socket of sockets.clients) socket.terminate()
      await new Promise((resolve) => http.close(resolve))
    })
    const harness = startedHarness({ maximumPacketBytes: 2 ** 16 })
    const { port } = http.address() as AddressInfo
    const profile = testProfile({ scheme: 'ws', port, subscriptions: [subscribed('#', { qos: 0 })] })
    await harness.connect(profile)
    expect(await harness.received(profile, 1)).toMatchObject([{ topic: 'b' }])
    expect(harness.skipped).toMatchObject([{ topic: 'a', bytes: 2 ** 20 + 8 }])
  })
})
