import { describe, expect, it } from 'vitest'
import { newProfile } from '../../shared/model/profile'
import { publishWithMosquitto } from '../support/mosquittoClients'
import { rawMqttClient } from '../support/rawMqttClient'
import { waitFor } from '../support/waitFor'
import { politely, startFakeServer } from './sessionFakeServer'
import { createStarter, subscribed, testProfile } from './sessionHarness'

const { onStop, startedBroker, startedHarness } = createStarter()
const { connectProperties } = newProfile({ id: 'x' })
const allowing = (topicAliasMaximum: number) => ({ connectProperties: { ...connectProperties, topicAliasMaximum } })

const message = { cmd: 'publish' as const, qos: 0 as const, dup: false, retain: false }

describe('topic aliases of the server', () => {
  it('stand for the topic they were given with, also a topic given anew, and a message that was skipped', async () => {
    const server = await startFakeServer(
      politely((packet, { send, sendBytes }) => {
        if (packet.cmd !== 'subscribe') return
        send({ ...message, topic: 'one', payload: '1', properties: { topicAlias: 1 } })
        sendBytes(0x30, 7, 0, 0, 3, 0x23, 0, 1, 0x32)
        send({ ...message, topic: 'two', payload: Buffer.alloc(2 ** 17), properties: { topicAlias: 2 } })
        sendBytes(0x30, 7, 0, 0, 3, 0x23, 0, 2, 0x33)
        send({ ...message, topic: 'three', payload: '4', properties: { topicAlias: 1 } })
        sendBytes(0x30, 7, 0, 0, 3, 0x23, 0, 1, 0x35)
      }),
    )
    onStop(server.stop)
    const harness = startedHarness({ maximumPacketBytes: 2 ** 16 })
    const profile = testProfile({ port: server.port, subscriptions: [subscribed('#', { qos: 0 })], ...allowing(2) })
    await harness.connect(profile)
    const seen = await harness.received(profile, 5)
    expect(seen.map(({ topic, payload }) => `${topic} ${payload.toString()}`)).toEqual([
      'one 1',
      'one 2',
      'two 3',
      'three 4',
      'three 5',
    ])
    expect(seen.map(({ properties }) => properties?.topicAlias)).toEqual([1, 1, 2, 1, 1])
    expect(harness.skipped).toMatchObject([{ topic: 'two' }])
  })

  it('are still known when the topics were forgotten', async () => {
    const server = await startFakeServer(
      politely((packet, { send }) => {
        if (packet.cmd === 'subscribe') send({ ...message, topic: 'one', payload: '1', properties: { topicAlias: 1 } })
      }),
    )
    onStop(server.stop)
    const harness = startedHarness()
    const profile = testProfile({ port: server.port, subscriptions: [subscribed('#', { qos: 0 })], ...allowing(1) })
    await harness.connect(profile)
    await harness.received(profile, 1)
    harness.forgetTopics(profile)
    server.connections[0]?.sendBytes(0x30, 7, 0, 0, 3, 0x23, 0, 1, 0x32)
    expect((await harness.received(profile, 2)).map(({ topic }) => topic)).toEqual(['one', 'one'])
  })

  it.each<[string, number[], string, number]>([
    [
      'one beyond the maximum',
      [0x30, 7, 0, 1, 0x61, 3, 0x23, 0, 3],
      'PUBLISH: topic alias 3, but 2 were allowed',
      0x94,
    ],
    ['0', [0x30, 7, 0, 1, 0x61, 3, 0x23, 0, 0], 'PUBLISH: topic alias 0', 0x94],
    ['one that was not given', [0x30, 6, 0, 0, 3, 0x23, 0, 1], 'PUBLISH: topic alias 1 stands for nothing yet', 0x82],
  ])('%s breaks the standard, and the server is told', async (...[, bytes, detail, code]) => {
    const server = await startFakeServer(
      politely((packet, { sendBytes }) => {
        if (packet.cmd === 'subscribe') sendBytes(...bytes)
      }),
    )
    onStop(server.stop)
    const harness = startedHarness()
    const profile = testProfile({ port: server.port, subscriptions: [subscribed('#', { qos: 0 })], ...allowing(2) })
    expect(await harness.failureOf(profile)).toMatchObject({ code: 'malformedPacket', values: { detail } })
    const last = await waitFor('DISCONNECT', () =>
      server.connections[0]?.received.find(({ cmd }) => cmd === 'disconnect'),
    )
    expect(last).toMatchObject({ reasonCode: code })
  })

  it('are asked of mosquitto, and what a client publishes with one arrives under its topic', async () => {
    const broker = await startedBroker()
    const harness = startedHarness()
    const profile = testProfile({ port: broker.port(), subscriptions: [subscribed('#', { qos: 0 })], ...allowing(10) })
    await harness.connect(profile)
    await harness.granted(profile)
    const raw = rawMqttClient(broker.port())
    onStop(() => {
      raw.socket.destroy()
      return Promise.resolve()
    })
    raw.send({ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 5, clientId: 'raw', clean: true, keepalive: 0 })
    await raw.next('connack')
    raw.send({ ...message, topic: 'alias/one', payload: 'a', properties: { topicAlias: 4 } })
    raw.socket.write(Buffer.from([0x30, 7, 0, 0, 3, 0x23, 0, 4, 0x62]))
    await publishWithMosquitto({ port: broker.port(), topic: 'alias/one', payload: 'c' })
    const seen = await harness.received(profile, 3)
    expect(seen.map(({ topic, payload }) => `${topic} ${payload.toString()}`).toSorted()).toEqual([
      'alias/one a',
      'alias/one b',
      'alias/one c',
    ])
  })
})
