import fc from 'fast-check'
import mqtt, { type IConnackPacket, type IPublishPacket, type MqttClient } from 'mqtt'
import { once } from 'node:events'
import { connect as connectSocket, createServer } from 'node:net'
import { networkInterfaces } from 'node:os'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLocalBroker, type LocalBroker } from '../../electron/core/localBroker/localBroker'
import { silentLog } from '../../electron/core/log'
import type { LocalBrokerPhase } from '../../shared/contract'
import { findFreePort } from '../support/freePort'
import { waitFor } from '../support/waitFor'
import { createHarness, publishTo, subscribed, testProfile } from './sessionHarness'

let broker: LocalBroker
let states: LocalBrokerPhase[]
const clients: MqttClient[] = []

beforeEach(() => {
  states = []
  const onState = (state: LocalBrokerPhase) => states.push(state)
  broker = createLocalBroker({ log: silentLog, now: Date.now, random: Math.random, onState })
})
afterEach(async () => {
  for (const client of clients.splice(0)) client.end(true)
  await broker.stop()
})

const start = async ({ devices = false, preferredPort = 0 } = {}) => {
  const started = await broker.start({ preferredPort: preferredPort || (await findFreePort()), devices })
  if (!started.ok) throw new Error(started.error.message)
  return started.value
}

/** Devices publish at each tick of theirs; those of another broker say when that was. */
const devicesOfAnotherBrokerSpeak = async () => {
  const other = createLocalBroker({ log: silentLog, now: Date.now, random: Math.random, onState: () => undefined })
  try {
    const started = await other.start({ preferredPort: await findFreePort(), devices: true })
    if (!started.ok) throw new Error(started.error.message)
    const { client } = await connect(started.value)
    let heard = 0
    client.on('message', () => (heard += 1))
    await client.subscribeAsync('plant/line1/press/vibration')
    await waitFor('three ticks', () => heard >= 3)
  } finally {
    await other.stop()
  }
}

const connect = async (port: number, protocolVersion: 3 | 4 | 5 = 5) => {
  const options = { port, host: '127.0.0.1', protocolVersion, reconnectPeriod: 0 } as const
  const client = await mqtt.connectAsync(protocolVersion === 3 ? { ...options, protocolId: 'MQIsdp' } : options)
  clients.push(client)
  const messages = new Map<string, IPublishPacket>()
  client.on('message', (topic, _payload, packet) => messages.set(topic, packet))
  return { client, messages }
}

describe('the local broker', () => {
  it('says what becomes of it and where it runs', async () => {
    const port = await start()
    await broker.stop()
    expect(states).toEqual([{ phase: 'starting' }, { phase: 'running', port, devices: false }, { phase: 'stopped' }])
  })

  it('takes the preferred port, or another when somebody has it', async () => {
    const taken = await findFreePort()
    const other = createServer().listen(taken, '127.0.0.1')
    const port = await start({ preferredPort: taken })
    expect(port).not.toBe(taken)
    other.close()
  })

  it('cannot be reached from other machines', async () => {
    const port = await start()
    const outside = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .find(({ internal, family }) => !internal && family === 'IPv4')
    if (!outside) return
    const outcome = await new Promise<string>((resolve) => {
      const socket = connectSocket(port, outside.address, () => resolve('connected'))
      socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''))
    })
    expect(outcome).toBe('ECONNREFUSED')
  })

  it.each([3, 4, 5] as const)('carries messages between clients of protocol level %i', async (level) => {
    const { client, messages } = await connect(await start(), level)
    await client.subscribeAsync('a/#', { qos: 2 })
    await client.publishAsync('a/住家', Buffer.from([0, 255, 1]), { qos: 2, retain: true })
    const message = await waitFor('the message', () => messages.get('a/住家'))
    expect([...(message.payload as Buffer)]).toEqual([0, 255, 1])
  })

  it.each(['5', '3.1.1', '3.1'] as const)('takes a session of ours with MQTT %s', async (protocolVersion) => {
    const harness = createHarness()
    try {
      const port = await start()
      const profile = testProfile({ port, protocolVersion, subscriptions: [subscribed('there/#')] })
      await harness.connect(profile)
      await harness.granted(profile)
      const { client, messages } = await connect(port)
      await client.subscribeAsync('back/#', { qos: 2 })

      await client.publishAsync('there/住家', Buffer.from([0, 255, 1]), { qos: 2 })
      const [message] = await harness.received(profile, 1)
      expect([message?.topic, [...(message?.payload ?? [])]]).toEqual(['there/住家', [0, 255, 1]])

      const request = publishTo(profile, { topic: 'back/住家', payload: Buffer.from([255, 0]), qos: 2 })
      expect(await harness.registry.publish(request)).toMatchObject({ ok: true, value: { reasonCode: 0 } })
      const back = await waitFor('the message', () => messages.get('back/住家'))
      expect([...(back.payload as Buffer)]).toEqual([255, 0])
    } finally {
      await harness.dispose()
    }
  })

  it('answers with MQTT 5 to a client of MQTT 5', async () => {
    const port = await start()
    const client = mqtt.connect({ port, host: '127.0.0.1', protocolVersion: 5, reconnectPeriod: 0 })
    clients.push(client)
    const connack = await new Promise<IConnackPacket>((resolve) => client.once('connect', resolve))
    expect(connack.reasonCode).toBe(0)
  })

  it('starts and stops in turn, however fast it is told to', async () => {
    const port = await findFreePort()
    const start = () => broker.start({ preferredPort: port, devices: false })
    await Promise.all([start(), start(), broker.stop(), start(), broker.stop()])
    expect(states.map(({ phase }) => phase).filter((phase) => phase !== 'starting')).toEqual([
      'running',
      'running',
      'stopped',
      'running',
      'stopped',
    ])
  })
})

const text = (value: string) => [0, value.length, ...Buffer.from(value)]
const packet = (header: number, ...body: number[]) => [header, body.length, ...body]
/** CONNECT of MQTT 5 as client `fuz`, with a clean start or not. */
const connectPacket = (flags = 2) => packet(0x10, ...text('MQTT'), 5, flags, 0, 60, 0, ...text('fuz'))

// Most of these ended the process of an unguarded broker or of a client library.
const known = [
  [0x20, 0x04, 0x00, 0x00, 0x01, 0x13],
  [0x10, 0x0d, 0x00, 0x04, 0x4d, 0x51, 0x54, 0x54, 0x05, 0x02, 0x00, 0x3c, 0x01, 0x13],
  [0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
  packet(0x82, 0, 1),
  packet(0x30, 0, 9, 0x61),
  packet(0xa2, 0, 1, 0, ...text('constructor')),
  packet(0x82, 0, 1, 0, ...text('__proto__'), 0, ...text('a'), 0),
  [...connectPacket(0), ...packet(0x34, ...text('a'), 0, 7, 0), ...packet(0x62, 0, 7), ...packet(0x62, 0, 7)],
]

const randomConversations = (batches: number) => {
  const bytes = fc.uint8Array({ maxLength: 40 })
  const conversation = fc
    .tuple(fc.boolean(), fc.integer({ min: 1, max: 15 }), bytes)
    .map(([greets, type, body]) =>
      Uint8Array.from([...(greets ? connectPacket() : []), ...packet((type << 4) | 2, ...body)]),
    )
  return fc.sample(fc.array(conversation, { minLength: 30, maxLength: 30 }), batches)
}

/** Sends the bytes and stays until the broker, which runs in this process, has read them: a socket that ends it forgets. */
const sendBytes = async (port: number, bytes: Uint8Array, bystander: MqttClient) => {
  const socket = connectSocket(port, '127.0.0.1').on('error', () => undefined)
  socket.on('data', () => undefined)
  await once(socket, 'connect')
  await new Promise<void>((resolve) => socket.write(bytes, () => resolve()))
  // Two round trips: what was written before the first is read before the second.
  await bystander.publishAsync('meanwhile', '', { qos: 2 })
  socket.destroy()
}

describe('a client that breaks the protocol', () => {
  it('harms nobody but itself', async () => {
    const port = await start()
    const { client, messages } = await connect(port)
    await client.subscribeAsync('#')
    for (const bytes of known) {
      await sendBytes(port, Uint8Array.from(bytes), client)
      await sendBytes(port, Uint8Array.from([...connectPacket(), ...bytes]), client)
    }
    for (const batch of randomConversations(20)) await Promise.all(batch.map((bytes) => sendBytes(port, bytes, client)))
    await client.publishAsync('still/here', 'yes', { qos: 1 })
    expect((await waitFor('the message', () => messages.get('still/here'))).payload.toString()).toBe('yes')
  })
})

describe('the simulated devices', () => {
  it('publish numbers, JSON, bytes and retained states, some of them in Chinese', async () => {
    const port = await start({ devices: true })
    const { client, messages } = await connect(port)
    const retained = new Set<string>()
    client.on('message', (topic, _payload, { retain }) => retain && retained.add(topic))
    await client.subscribeAsync('#')
    await waitFor('all topics', () => messages.size >= 15)
    const text = (topic: string) => messages.get(topic)?.payload.toString() ?? ''
    expect(Number(text('home/kitchen/temperature'))).toBeGreaterThan(15)
    expect(Number(text('住家/客廳/溫度'))).toBeGreaterThan(15)
    expect(text('office/meter/energy')).toContain('"meterId":9007199254740993017')
    expect(JSON.parse(text('plant/line1/press/state'))).toHaveProperty('state')
    expect([...retained]).toContain('plant/line1/press/state')
    expect(messages.get('plant/line1/press/vibration')?.payload).toHaveLength(256)
    expect(messages.get('plant/line1/press/vibration')?.properties).toMatchObject({
      contentType: 'application/octet-stream',
      userProperties: { encoding: 'float32-le' },
    })
  })

  it('stop and start without the broker', async () => {
    const port = await start({ devices: true })
    await start({ devices: false })
    const { client, messages } = await connect(port)
    await client.subscribeAsync('plant/line1/press/vibration')
    await devicesOfAnotherBrokerSpeak()
    expect(messages.size).toBe(0)
    await start({ devices: true })
    await waitFor('a message', () => messages.size > 0)
    expect(states.at(-1)).toEqual({ phase: 'running', port, devices: true })
  })
})
