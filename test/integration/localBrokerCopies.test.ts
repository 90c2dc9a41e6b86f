import type { IPublishPacket } from 'mqtt-packet'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLocalBroker } from '../../electron/core/localBroker/localBroker'
import { silentLog } from '../../electron/core/log'
import { findFreePort } from '../support/freePort'
import { startMosquitto } from '../support/mosquitto'
import { connectRaw, type ConnectOptions, type RawMqttClient } from '../support/rawMqttClient'
import { waitFor } from '../support/waitFor'

interface Broker {
  readonly port: number
  readonly stop: () => Promise<void>
}

const startLocal = async (): Promise<Broker> => {
  const broker = createLocalBroker({ log: silentLog, now: Date.now, random: Math.random, onState: () => undefined })
  const started = await broker.start({ preferredPort: await findFreePort(), devices: false })
  if (!started.ok) throw new Error(started.error.message)
  return { port: started.value, stop: broker.stop }
}

const startReal = async (): Promise<Broker> => {
  const broker = await startMosquitto()
  return { port: broker.port(), stop: broker.stop }
}

interface Wanted {
  readonly topic: string
  readonly qos: 0 | 1 | 2
  readonly nl?: boolean
  readonly rap?: boolean
}

let id = 0
const nextId = () => (id = (id % 60_000) + 1)

const subscribe = async (client: RawMqttClient, subscriptionIdentifier: number | null, ...wanted: Wanted[]) => {
  const before = client.of('suback').length
  client.send({
    cmd: 'subscribe',
    messageId: nextId(),
    ...(subscriptionIdentifier === null ? {} : { properties: { subscriptionIdentifier } }),
    subscriptions: wanted.map(({ nl = false, rap = false, ...others }) => ({ rh: 2, nl, rap, ...others })),
  })
  await client.next('suback', before)
}

/** Takes what comes as a client does, so that the next message may come. */
const acknowledge = (client: RawMqttClient) => {
  let seen = 0
  client.socket.on('data', () => {
    for (; seen < client.packets.length; seen += 1) {
      const packet = client.packets[seen]
      if (packet?.cmd === 'publish' && packet.qos === 1)
        client.send({ cmd: 'puback', messageId: packet.messageId ?? 0 })
      if (packet?.cmd === 'publish' && packet.qos === 2)
        client.send({ cmd: 'pubrec', messageId: packet.messageId ?? 0 })
      if (packet?.cmd === 'pubrel') client.send({ cmd: 'pubcomp', messageId: packet.messageId ?? 0 })
      if (packet?.cmd === 'pubrec') client.send({ cmd: 'pubrel', messageId: packet.messageId ?? 0 })
    }
  })
}

const sent: { readonly client: RawMqttClient; readonly qos: number }[] = []

const publish = (client: RawMqttClient, topic: string, options: Partial<IPublishPacket> = {}) => {
  const packet: IPublishPacket = {
    cmd: 'publish',
    topic,
    payload: 'x',
    qos: 0,
    dup: false,
    retain: false,
    messageId: nextId(),
    ...options,
  }
  sent.push({ client, qos: packet.qos })
  client.send(packet)
}

const identifiers = ({ properties }: IPublishPacket) =>
  [properties?.subscriptionIdentifier ?? []].flat().sort((left, right) => left - right)

const seen = (client: RawMqttClient) =>
  client.of('publish').map((packet) => [packet.topic, packet.qos, packet.retain, identifiers(packet)])

/** Everything published before this has come when its own message has. */
const publishLast = async (sender: RawMqttClient, reader: RawMqttClient) => {
  const published = (qos: number) => sent.filter((entry) => entry.client === sender && entry.qos === qos).length
  const isTaken = () => sender.of('puback').length === published(1) && sender.of('pubcomp').length === published(2)
  await waitFor('all acknowledged', isTaken)
  publish(sender, 'the/end')
  await waitFor('the last message', () => reader.of('publish').some(({ topic }) => topic === 'the/end'))
  return seen(reader).filter(([topic]) => topic !== 'the/end')
}

const open = async ({ port }: Broker, options: ConnectOptions) => {
  const { client } = await connectRaw(port, options)
  acknowledge(client)
  return client
}

describe.each([
  ['the local broker', startLocal],
  ['mosquitto', startReal],
] as const)('%s', (_name, start) => {
  let broker: Broker
  beforeAll(async () => {
    broker = await start()
  })
  afterAll(() => broker.stop())

  it('never delivers with a higher QoS than was asked for', async () => {
    const reader = await open(broker, { clientId: 'reader-2' })
    await subscribe(reader, 1, { topic: 'w/#', qos: 1 })
    await subscribe(reader, null, { topic: 'the/end', qos: 0 })
    const sender = await open(broker, { clientId: 'sender-2' })
    for (const qos of [0, 1, 2] as const) publish(sender, `w/${qos}`, { qos })
    const copies = await publishLast(sender, reader)
    expect(copies.sort()).toEqual([
      ['w/0', 0, false, [1]],
      ['w/1', 1, false, [1]],
      ['w/2', 1, false, [1]],
    ])
    for (const client of [reader, sender]) client.socket.destroy()
  })

  it('loses nothing where levels of QoS alternate', async () => {
    const reader = await open(broker, { clientId: 'reader-3' })
    await subscribe(reader, 9, { topic: 'm/#', qos: 2 }, { topic: 'the/end', qos: 0 })
    const sender = await open(broker, { clientId: 'sender-3' })
    sender.socket.cork()
    for (let index = 0; index < 60; index += 1)
      publish(sender, `m/${index}`, { qos: ([0, 1, 2] as const)[index % 3] ?? 0 })
    sender.socket.uncork()
    const copies = await waitFor('all messages', () => (reader.of('publish').length >= 60 ? seen(reader) : null))
    expect(new Set(copies.map(([topic]) => topic)).size).toBe(60)
    for (const client of [reader, sender]) client.socket.destroy()
  })

  it('leaves out filters with No Local, and keeps RETAIN for those that ask', async () => {
    const reader = await open(broker, { clientId: 'reader-4' })
    await subscribe(reader, 1, { topic: 'n/#', qos: 1, nl: true })
    await subscribe(reader, 2, { topic: 'n/own', qos: 0 })
    await subscribe(reader, 3, { topic: 'r/+', qos: 0, rap: true })
    await subscribe(reader, null, { topic: 'the/end', qos: 0 })
    publish(reader, 'n/own', { qos: 1 })
    publish(reader, 'n/none', { qos: 1 })
    const sender = await open(broker, { clientId: 'sender-4' })
    publish(sender, 'r/x', { retain: true })
    const copies = await publishLast(sender, reader)
    expect(copies.filter(([topic]) => topic === 'n/own')).toEqual([['n/own', 0, false, [2]]])
    expect(copies.filter(([topic]) => topic === 'n/none')).toEqual([])
    expect(copies.filter(([topic]) => topic === 'r/x')).toEqual([['r/x', 0, true, [3]]])
    for (const client of [reader, sender]) client.socket.destroy()
  })
})

describe('the local broker', () => {
  it('delivers one copy with the highest QoS that names every matching filter', async () => {
    const broker = await startLocal()
    const reader = await open(broker, { clientId: 'reader-1' })
    await subscribe(reader, 1, { topic: 'a/#', qos: 0 })
    await subscribe(reader, 2, { topic: 'a/+', qos: 2 }, { topic: 'a/b/#', qos: 1 })
    await subscribe(reader, 3, { topic: 'a/b', qos: 1 })
    await subscribe(reader, 4, { topic: 'other', qos: 1 })
    await subscribe(reader, null, { topic: '+/b', qos: 0 }, { topic: 'the/end', qos: 0 })
    const sender = await open(broker, { clientId: 'sender-1' })
    publish(sender, 'a/b', { qos: 2 })
    const copies = await publishLast(sender, reader)
    expect(copies.map(([topic, qos, retain]) => [topic, qos, retain])).toEqual([['a/b', 2, false]])
    expect([...new Set(copies[0]?.[3] as number[])]).toEqual([1, 2, 3])
    await broker.stop()
  })

  it('names them in what waited for a session, too, once a message', async () => {
    const broker = await startLocal()
    const session = { clientId: 'reader-5', sessionExpiryInterval: 600 }
    const before = await open(broker, { ...session, clean: true })
    await subscribe(before, 1, { topic: 'q/#', qos: 1 })
    await subscribe(before, 2, { topic: 'q/+', qos: 2 })
    await subscribe(before, 3, { topic: 'q/a', qos: 0 })
    before.send({ cmd: 'disconnect', reasonCode: 0 })
    await waitFor('the end', before.isClosed)
    const sender = await open(broker, { clientId: 'sender-5' })
    publish(sender, 'q/a', { qos: 2, properties: { contentType: 'text/plain' } })
    publish(sender, 'q/b', { qos: 1 })
    await waitFor('both acknowledged', () => sender.of('puback').length === 1 && sender.of('pubcomp').length === 1)
    const after = await open(broker, { ...session, clean: false })
    await waitFor('both', () => after.of('publish').length >= 2)
    await subscribe(after, null, { topic: 'the/end', qos: 0 })
    const copies = await publishLast(sender, after)
    expect(copies.map(([topic, qos]) => [topic, qos])).toEqual([
      ['q/a', 2],
      ['q/b', 1],
    ])
    for (const [, , , named] of copies) expect((named as number[]).filter((number) => number !== 3)).toEqual([1, 2])
    expect(after.of('publish')[0]?.properties?.contentType).toBe('text/plain')
    for (const client of [after, sender]) client.socket.destroy()
    await broker.stop()
  })

  it('says in CONNACK what it cannot do and how much it takes', async () => {
    const broker = await startLocal()
    const { client, connack } = await connectRaw(broker.port, { clientId: 'c', sessionExpiryInterval: 0xffffffff })
    expect(connack).toMatchObject({
      reasonCode: 0,
      properties: {
        sharedSubscriptionAvailable: false,
        maximumPacketSize: 16 * 2 ** 20,
        receiveMaximum: 100,
        sessionExpiryInterval: 86_400,
      },
    })
    client.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: '$share/g/a', qos: 0 }] })
    expect((await client.next('suback')).granted).toEqual([0x9e])
    publish(client, 'a', { properties: { subscriptionIdentifier: 7 } })
    expect((await client.next('disconnect')).reasonCode).toBe(0x82)
    await broker.stop()
  })
})
