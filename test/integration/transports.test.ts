import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import mqttPacket from 'mqtt-packet'
import { connectAsync } from 'mqtt'
import { expect, it } from 'vitest'
import { waitFor } from '../support/waitFor'
import { politely, startFakeServer } from './sessionFakeServer'
import { createStarter, subscribed, testProfile } from './sessionHarness'

const { onStop, startedBroker, startedHarness } = createStarter()

it.each([
  ['mqtt', 'tcp'],
  ['mqtts', 'tls'],
  ['ws', 'ws'],
  ['wss', 'wss'],
] as const)('keeps up with 5,000 messages a second over %s, in order', async (scheme, kind) => {
  const broker = await startedBroker({ listeners: ['tcp', 'tls', 'ws', 'wss'], isQuiet: true })
  const harness = startedHarness()
  const tls = { ...testProfile().tls, verify: false }
  const profile = testProfile({ scheme, port: broker.port(kind), path: '/', subscriptions: [subscribed('t')], tls })
  await harness.connect(profile)
  await harness.granted(profile)
  const client = await connectAsync(`mqtt://127.0.0.1:${broker.port()}`)
  onStop(() => client.endAsync())
  const count = 10_000
  const startedAt = performance.now()
  let sent = 0
  while (sent < count) {
    const due = Math.min(count, (performance.now() - startedAt) * 5)
    while (sent < due) client.publish('t', String(sent++).padEnd(50))
    await new Promise((resolve) => setImmediate(resolve))
  }
  const sendingMs = performance.now() - startedAt
  await harness.received(profile, count)
  // A path that falls behind at this pace needs many times the sending to catch up.
  expect(performance.now() - startedAt).toBeLessThan(sendingMs * 3)
  const payloads = harness.incoming(profile).map(({ payload }) => Number(payload.toString()))
  expect(payloads).toEqual(Array.from({ length: count }, (_, index) => index))
})

/** How long so many round trips of a byte take over a bare socket. */
const bareRoundTripsMs = async (count: number): Promise<number> => {
  const server = createServer((socket) => socket.setNoDelay(true).pipe(socket)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').setNoDelay(true)
  await once(socket, 'connect')
  const startedAt = performance.now()
  for (let trip = 0; trip < count; trip++) {
    socket.write('x')
    await once(socket, 'data')
  }
  socket.destroy()
  server.close()
  return performance.now() - startedAt
}

it('does not slow down a server that sends the next message for each acknowledgement', async () => {
  const publish = (messageId: number) =>
    mqttPacket.generate(
      { cmd: 'publish', topic: 't', payload: 'x', qos: 1, dup: false, retain: false, messageId },
      { protocolVersion: 5 },
    )
  const count = 3_000
  let acknowledged = 0
  let startedAt = 0
  const server = await startFakeServer((packet, connection) => {
    politely()(packet, connection)
    if (packet.cmd === 'subscribe') startedAt = performance.now()
    else if (packet.cmd === 'puback') acknowledged += 1
    else return
    if (acknowledged < count) connection.socket.write(publish((acknowledged % 60_000) + 1))
  }, 5)
  onStop(server.stop)
  const harness = startedHarness()
  const profile = testProfile({ port: server.port, subscriptions: [subscribed('t', { qos: 1 })] })
  await harness.connect(profile)
  await waitFor('all acknowledgements', () => acknowledged === count)
  // A rest of a millisecond before each would be thirty times a bare round trip.
  const tookMs = performance.now() - startedAt
  expect(tookMs / (await bareRoundTripsMs(count))).toBeLessThan(20)
})

it('tells the round trip of the PINGREQ that was answered', async () => {
  const slow = mqttPacket.generate(
    { cmd: 'publish', topic: 't', payload: Buffer.alloc(100_000), qos: 0, dup: false, retain: false },
    { protocolVersion: 5 },
  )
  let firstPingAt = 0
  let truth = 0
  const server = await startFakeServer((packet, connection) => {
    if (packet.cmd === 'pingreq') {
      firstPingAt ||= performance.now()
      return
    }
    politely()(packet, connection)
    if (packet.cmd !== 'subscribe') return
    let sent = 0
    const timer = setInterval(() => {
      connection.socket.write(slow.subarray(sent, (sent += 4_000)))
      if (sent < slow.length) return
      clearInterval(timer)
      truth = performance.now() - firstPingAt
      connection.socket.write(Buffer.from([0xd0, 0]))
    }, 100)
  }, 5)
  onStop(server.stop)
  const harness = startedHarness()
  const profile = testProfile({ port: server.port, subscriptions: [subscribed('t')], keepaliveSeconds: 1 })
  await harness.connect(profile)
  await harness.received(profile, 1)
  const told = await waitFor('the ping', () => {
    const state = harness.stateOf(profile)
    return state.phase === 'online' ? state.pingMilliseconds : null
  })
  expect(told).toBeGreaterThan(truth - 50)
})
