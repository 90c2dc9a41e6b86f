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
] as const)('keeps 10,000 messages in order, as fast as they are sent over %s', async (scheme, kind) => {
  const broker = await startedBroker({ listeners: ['tcp', 'tls', 'ws', 'wss'], isQuiet: true })
  const harness = startedHarness()
  const tls = { ...testProfile().tls, verify: false }
  const profile = testProfile({ scheme, port: broker.port(kind), path: '/', subscriptions: [subscribed('t')], tls })
  await harness.connect(profile)
  await harness.granted(profile)
  const client = await connectAsync(`mqtt://127.0.0.1:${broker.port()}`)
  onStop(() => client.endAsync())
  const count = 10_000
  for (let sent = 0; sent < count; sent += 1) client.publish('t', String(sent).padEnd(50))
  await harness.received(profile, count)
  const payloads = harness.incoming(profile).map(({ payload }) => Number(payload.toString()))
  expect(payloads).toEqual(Array.from({ length: count }, (_, index) => index))
})

it('tells the round trip of the PINGREQ that was answered', async () => {
  const slow = mqttPacket.generate(
    { cmd: 'publish', topic: 't', payload: Buffer.alloc(1_000_000), qos: 0, dup: false, retain: false },
    { protocolVersion: 5 },
  )
  const pings: number[] = []
  let atServer = Infinity
  const server = await startFakeServer((packet, connection) => {
    if (packet.cmd === 'pingreq') return void pings.push(performance.now())
    politely()(packet, connection)
    if (packet.cmd !== 'subscribe') return
    let sent = 0
    const timer = setInterval(() => {
      // Bytes of a message keep the connection until a second PINGREQ has come; then the first is answered.
      if (pings.length < 2) return void connection.socket.write(slow.subarray(sent, (sent += 100)))
      clearInterval(timer)
      connection.socket.write(slow.subarray(sent))
      atServer = performance.now() - (pings[0] ?? Infinity)
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
  // The client sends before the server receives, and hears the answer after it was written: by the same clock it is longer.
  expect(told).toBeGreaterThanOrEqual(atServer)
})
