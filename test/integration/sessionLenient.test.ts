import { describe, expect, it } from 'vitest'
import type { Profile } from '#shared/model/profile'
import { waitFor } from '../support/waitFor'
import { startFakeServer, type OnPacket } from './sessionFakeServer'
import { createStarter, publishTo, subscribed, testProfile, withReconnect } from './sessionHarness'

const { onStop, startedHarness } = createStarter()
const serverSaying = async (onPacket: OnPacket, version: 4 | 5 = 4) => {
  const server = await startFakeServer(onPacket, version)
  onStop(server.stop)
  return server
}
const suback = (id: number, code: number) => [0x90, 3, id >> 8, id & 255, code]

describe('an MQTT 3.1 broker', () => {
  it('may mark PUBREL as a duplicate: PUBCOMP answers, and the connection stays', async () => {
    const server = await serverSaying((packet, { sendBytes }) => {
      if (packet.cmd === 'connect') sendBytes(0x20, 2, 0, 0)
      if (packet.cmd === 'subscribe') sendBytes(...suback(packet.messageId ?? 0, 2), 0x34, 6, 0, 1, 0x61, 0, 7, 0x31)
      if (packet.cmd === 'pubrec') sendBytes(0x6a, 2, 0, 7)
      if (packet.cmd === 'pubcomp') sendBytes(0x30, 4, 0, 1, 0x61, 0x32)
    })
    const harness = startedHarness()
    const profile = testProfile({ port: server.port, protocolVersion: '3.1', subscriptions: [subscribed('a')] })
    await harness.connect(profile)
    const incoming = await harness.received(profile, 2)
    expect(incoming.map(({ payload }) => payload.toString())).toEqual(['1', '2'])
    expect(server.connections[0]?.received).toMatchObject([
      { cmd: 'subscribe' },
      { cmd: 'pubrec', messageId: 7 },
      { cmd: 'pubcomp', messageId: 7 },
    ])
  })

  it('may set any bit that 3.1 leaves unused', async () => {
    const server = await serverSaying((packet, { sendBytes }) => {
      const id = packet.messageId ?? 0
      if (packet.cmd === 'connect') sendBytes(0x2f, 2, 0xff, 0)
      if (packet.cmd === 'subscribe') sendBytes(0x9a, 3, 0, id, 0x7d)
      if (packet.cmd === 'publish') sendBytes(0x4f, 2, 0, id)
    })
    const harness = startedHarness()
    const profile = testProfile({ port: server.port, protocolVersion: '3.1', subscriptions: [subscribed('a')] })
    expect(await harness.connect(profile)).toMatchObject({ session: 'begunAnew' })
    await harness.granted(profile)
    expect(await harness.registry.publish(publishTo(profile, { qos: 1 }))).toMatchObject({ ok: true })
  })

  it('says nothing of a session', async () => {
    const server = await serverSaying((packet, { sendBytes }) => {
      if (packet.cmd === 'connect') sendBytes(0x20, 2, 0, 0)
    })
    const profile = testProfile({ port: server.port, protocolVersion: '3.1', cleanStart: false })
    expect(await startedHarness().connect(profile)).toMatchObject({ session: 'notSaid', sessionPresent: true })
  })
})

describe('DISCONNECT from a broker before MQTT 5', () => {
  it.each(['3.1', '3.1.1'] as const)('of MQTT %s is a close, and is tried again', async (protocolVersion) => {
    const server = await serverSaying((packet, { sendBytes, socket, number }) => {
      if (packet.cmd === 'connect') sendBytes(0x20, 2, 0, 0)
      if (packet.cmd !== 'subscribe') return
      sendBytes(...suback(packet.messageId ?? 0, 0))
      if (number === 1) socket.end(Buffer.from([0xe0, 0]))
    })
    const harness = startedHarness()
    const subscriptions = [subscribed('a', { qos: 0 })]
    const profile = testProfile({ port: server.port, protocolVersion, subscriptions, reconnect: withReconnect })
    await harness.connect(profile)
    await waitFor(
      'the second connection',
      () => server.connections.length > 1 && harness.stateOf(profile).phase === 'online',
    )
    const waiting = harness.history.flatMap(({ state }) => (state.phase === 'waiting' ? [state.reason] : []))
    expect(waiting).toMatchObject([{ code: 'connectionClosed', stage: 'online', values: { detail: 'disconnect' } }])
  })
})

describe('Session Present after a clean start', () => {
  const claiming: OnPacket = (packet, { sendBytes }) => {
    if (packet.cmd === 'connect') sendBytes(...(packet.protocolVersion === 5 ? [0x20, 3, 1, 0, 0] : [0x20, 2, 1, 0]))
  }

  it.each(['3.1.1', '5'] as const)('closes with MQTT %s, and going on is offered', async (protocolVersion) => {
    const server = await serverSaying(claiming, protocolVersion === '5' ? 5 : 4)
    const harness = startedHarness()
    const profile = testProfile({ port: server.port, protocolVersion, reconnect: withReconnect })
    expect(await harness.failureOf(profile)).toMatchObject({
      code: 'sessionNotClean',
      remedies: [{ id: 'beLenient', action: { kind: 'tryOnce', change: { lenient: true } } }],
    })
    const told = () => server.connections[0]?.received.find(({ cmd }) => cmd === 'disconnect')
    if (protocolVersion === '5') expect(await waitFor('our DISCONNECT', told)).toMatchObject({ reasonCode: 0x82 })
    expect(harness.registry.tryRemedy(profile.id, 'beLenient')).toMatchObject({ ok: true })
    expect(await harness.reach(profile, 'online')).toMatchObject({ session: 'keptAnyway', sessionPresent: false })
  })
})

describe('a lenient connection', () => {
  const lenient = (port: number, given: Partial<Profile>) => testProfile({ port, lenient: true, ...given })

  it('takes reserved flags of MQTT 5, which otherwise end it with an offer to do so', async () => {
    const server = await serverSaying((packet, { sendBytes }) => {
      const id = packet.messageId ?? 0
      if (packet.cmd === 'connect') sendBytes(0x21, 3, 0x80, 0, 0)
      if (packet.cmd === 'subscribe') sendBytes(0x92, 4, 0, id, 0, 0)
    }, 5)
    const harness = startedHarness()
    const strict = testProfile({ port: server.port })
    expect(await harness.failureOf(strict)).toMatchObject({
      code: 'malformedPacket',
      remedies: [{ id: 'beLenient' }],
    })
    const profile = lenient(server.port, { subscriptions: [subscribed('a', { qos: 0 })] })
    await harness.connect(profile)
    await harness.granted(profile)
  })
})

describe('what comes right behind CONNACK', () => {
  it.each(['3.1.1', '5'] as const)('has its answer: PUBREC its PUBREL, with MQTT %s', async (protocolVersion) => {
    const connack = protocolVersion === '5' ? [0x20, 3, 1, 0, 0] : [0x20, 2, 1, 0]
    const server = await serverSaying(
      (packet, { sendBytes }) => {
        if (packet.cmd === 'connect')
          sendBytes(
            ...connack,
            0x50,
            2,
            0,
            9,
            0x30,
            connack.length - 1,
            0,
            1,
            0x61,
            ...(protocolVersion === '5' ? [0] : []),
          )
      },
      protocolVersion === '5' ? 5 : 4,
    )
    const harness = startedHarness()
    const expiry = { cleanStart: false, sessionExpirySeconds: 60 }
    const profile = testProfile({ port: server.port, protocolVersion, ...expiry })
    await harness.connect(profile)
    const pubrel = () => server.connections[0]?.received.find(({ cmd }) => cmd === 'pubrel')
    expect(await waitFor('PUBREL', pubrel)).toMatchObject({ messageId: 9 })
    await harness.received(profile, 1)
  })
})

describe('UNSUBACK with a code nobody has named', () => {
  it('concerns its filter, and the connection stays', async () => {
    const server = await serverSaying((packet, { sendBytes }) => {
      const id = packet.messageId ?? 0
      if (packet.cmd === 'connect') sendBytes(0x20, 3, 0, 0, 0)
      if (packet.cmd === 'subscribe') sendBytes(0x90, 4, 0, id, 0, 0)
      if (packet.cmd === 'unsubscribe') sendBytes(0xb0, 4, 0, id, 0, 0x9f)
    }, 5)
    const harness = startedHarness()
    const profile = testProfile({ port: server.port, subscriptions: [subscribed('a', { qos: 0 })] })
    await harness.connect(profile)
    await harness.granted(profile)
    harness.registry.updateProfile({ ...profile, subscriptions: [subscribed('b', { qos: 0 })] })
    await waitFor('UNSUBSCRIBE', () => server.connections[0]?.received.some(({ cmd }) => cmd === 'unsubscribe'))
    await harness.granted(profile)
    expect(harness.stateOf(profile).phase).toBe('online')
  })
})
