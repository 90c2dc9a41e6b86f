import { afterEach, describe, expect, it } from 'vitest'
import {
  createLocalBroker,
  type LocalBroker,
  type LocalBrokerOptions,
} from '../../electron/core/localBroker/localBroker'
import { localBrokerLimits, type LocalBrokerLimits } from '../../electron/core/localBroker/localBrokerLimits'
import { silentLog } from '../../electron/core/log'
import type { LocalBrokerUse } from '../../shared/model/localBroker'
import { findFreePort } from '../support/freePort'
import { connectRaw, rawMqttClient, type RawMqttClient } from '../support/rawMqttClient'
import { waitFor } from '../support/waitFor'

let broker: LocalBroker
let told: LocalBrokerUse[] = []
afterEach(() => broker.stop())

const start = async (limits: Partial<LocalBrokerLimits> = {}, options: Partial<LocalBrokerOptions> = {}) => {
  told = []
  broker = createLocalBroker({
    log: silentLog,
    now: Date.now,
    random: Math.random,
    onState: () => undefined,
    limits,
    onUse: (use) => told.push(use),
    ...options,
  })
  const started = await broker.start({ preferredPort: await findFreePort(), devices: false })
  if (!started.ok) throw new Error(started.error.message)
  return started.value
}

const refused = (kind: keyof LocalBrokerUse['refused']) => broker.use().refused[kind] ?? 0
const toldRefusals = (kind: keyof LocalBrokerUse['refused']) => told.at(-1)?.refused[kind] ?? 0
const kilobytes = (count: number) => Buffer.alloc(count * 1_024, 7)

const publish = (client: RawMqttClient, ...[topic, payload, options = {}]: [string, Buffer | string, object?]) =>
  client.send({
    cmd: 'publish',
    topic,
    payload,
    qos: 1,
    dup: false,
    retain: false,
    messageId: 1,
    ...options,
  })
const subscribe = async (client: RawMqttClient, ...topics: string[]) => {
  const before = client.of('suback').length
  client.send({ cmd: 'subscribe', messageId: 9, subscriptions: topics.map((topic) => ({ topic, qos: 1 as const })) })
  return (await client.next('suback', before)).granted
}

/** Somebody who has nothing to do with the hostile one gets on as if nothing were. */
const stillServes = async (port: number) => {
  const { client, connack } = await connectRaw(port, { clientId: 'bystander' })
  expect(connack.reasonCode).toBe(0)
  expect(await subscribe(client, 'bystander/#')).toEqual([1])
  publish(client, 'bystander/x', 'x')
  await client.next('publish')
  client.socket.destroy()
  await waitFor(
    'the bystander to be gone',
    () => !broker.use().clients.some(({ clientId }) => clientId === 'bystander'),
  )
}

describe('clients of the local broker', () => {
  it.each([
    [5, { reasonCode: 0x97 }],
    [4, { returnCode: 3 }],
  ] as const)('of MQTT level %i beyond the limit are told so, and a takeover is none', async (level, answer) => {
    const port = await start({ clients: 3 })
    for (const clientId of ['a', 'b', 'c']) await connectRaw(port, { clientId })
    const { client, connack } = await connectRaw(port, { clientId: 'd' }, level)
    expect(connack).toMatchObject(answer)
    await waitFor('the end of its connection', client.isClosed)
    expect((await connectRaw(port, { clientId: 'a' })).connack.reasonCode).toBe(0)
    await waitFor('the refusal to be told', () => toldRefusals('clients') === 1)
  })

  it('who never say CONNECT are bounded, and somebody who does still gets in', async () => {
    const port = await start({ clients: 4, strangers: 4, connectTimeoutMs: 200 })
    const strangers = Array.from({ length: 40 }, () => rawMqttClient(port))
    await waitFor('most to be closed', () => strangers.filter((stranger) => stranger.isClosed()).length >= 32)
    await waitFor('all to be closed', () => strangers.every((stranger) => stranger.isClosed()))
    await stillServes(port)
    expect(refused('clients')).toBeGreaterThanOrEqual(32)
  })

  it('are told with name, version and user name, cut and visible', async () => {
    const port = await start()
    const { client } = await connectRaw(port, { clientId: 'plain' })
    const odd = `odd\u202e\u0001${'x'.repeat(5_000)}`
    await connectRaw(port, { clientId: odd }, 4)
    const [first, second] = await waitFor('both', () =>
      told.at(-1)?.clients.length === 2 ? told.at(-1)?.clients : null,
    )
    expect(first).toEqual({ clientId: 'plain', protocolVersion: '5', username: '' })
    expect(second?.protocolVersion).toBe('3.1.1')
    expect(second?.clientId).not.toMatch(/[\u202e\u0001]/)
    expect(second?.clientId.length).toBeLessThanOrEqual(60)
    client.socket.destroy()
    await waitFor('one', () => told.at(-1)?.clients.length === 1)
    await broker.stop()
    expect(told.at(-1)).toEqual({ clients: [], refused: {} })
  })

  it('that come and go at any rate are told a few times only', async () => {
    const port = await start()
    for (let index = 0; index < 60; index += 1) {
      const { client } = await connectRaw(port, { clientId: `c${index}` })
      client.socket.destroy()
    }
    await waitFor('the last to be gone', () => told.at(-1)?.clients.length === 0)
    expect(told.length).toBeLessThan(60)
  })
})

describe('user name and password of the local broker', () => {
  const connectAs = async (port: number, version: 4 | 5, ...[username, password]: [string?, string?]) => {
    const client = rawMqttClient(port, version)
    client.send({
      cmd: 'connect',
      clientId: `as-${String(username)}`,
      clean: true,
      keepalive: 0,
      protocolId: 'MQTT',
      protocolVersion: version,
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password: Buffer.from(password) }),
    })
    const { reasonCode, returnCode } = await client.next('connack')
    return version === 5 ? reasonCode : returnCode
  }

  it('are asked of everybody, and what is wrong is told', async () => {
    const port = await start({}, { access: () => ({ username: 'ann', password: 'geheim' }) })
    expect(await connectAs(port, 5, 'ann', 'geheim')).toBe(0)
    expect(await connectAs(port, 4, 'ann', 'geheim')).toBe(0)
    expect(await connectAs(port, 5)).toBe(0x86)
    expect(await connectAs(port, 4)).toBe(4)
    for (const [username, password] of [
      ['ann', 'geheim '],
      ['ann', ''],
      ['Ann', 'geheim'],
      ['', 'geheim'],
      ['__proto__', 'geheim'],
    ])
      expect(await connectAs(port, 5, username, password)).toBe(0x86)
    await waitFor('the refusals to be told', () => toldRefusals('password') === 7)
    expect(broker.use().clients.map(({ username }) => username)).toEqual(['ann'])
  })

  it('let nobody in while the password cannot be read, and everybody when they are taken away', async () => {
    let access: { username: string; password: string | null } | null = { username: 'ann', password: null }
    const port = await start({}, { access: () => access })
    expect(await connectAs(port, 5, 'ann', '')).toBe(0x86)
    expect(await connectAs(port, 5, 'ann')).toBe(0x86)
    access = null
    expect(await connectAs(port, 5)).toBe(0)
  })
})

describe('what one program sends to the local broker', () => {
  it('is never a larger packet than announced, and none is buffered', async () => {
    const port = await start({ packetBytes: 64 * 1_024 })
    const { client, connack } = await connectRaw(port, { clientId: 'large' })
    expect(connack.properties?.maximumPacketSize).toBe(64 * 1_024)
    publish(client, 'a', kilobytes(70))
    expect((await client.next('disconnect')).reasonCode).toBe(0x95)
    // A header that promises 256 MiB, and bytes that go on for ever.
    const { client: endless } = await connectRaw(port, { clientId: 'endless' }, 4)
    endless.socket.write(Buffer.from([0x30, 0xff, 0xff, 0xff, 0x7f, 0, 1, 0x61]))
    await waitFor('the end of its connection', () => {
      if (!endless.isClosed()) endless.socket.write(kilobytes(16))
      return endless.isClosed()
    })
    await waitFor('both to be told', () => toldRefusals('packet') >= 2)
    await waitFor('nothing to be held', () => broker.heldBytes() === 0)
    await stillServes(port)
  })

  it.each([
    [1, 'puback'],
    [2, 'pubrec'],
  ] as const)('is refused as retained messages with QoS %i and a reason beyond the limit', async (qos, answer) => {
    const port = await start({ retainedBytes: 200 * 1_024, retainedMessageBytes: 50 * 1_024 })
    const { client } = await connectRaw(port, { clientId: 'retaining' })
    for (let index = 1; index <= 10; index += 1)
      publish(client, `r/${index}`, kilobytes(30), { qos, retain: true, messageId: index })
    await waitFor('ten answers', () => client.of(answer).length === 10)
    const codes = client.of(answer).map(({ reasonCode }) => reasonCode ?? 0)
    expect(codes.filter((code) => code === 0).length).toBe(6)
    expect(codes.filter((code) => code === 0x97).length).toBe(4)
    // In the place of another of its topic, one still fits; and clearing makes room.
    publish(client, 'r/1', kilobytes(29), { retain: true, messageId: 21 })
    publish(client, 'r/2', '', { retain: true, messageId: 22 })
    const codeOf = (id: number) =>
      waitFor(`answer ${id}`, () => client.of('puback').find(({ messageId }) => messageId === id))
    expect((await codeOf(21)).reasonCode ?? 0).toBe(0)
    expect((await codeOf(22)).reasonCode ?? 0).toBe(0)
    publish(client, 'r/10', kilobytes(30), { retain: true, messageId: 23 })
    publish(client, 'r/large', kilobytes(60), { retain: true, messageId: 24 })
    expect((await codeOf(23)).reasonCode ?? 0).toBe(0)
    expect((await codeOf(24)).reasonCode).toBe(0x97)
    await waitFor('the refusals to be told', () => toldRefusals('retained') === 5)
    await stillServes(port)
  })

  it('is no flood of retained messages: what is held stays below the limit, on thousands of topics', async () => {
    const port = await start({ retainedBytes: 2 * 2 ** 20, memoryBytes: 4 * 2 ** 20 })
    const { client } = await connectRaw(port, { clientId: 'flooding' })
    for (let index = 0; index < 20_000; index += 1)
      publish(client, `f/${index}`, 'x'.repeat(200), { qos: 0, retain: true })
    publish(client, 'f/end', 'x')
    await client.next('puback')
    expect(broker.heldBytes()).toBeLessThanOrEqual(2 * 2 ** 20)
    expect(refused('retained')).toBeGreaterThan(1_000)
    await stillServes(port)
  })

  it('before MQTT 5 has no reason, so the connection of a refused message ends', async () => {
    const port = await start({ retainedMessageBytes: 1_000 })
    const { client } = await connectRaw(port, { clientId: 'old' }, 4)
    publish(client, 'a', kilobytes(2), { retain: true })
    await waitFor('its end', client.isClosed)
    expect(client.of('puback')).toEqual([])
  })

  it('holds a bounded number of filters, and a refused SUBSCRIBE is answered for each', async () => {
    const port = await start({ subscriptions: 5 })
    for (const level of [5, 4] as const) {
      const { client } = await connectRaw(port, { clientId: `many-${level}` }, level)
      expect(await subscribe(client, 'a', 'b', 'c')).toEqual([1, 1, 1])
      const refusal = level === 5 ? 0x97 : 0x80
      expect(await subscribe(client, 'd', 'e', 'f')).toEqual([refusal, refusal, refusal])
      // Those it has may be changed.
      expect(await subscribe(client, 'a', 'b', 'd')).toEqual([1, 1, 1])
      client.send({ cmd: 'unsubscribe', messageId: 3, unsubscriptions: ['a'] })
      await client.next('unsuback')
      expect(await subscribe(client, 'e', 'f')).toEqual([1, 1])
      client.socket.destroy()
    }
    await waitFor('nothing to be held', () => broker.heldBytes() === 0)
  })

  it('is judged also where it comes before the CONNACK', async () => {
    const port = await start({ subscriptions: 5 })
    const client = rawMqttClient(port)
    client.socket.cork()
    client.send({
      cmd: 'connect',
      clientId: 'hasty',
      clean: true,
      keepalive: 0,
      protocolId: 'MQTT',
      protocolVersion: 5,
    })
    for (let index = 0; index < 20; index += 1)
      client.send({ cmd: 'subscribe', messageId: index + 1, subscriptions: [{ topic: `t/${index}`, qos: 0 }] })
    client.socket.uncork()
    await waitFor('all answers', () => client.of('suback').length === 20)
    expect(client.of('suback').filter(({ granted }) => granted[0] === 0)).toHaveLength(5)
    client.socket.destroy()
    const flood = rawMqttClient(port)
    flood.socket.cork()
    flood.send({ cmd: 'connect', clientId: 'flood', clean: true, keepalive: 0, protocolId: 'MQTT', protocolVersion: 5 })
    for (let index = 0; index < 5_000; index += 1) flood.send({ cmd: 'pingreq' })
    flood.socket.uncork()
    await waitFor('an end or all answers', () => flood.isClosed() || flood.of('pingresp').length === 5_000)
    await stillServes(port)
  })

  it('leaves bounded sessions behind, whatever number of identities it takes', async () => {
    const port = await start({ sessions: 10 })
    let granted = 0
    for (let index = 0; index < 30; index += 1) {
      const { client } = await connectRaw(port, { clientId: `s${index}`, clean: false }, 4)
      const [code] = await subscribe(client, 's/#')
      if (code === 1) granted += 1
      client.socket.destroy()
    }
    expect(granted).toBe(10)
    for (let index = 0; index < 30; index += 1) {
      const { client } = await connectRaw(port, { clientId: `v${index}`, sessionExpiryInterval: 1_000 })
      client.socket.destroy()
    }
    await waitFor('all to be gone', () => broker.use().clients.length === 0)
    const { client } = await connectRaw(port, { clientId: 'sender' })
    for (let index = 1; index <= 100; index += 1) publish(client, 's/x', kilobytes(1), { messageId: index })
    await waitFor('all answers', () => client.of('puback').length === 100)
    expect(broker.heldBytes()).toBeLessThan(10 * 100 * 3_000)
    await stillServes(port)
  })

  it('queues bounded messages and bytes for a session that is away; the rest is told', async () => {
    const port = await start({ queuedMessages: 50, queuedBytes: 100 * 1_024 })
    const away = { clientId: 'away', sessionExpiryInterval: 1_000 }
    const { client: before } = await connectRaw(port, away)
    await subscribe(before, 'q/#')
    before.socket.destroy()
    await waitFor('it to be gone', () => broker.use().clients.length === 0)
    const { client: sender } = await connectRaw(port, { clientId: 'sender' })
    for (let index = 1; index <= 80; index += 1) publish(sender, `q/${index}`, 'x', { messageId: index })
    await waitFor('all answers', () => sender.of('puback').length === 80)
    expect(refused('queue')).toBe(30)
    const { client: after } = await connectRaw(port, { ...away, clean: false })
    await waitFor('what waited', () => after.of('publish').length >= 50)
    expect(after.of('publish').map(({ topic }) => topic)).toEqual(
      Array.from({ length: 50 }, (_, index) => `q/${index + 1}`),
    )
    for (const { messageId } of after.of('publish')) after.send({ cmd: 'puback', messageId: messageId ?? 0 })
    publish(sender, 'q/next', kilobytes(60), { messageId: 90 })
    publish(sender, 'q/too-much', kilobytes(60), { messageId: 91 })
    await waitFor('the next', () => after.of('publish').some(({ topic }) => topic === 'q/next'))
    await waitFor('both answers', () => sender.of('puback').length === 82)
    expect(refused('queue')).toBe(31)
    await stillServes(port)
  })

  it('has a bounded number of QoS 2 messages under way', async () => {
    const port = await start({ receiveMaximum: 10 })
    const { client, connack } = await connectRaw(port, { clientId: 'two' })
    expect(connack.properties?.receiveMaximum).toBe(10)
    for (let index = 1; index <= 10; index += 1) publish(client, 'a', 'x', { qos: 2, messageId: index })
    await waitFor('ten answers', () => client.of('pubrec').length === 10)
    publish(client, 'a', 'x', { qos: 2, messageId: 10, dup: true })
    await waitFor('one more', () => client.of('pubrec').length === 11)
    client.send({ cmd: 'pubrel', messageId: 1 })
    await client.next('pubcomp')
    publish(client, 'a', 'x', { qos: 2, messageId: 11 })
    await waitFor('one more', () => client.of('pubrec').length === 12)
    publish(client, 'a', 'x', { qos: 2, messageId: 12 })
    expect((await client.next('disconnect')).reasonCode).toBe(0x93)
    await waitFor('its end', client.isClosed)
    await waitFor('nothing to be held', () => broker.heldBytes() === 0)
  })

  it('is judged where many packets come in one piece: no answer promises what is not kept', async () => {
    const port = await start({ retainedBytes: 20 * 1_024, receiveMaximum: 10 })
    const { client } = await connectRaw(port, { clientId: 'bunch' })
    client.socket.cork()
    for (let index = 1; index <= 60; index += 1)
      publish(client, `r/${index}`, kilobytes(1), { retain: true, messageId: index })
    client.socket.uncork()
    await waitFor('all answers', () => client.of('puback').length === 60)
    const promised = client.of('puback').filter(({ reasonCode }) => (reasonCode ?? 0) === 0).length
    const { client: reader } = await connectRaw(port, { clientId: 'reader' })
    await subscribe(reader, 'r/#')
    await waitFor('what was kept', () => reader.of('publish').length >= promised)
    expect(reader.of('publish')).toHaveLength(promised)
    expect(promised).toBeLessThan(20)
    client.socket.cork()
    for (let index = 1; index <= 60; index += 1) publish(client, 'two', 'x', { qos: 2, messageId: 100 + index })
    client.socket.uncork()
    expect((await client.next('disconnect')).reasonCode).toBe(0x93)
    await waitFor('its end', client.isClosed)
    await stillServes(port)
  })

  it('is told no where all of the memory is used up, whatever it is', async () => {
    const port = await start({ memoryBytes: 300 * 1_024, queuedBytes: 2 ** 30 })
    const { client } = await connectRaw(port, { clientId: 'kept', sessionExpiryInterval: 1_000 })
    await subscribe(client, 'k/#')
    client.socket.destroy()
    await waitFor('it to be gone', () => broker.use().clients.length === 0)
    const { client: sender } = await connectRaw(port, { clientId: 'sender' })
    for (let index = 1; index <= 20; index += 1) publish(sender, 'k/x', kilobytes(30), { messageId: index })
    await waitFor('all answers', () => sender.of('puback').length === 20)
    expect(broker.heldBytes()).toBeLessThanOrEqual(300 * 1_024)
    const long = Array.from({ length: 40 }, (_, index) => `${'f'.repeat(1_000)}/${index}`)
    expect(await subscribe(sender, ...long)).toEqual(long.map(() => 0x97))
    const willing = rawMqttClient(port)
    willing.send({
      cmd: 'connect',
      clientId: 'willing',
      clean: true,
      keepalive: 0,
      protocolId: 'MQTT',
      protocolVersion: 5,
      will: {
        topic: 'w',
        payload: kilobytes(60),
        qos: 0,
        retain: false,
      },
    })
    expect((await willing.next('connack')).reasonCode).toBe(0x97)
    // A packet that never comes whole takes memory, too.
    const { client: slow } = await connectRaw(port, { clientId: 'slow' })
    slow.socket.write(Buffer.concat([Buffer.from([0x30, 0xff, 0xff, 0x7f, 0, 1, 0x61]), kilobytes(200)]))
    await waitFor('its end', slow.isClosed)
    await waitFor('the refusals to be told', () => toldRefusals('memory') >= 3)
    await stillServes(port)
  })
})

describe('a client of the local broker that does not read', () => {
  it('is disconnected, holds nobody else up for long, and what waited for it is let go', async () => {
    const port = await start({ unreadMs: 300, memoryBytes: 64 * 2 ** 20 })
    const { client: frozen } = await connectRaw(port, { clientId: 'frozen' })
    await subscribe(frozen, 'load')
    frozen.socket.pause()
    const { client: sender } = await connectRaw(port, { clientId: 'sender' })
    let messageId = 0
    let most = 0
    const isGone = () => !broker.use().clients.some(({ clientId }) => clientId === 'frozen')
    await waitFor('the end of the one that does not read', () => {
      if (sender.of('puback').length === messageId && messageId < 200)
        for (let index = 0; index < 5; index += 1)
          publish(sender, 'load', kilobytes(512), { messageId: (messageId += 1) })
      most = Math.max(most, broker.heldBytes())
      return isGone()
    })
    await waitFor('it to be told', () => toldRefusals('unread') === 1)
    expect(most).toBeLessThan(64 * 2 ** 20)
    await waitFor('nothing to be held', () => broker.heldBytes() === 0)
    await stillServes(port)
    frozen.socket.destroy()
  })
})

it('the limits are what they are said to be', () => {
  expect(localBrokerLimits).toMatchObject({ clients: 100, packetBytes: 16_777_216, memoryBytes: 134_217_728 })
})
