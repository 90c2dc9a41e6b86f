import type { Socket } from 'node:net'
import fc from 'fast-check'
import mqttPacket, { type Packet } from 'mqtt-packet'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AppError } from '../../shared/result'
import { waitFor } from '../support/waitFor'
import { politely, startFakeServer, type FakeConnection, type OnPacket } from './sessionFakeServer'
import { createHarness, createStarter, publishTo, subscribed, testProfile, withReconnect } from './sessionHarness'

const uncaught: unknown[] = []
const note = (error: unknown) => void uncaught.push(error)
beforeAll(() => void process.on('uncaughtException', note).on('unhandledRejection', note))
afterAll(() => void process.off('uncaughtException', note).off('unhandledRejection', note))

const { onStop, startedHarness } = createStarter()
const startedServer = async (onPacket: OnPacket, version: 4 | 5 = 5) => {
  const server = await startFakeServer(onPacket, version)
  onStop(server.stop)
  return server
}
const commandsOf = (connection: FakeConnection | undefined) => (connection?.received ?? []).map(({ cmd }) => cmd)

/** Why a connection ends whose server sends these bytes in place of CONNACK. */
const failureAfter = async (bytes: readonly number[], version: 4 | 5 = 5): Promise<AppError> => {
  const server = await startFakeServer((packet, { sendBytes }) => {
    if (packet.cmd === 'connect') sendBytes(...bytes)
  }, version)
  const harness = createHarness()
  const profile = testProfile({ port: server.port, protocolVersion: version === 5 ? '5' : '3.1.1' })
  const failure = await harness.failureOf(profile)
  await harness.dispose()
  await server.stop()
  return failure
}
const accepted = [0x20, 3, 0, 0, 0]
const accepted3 = [0x20, 2, 0, 0]

describe('bytes no server should send', () => {
  it.each<[string, number[], string]>([
    ['a Server Keep Alive cut short', [0x20, 4, 0, 0, 1, 0x13], 'CONNACK: property 0x13 is cut off or ill-formed'],
    ['reserved CONNACK flags', [0x20, 3, 2, 0, 0], 'CONNACK: reserved flags are set'],
    ['an unknown property', [0x20, 5, 0, 0, 2, 0x7e, 0], 'CONNACK: property 0x7e is not allowed here'],
    ['a Receive Maximum of 0', [0x20, 6, 0, 0, 3, 0x21, 0, 0], 'CONNACK: a maximum is 0'],
    ['two CONNACKs', [...accepted, ...accepted], 'CONNACK: it was sent twice'],
    ['CONNECT', [...accepted, 0x10, 0], 'CONNECT: a server does not send CONNECT here'],
    ['AUTH nobody asked for', [...accepted, 0xf0, 0], 'AUTH: a server does not send AUTH here'],
    ['packet type 0', [...accepted, 0, 0], 'reserved packet: a server does not send reserved packet here'],
    [
      'a remaining length of five bytes',
      [...accepted, 0x30, 0xff, 0xff, 0xff, 0xff, 0x7f],
      'PUBLISH: the remaining length has more than four bytes',
    ],
    // Only the fixed header is there: 1 MiB of CONNACK, and 2 MiB of PUBLISH properties.
    ['a huge CONNACK', [0x20, 0x80, 0x80, 0x40, 0, 0], 'CONNACK: it has 1048580 bytes; at most 262144 bytes are taken'],
    [
      'a huge SUBACK',
      [...accepted, 0x90, 0x80, 0x80, 0x40],
      'SUBACK: it has 1048580 bytes; at most 262144 bytes are taken',
    ],
    ['QoS 3', [...accepted, 0x36, 5, 0, 1, 0x61, 0, 1, 0], 'PUBLISH: both QoS bits are set'],
    ['a topic longer than its packet', [...accepted, 0x30, 4, 0, 9, 0x61, 0], 'PUBLISH: it is cut off'],
    ['an empty PUBLISH', [...accepted, 0x30, 0], 'PUBLISH: it is cut off'],
    ['an empty topic', [...accepted, 0x30, 3, 0, 0, 0], 'PUBLISH: the topic name is empty'],
    [
      'a topic that is not UTF-8',
      [...accepted, 0x30, 4, 0, 1, 0xff, 0],
      'PUBLISH: the topic name is not well-formed UTF-8',
    ],
    ['a topic with NUL', [...accepted, 0x30, 4, 0, 1, 0, 0], 'PUBLISH: the topic name contains U+0000'],
    ['a topic with a wildcard', [...accepted, 0x30, 4, 0, 1, 0x23, 0], 'PUBLISH: the topic name contains a wildcard'],
    [
      'a topic alias',
      [...accepted, 0x30, 7, 0, 1, 0x61, 3, 0x23, 0, 1],
      'PUBLISH: topic alias 1, but none was allowed',
    ],
    ['packet identifier 0', [...accepted, 0x32, 6, 0, 1, 0x61, 0, 0, 0], 'PUBLISH: packet identifier 0'],
    [
      'properties longer than their packet',
      [...accepted, 0x30, 4, 0, 1, 0x61, 9],
      'PUBLISH: the properties are cut off',
    ],
    ['PUBACK cut short', [...accepted, 0x40, 1, 0], 'PUBACK: it is cut off'],
    ['PUBREL with wrong flags', [...accepted, 0x60, 2, 0, 1], 'PUBREL: reserved flags are set'],
    ['PINGRESP with a body', [...accepted, 0xd0, 1, 0], 'PINGRESP: it has a body'],
    ['SUBACK without a code', [...accepted, 0x90, 3, 0, 1, 0], 'SUBACK: it has 0 reason codes for one topic filter'],
    ['SUBACK with an unknown code', [...accepted, 0x90, 4, 0, 1, 0, 3], 'SUBACK: reason code 3 is not one of its own'],
  ])('%s: fails as malformedPacket and says what', async (_name, bytes, detail) => {
    expect(await failureAfter(bytes)).toMatchObject({ code: 'malformedPacket', values: { detail } })
  })

  it.each<[string, number[]]>([
    ['UNSUBACK with codes', [...accepted3, 0xb0, 3, 0, 1, 0]],
    ['SUBACK with a code between the QoS and a refusal', [...accepted3, 0x90, 3, 0, 1, 0x7f]],
  ])('%s before MQTT 5', async (_name, bytes) => {
    expect((await failureAfter(bytes, 4)).code).toBe('malformedPacket')
  })

  it('knows the CONNACK of another version than the one that was asked for', async () => {
    const answer = { code: 'answeredAsOtherVersion', stage: 'connect' }
    expect(await failureAfter([0x20, 2, 0, 0])).toMatchObject({ ...answer, values: { spoken: '3.1.1' } })
    expect(await failureAfter([0x20, 3, 0, 0, 0], 4)).toMatchObject({ ...answer, values: { spoken: '5' } })
  })

  it('tells an MQTT 5 server why, and 3.1.1 refusals of version 5 by their name', async () => {
    const server = await startedServer(
      politely((packet, { sendBytes }) => {
        if (packet.cmd === 'subscribe') sendBytes(0x36, 2, 0, 0)
      }),
    )
    const harness = startedHarness()
    await harness.failureOf(testProfile({ port: server.port, subscriptions: [subscribed('a')] }))
    await waitFor('the DISCONNECT', () => server.connections[0]?.received.find(({ cmd }) => cmd === 'disconnect'))
    expect(server.connections[0]?.received.at(-1)).toMatchObject({ cmd: 'disconnect', reasonCode: 0x81 })
    expect(await failureAfter([0x20, 2, 0, 1])).toMatchObject({
      code: 'connectRefused',
      reasonCode: 1,
      values: { reason: 'unacceptable protocol version (1)' },
    })
  })

  it('any bytes after any beginning end in a named failure or in nothing', async () => {
    const harness = startedHarness()
    let next: Buffer = Buffer.alloc(0)
    const server = await startedServer((packet, { socket }) => {
      if (packet.cmd === 'connect') socket.end(next)
    })
    const beginnings = [[], accepted, [...accepted, 0x30], [...accepted, 0x90], [...accepted, 0x20], [0x20]]
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...beginnings), fc.uint8Array({ maxLength: 60 }), async (beginning, bytes) => {
        next = Buffer.from([...beginning, ...bytes])
        const profile = testProfile({ port: server.port, subscriptions: [subscribed('#')] })
        const { code } = await harness.failureOf(profile)
        await harness.registry.remove(profile.id)
        expect([
          'malformedPacket',
          'notMqtt',
          'packetTooLarge',
          'connectionClosed',
          'connectRefused',
          'serverDisconnected',
          'sessionTakenOver',
          'sessionNotClean',
          'connectionReset',
          // The SUBSCRIBE that went out has no answer.
          'closedAfterSubscribe',
        ]).toContain(code)
      }),
      { numRuns: 300 },
    )
  })

  it('valid packets with a byte changed neither throw nor touch another connection', async () => {
    const harness = startedHarness()
    const steady = await startedServer(politely())
    const bystander = testProfile({ port: steady.port })
    await harness.connect(bystander)
    const properties = { reasonString: 'why', userProperties: { a: 'b' } }
    const packets: Packet[] = [
      {
        cmd: 'connack',
        reasonCode: 0,
        sessionPresent: false,
        properties: { serverKeepAlive: 50, topicAliasMaximum: 3, ...properties },
      },
      { cmd: 'suback', messageId: 1, granted: [0], properties },
      { cmd: 'unsuback', messageId: 1, granted: [0], properties },
      { cmd: 'puback', messageId: 1, reasonCode: 0, properties },
      { cmd: 'pubrec', messageId: 1, reasonCode: 0, properties },
      { cmd: 'pubrel', messageId: 1, reasonCode: 0, properties },
      { cmd: 'pubcomp', messageId: 1, reasonCode: 0, properties },
      { cmd: 'pingresp' },
      {
        cmd: 'publish',
        topic: 'a/b',
        payload: 'x',
        qos: 0,
        dup: false,
        retain: false,
        properties: { contentType: 't', userProperties: { a: 'b' } },
      },
      { cmd: 'publish', topic: 'a/b', payload: 'x', qos: 2, messageId: 9, dup: false, retain: false },
      { cmd: 'disconnect', reasonCode: 0x8b, properties },
    ]
    const wires = packets.map((packet) => mqttPacket.generate(packet, { protocolVersion: 5 }))
    let next: Buffer = Buffer.alloc(0)
    const server = await startedServer((packet, { socket }) => {
      if (packet.cmd === 'connect') socket.end(next)
    })
    const mutation = fc.record({
      packet: fc.nat(wires.length - 1),
      at: fc.nat(1_000),
      value: fc.nat(255),
      cut: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(mutation, async ({ packet, at, value, cut }) => {
        const wire = Buffer.from(wires[packet]!)
        wire[at % wire.length] = value
        const mutated = cut ? wire.subarray(0, at % wire.length) : wire
        next = packet === 0 ? mutated : Buffer.concat([Buffer.from(accepted), mutated, ...wires.slice(1)])
        const profile = testProfile({ port: server.port, subscriptions: [subscribed('#')] })
        await harness.failureOf(profile)
        await harness.registry.remove(profile.id)
      }),
      { numRuns: 400 },
    )
    expect(harness.stateOf(bystander).phase).toBe('online')
    expect(await harness.registry.publish(publishTo(bystander, { qos: 1 }))).toMatchObject({ ok: true })
  })

  it('arrive whole however they are cut into chunks', async () => {
    const messages = Array.from({ length: 40 }, (_, index) => ({
      cmd: 'publish' as const,
      topic: `t/${index % 5}`,
      payload: Buffer.alloc((index * 37) % 300, index),
      qos: 0 as const,
      dup: false,
      retain: false,
    }))
    const stream = Buffer.concat(messages.map((message) => mqttPacket.generate(message, { protocolVersion: 5 })))
    const size = { chunk: 1 }
    const writeInChunks = async (socket: Socket) => {
      socket.setNoDelay(true)
      for (let at = 0; at < stream.length; at += size.chunk)
        await new Promise((resolve) => socket.write(stream.subarray(at, at + size.chunk), resolve))
    }
    const server = await startedServer(
      politely((packet, { socket }) => {
        if (packet.cmd === 'subscribe') void writeInChunks(socket)
      }),
    )
    const harness = startedHarness()
    for (const chunk of [1, 2, 3, 7, 64, 1_000]) {
      size.chunk = chunk
      const profile = testProfile({ port: server.port, subscriptions: [subscribed('#')] })
      await harness.connect(profile)
      const received = await harness.received(profile, messages.length)
      expect(received.map(({ topic, payload }) => ({ topic, payload }))).toEqual(
        messages.map(({ topic, payload }) => ({ topic, payload })),
      )
    }
  })
})

describe("the server's word", () => {
  it('ends the connection by name and is obeyed', async () => {
    const server = await startedServer(
      politely((packet, { send }) => {
        if (packet.cmd === 'subscribe') send({ cmd: 'disconnect', reasonCode: 0x8e })
      }),
    )
    const harness = startedHarness()
    const profile = testProfile({ port: server.port, subscriptions: [subscribed('a')], reconnect: withReconnect })
    expect(await harness.failureOf(profile)).toMatchObject({ code: 'sessionTakenOver', reasonCode: 0x8e })
    expect(server.connections).toHaveLength(1)
  })

  it('"server shutting down" is waited for, with its reason', async () => {
    const bye: Packet = { cmd: 'disconnect', reasonCode: 0x8b, properties: { reasonString: 'update' } }
    const server = await startedServer(
      politely((packet, { send, number }) => {
        if (packet.cmd === 'subscribe' && number === 1) send(bye)
      }),
    )
    const harness = startedHarness()
    const profile = testProfile({ port: server.port, subscriptions: [subscribed('a')], reconnect: withReconnect })
    harness.registry.connect(profile, {})
    const waiting = await waitFor('the wait', () => harness.history.find(({ state }) => state.phase === 'waiting'))
    await harness.reach(profile, 'online')
    expect(waiting.state).toMatchObject({
      reason: { code: 'serverDisconnected', values: { reason: 'Server shutting down (0x8b) "update"' } },
    })
  })

  it('refuses filters one by one, and those it could not bear are held back until it is tried anyway', async () => {
    const connack = { properties: { wildcardSubscriptionAvailable: false, sharedSubscriptionAvailable: false } }
    const server = await startedServer((packet, connection) => {
      const isRefused = packet.cmd === 'subscribe' && packet.subscriptions[0]?.topic === 'no'
      if (isRefused)
        connection.send({
          cmd: 'suback',
          messageId: packet.messageId ?? 0,
          granted: [0x87],
          properties: { reasonString: 'not yours' },
        })
      else politely(undefined, connack)(packet, connection)
    })
    const harness = startedHarness()
    const subscriptions = ['no', 'yes', 'wild/#', '$share/g/s'].map((filter) => subscribed(filter, { qos: 1 }))
    const profile = testProfile({ port: server.port, subscriptions })
    await harness.connect(profile)
    const states = () =>
      harness.registry
        .get(profile.id)
        ?.status()
        .subscriptions.map(({ state }) => state) ?? []
    await waitFor('every answer', () => states().every(({ phase }) => phase !== 'requested'))
    expect(states()).toMatchObject([
      { phase: 'refused', error: { reasonCode: 0x87, values: { reason: 'Not authorized (0x87) "not yours"' } } },
      { phase: 'granted', qos: 1 },
      { phase: 'heldBack', reason: 'wildcard' },
      { phase: 'heldBack', reason: 'shared' },
    ])
    const sentFilters = () =>
      server.connections[0]?.received.flatMap((packet) =>
        packet.cmd === 'subscribe' ? packet.subscriptions.map(({ topic }) => topic) : [],
      )
    expect(sentFilters()).toEqual(['no', 'yes'])
    expect(harness.registry.sendHeldBack(profile.id, 'wild/#')).toMatchObject({ ok: true })
    await waitFor('the answer', () => states()[2]?.phase === 'granted')
    expect(sentFilters()).toEqual(['no', 'yes', 'wild/#'])
  })

  it('refuses a filter with a code nobody has named, and the connection stays', async () => {
    const server = await startedServer((packet, connection) => {
      if (packet.cmd === 'subscribe' && packet.subscriptions[0]?.topic === 'no')
        connection.sendBytes(0x90, 4, 0, packet.messageId ?? 0, 0, 0xc7)
      else politely()(packet, connection)
    })
    const harness = startedHarness()
    const profile = testProfile({ port: server.port, subscriptions: [subscribed('no'), subscribed('yes')] })
    await harness.connect(profile)
    const states = () =>
      harness.registry
        .get(profile.id)
        ?.status()
        .subscriptions.map(({ state }) => state) ?? []
    await waitFor('every answer', () => states().every(({ phase }) => phase !== 'requested'))
    expect(states()).toMatchObject([
      { phase: 'refused', error: { reasonCode: 0xc7, values: { reason: '0xc7' } } },
      { phase: 'granted' },
    ])
    expect(harness.stateOf(profile).phase).toBe('online')
  })

  it('counts nothing for a filter it refused', async () => {
    const server = await startedServer((packet, connection) => {
      const isRefused = packet.cmd === 'subscribe' && packet.subscriptions[0]?.topic === '#'
      if (isRefused) connection.send({ cmd: 'suback', messageId: packet.messageId ?? 0, granted: [0x87] })
      else politely()(packet, connection)
    })
    const harness = startedHarness()
    const profile = testProfile({ port: server.port, subscriptions: [subscribed('#'), subscribed('yes')] })
    await harness.connect(profile)
    await waitFor('every answer', () =>
      harness.registry
        .get(profile.id)
        ?.status()
        .subscriptions.every(({ state }) => state.phase === 'refused' || state.phase === 'granted'),
    )
    server.connections[0]?.send({ cmd: 'publish', topic: 'yes', payload: 'x', qos: 0, retain: false, dup: false })
    const [message] = await harness.received(profile, 1)
    expect(message?.matches).toEqual(['yes'])
  })

  it.each([0x80, 0x87])('%i of MQTT 3.1.1 refuses one filter', async (code) => {
    const server = await startedServer((packet, connection) => {
      if (packet.cmd === 'subscribe' && packet.subscriptions[0]?.topic === 'no')
        connection.send({ cmd: 'suback', messageId: packet.messageId ?? 0, granted: [code] })
      else politely()(packet, connection)
    }, 4)
    const harness = startedHarness()
    const profile = testProfile({
      port: server.port,
      protocolVersion: '3.1.1',
      subscriptions: [subscribed('no'), subscribed('yes')],
    })
    await harness.connect(profile)
    const states = () =>
      harness.registry
        .get(profile.id)
        ?.status()
        .subscriptions.map(({ state }) => state.phase) ?? []
    await waitFor('every answer', () => !states().includes('requested'))
    expect(states()).toEqual(['refused', 'granted'])
  })
})

describe('delivery over a broken connection', () => {
  const kept = { cleanStart: false, sessionExpirySeconds: 600, reconnect: withReconnect }

  it('shows a redelivered QoS 2 message once, and QoS 1 as often as it comes', async () => {
    const publish = (qos: 1 | 2, dup: boolean): Packet => ({
      cmd: 'publish',
      topic: 't',
      payload: `q${qos}`,
      qos,
      messageId: 5 + qos,
      dup,
      retain: false,
    })
    let isReleased = false
    const server = await startedServer((packet, connection) => {
      const isSecond = connection.number === 2
      politely(undefined, { sessionPresent: isSecond })(packet, connection)
      if (packet.cmd === 'connect') for (const qos of [1, 2] as const) connection.send(publish(qos, isSecond))
      if (packet.cmd === 'pubrec' && !isSecond) connection.socket.destroy()
      if (packet.cmd === 'pubrec' && isSecond) connection.send({ cmd: 'pubrel', messageId: 7 })
      // The identifier is free again, so this is another message.
      if (packet.cmd === 'pubcomp' && !isReleased) connection.send({ ...publish(2, false), payload: 'new' } as Packet)
      isReleased ||= packet.cmd === 'pubcomp'
    })
    const harness = startedHarness()
    const profile = testProfile({ port: server.port, ...kept })
    harness.registry.connect(profile, {})
    const received = await harness.received(profile, 4)
    expect(received.map(({ payload, dup }) => [payload.toString(), dup])).toEqual([
      ['q1', false],
      ['q2', false],
      ['q1', true],
      ['new', false],
    ])
    // The QoS 1 message that says so, and the QoS 2 message that was not told again.
    expect(harness.totalsOf(profile)).toMatchObject({ received: 4, redeliveries: 2 })
  })

  it('tells publishInterrupted at once, sends again under the old id and shows what came of it', async () => {
    const server = await startedServer((packet, connection) => {
      const isSecond = connection.number === 2
      if (packet.cmd === 'publish' && !isSecond) {
        // QoS 2 gets as far as PUBREC; then the connection breaks before anything is acknowledged.
        if (packet.qos === 2) connection.send({ cmd: 'pubrec', messageId: packet.messageId ?? 0, reasonCode: 0 })
      } else if (packet.cmd === 'pubrel' && !isSecond) connection.socket.destroy()
      else politely(undefined, { sessionPresent: isSecond })(packet, connection)
    })
    const harness = startedHarness()
    const profile = testProfile({ port: server.port, ...kept })
    await harness.connect(profile)
    const sent = [1, 2].map((qos) =>
      harness.registry.publish(publishTo(profile, { qos: qos as 1 | 2, payload: Buffer.from(`q${qos}`) })),
    )
    for (const result of await Promise.all(sent))
      expect(result).toMatchObject({ ok: false, error: { code: 'publishInterrupted' } })
    const latest = (sequence: number) =>
      harness.deliveries.filter((update) => update.sequence === sequence).at(-1)?.state
    await waitFor('both to be acknowledged', () => latest(1) === 'acknowledged' && latest(2) === 'acknowledged')
    const again = server.connections[1]?.received ?? []
    expect(again).toMatchObject([
      { cmd: 'publish', qos: 1, dup: true, messageId: 1 },
      { cmd: 'pubrel', messageId: 2 },
    ])
  })

  it('sends nothing again where the server has forgotten the session', async () => {
    const server = await startedServer((packet, connection) => {
      if (packet.cmd === 'publish' && connection.number === 1) connection.socket.destroy()
      else politely()(packet, connection)
    })
    const harness = startedHarness()
    const profile = testProfile({ port: server.port, ...kept })
    await harness.connect(profile)
    const lost = await harness.registry.publish(publishTo(profile, { qos: 1 }))
    expect(lost).toMatchObject({ ok: false, error: { code: 'publishInterrupted' } })
    await harness.reach(profile, 'online')
    expect(
      await harness.registry.publish(publishTo(profile, { qos: 1, payload: Buffer.from('second') })),
    ).toMatchObject({ ok: true })
    expect(commandsOf(server.connections[1])).toEqual(['publish'])
    expect(harness.deliveries.filter(({ sequence }) => sequence === 1).at(-1)?.state).toBe('lost')
  })

  it('sends again no more at a time than the new Receive Maximum allows', async () => {
    const waiting: (() => void)[] = []
    const server = await startedServer((packet, connection) => {
      if (packet.cmd === 'publish' && connection.number === 1) return
      if (packet.cmd === 'publish')
        waiting.push(() => connection.send({ cmd: 'puback', messageId: packet.messageId ?? 0, reasonCode: 0 }))
      else {
        const receiveMaximum = connection.number === 1 ? 10 : 2
        const sessionPresent = connection.number > 1
        politely(undefined, { sessionPresent, properties: { receiveMaximum } })(packet, connection)
      }
    })
    const harness = startedHarness()
    const session = { cleanStart: false, sessionExpirySeconds: 60 }
    const profile = testProfile({ port: server.port, reconnect: withReconnect, ...session })
    await harness.connect(profile)
    const sent = [1, 2, 3, 4].map(() => harness.registry.publish(publishTo(profile, { qos: 1 })))
    await waitFor('all four messages', () => commandsOf(server.connections[0]).length === 4)
    // It says why, so that nothing we sent is to blame: Server shutting down.
    server.connections[0]?.socket.end(Buffer.from([0xe0, 1, 0x8b]))
    await Promise.all(sent)
    await waitFor('two messages', () => waiting.length === 2)
    // What it acknowledges here, it says behind everything it had to send.
    server.connections[1]?.send({
      cmd: 'publish',
      topic: 't',
      payload: 'x',
      qos: 1,
      dup: false,
      retain: false,
      messageId: 1,
    })
    await waitFor('the acknowledgement', () => commandsOf(server.connections[1]).includes('puback'))
    expect(commandsOf(server.connections[1])).toEqual(['publish', 'publish', 'puback'])
    for (let released = 0; released < 4; released += 1) {
      await waitFor('a message to acknowledge', () => waiting.length > 0)
      waiting.shift()?.()
    }
    await waitFor('all to be acknowledged', () =>
      [1, 2, 3, 4].every(
        (number) => harness.deliveries.filter(({ sequence }) => sequence === number).at(-1)?.state === 'acknowledged',
      ),
    )
    expect(commandsOf(server.connections[1]).filter((command) => command === 'publish')).toHaveLength(4)
  })

  it('queues beyond the Receive Maximum and tells so', async () => {
    const waiting: (() => void)[] = []
    const server = await startedServer((packet, connection) => {
      if (packet.cmd === 'publish')
        waiting.push(() => connection.send({ cmd: 'puback', messageId: packet.messageId ?? 0, reasonCode: 0 }))
      else politely(undefined, { properties: { receiveMaximum: 2 } })(packet, connection)
    })
    const harness = startedHarness()
    const profile = testProfile({ port: server.port })
    await harness.connect(profile)
    const sent = [1, 2, 3].map(() => harness.registry.publish(publishTo(profile, { qos: 1 })))
    await waitFor('two messages', () => waiting.length === 2)
    await waitFor('the third to be queued', () =>
      harness.deliveries.some(({ sequence, state }) => sequence === 3 && state === 'queued'),
    )
    expect(commandsOf(server.connections[0])).toEqual(['publish', 'publish'])
    waiting.shift()?.()
    await waitFor('the third message', () => commandsOf(server.connections[0]).length === 3)
    for (const acknowledge of waiting) acknowledge()
    expect((await Promise.all(sent)).every(({ ok }) => ok)).toBe(true)
  })
})
