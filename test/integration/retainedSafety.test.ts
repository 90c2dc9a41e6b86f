import { describe, expect, it, vi } from 'vitest'
import type { Profile } from '#shared/model/profile'
import { publishWithMosquitto, receiveRawWithMosquitto } from '../support/mosquittoClients'
import { waitFor } from '../support/waitFor'
import { startRetained } from './retainedHarness'
import { startRetainingServer, type Ignores } from './retainingServer'
import { createStarter } from './sessionHarness'

const starter = createStarter()
const versions = ['5', '3.1.1'] as const

const withBroker = async (given: Partial<Profile> = {}) => {
  const broker = await starter.startedBroker()
  const parts = await startRetained(starter, { port: broker.port(), ...given })
  const held = async (topic: string) =>
    (await receiveRawWithMosquitto({ port: broker.port(), filters: [topic] })).toString()
  const put = (topic: string, payload: string) => parts.retain(topic, { payload: Buffer.from(payload) })
  return { broker, ...parts, held, put }
}

const withServer = async (topics: readonly string[], ignores?: Ignores) => {
  const server = await startRetainingServer(topics, ignores)
  starter.onStop(server.stop)
  return { server, ...(await startRetained(starter, { port: server.port, cancelWaitMs: 50 })) }
}

describe.each(versions)('what is retained meanwhile (MQTT %s)', (protocolVersion) => {
  it('stays: a message that is not the one listed is not cleared', async () => {
    const { listed, clear, put, held, fates, read } = await withBroker({ protocolVersion })
    await put('other', 'as it was')
    await put('x', 'old')
    await listed()
    await put('x', 'NEW')
    expect(await clear([0, 1])).toMatchObject({ counts: { cleared: 1, changed: 1 } })
    expect(fates()).toEqual({ other: 'cleared', x: 'changed' })
    expect(await held('x')).toBe('NEW')
    expect(read().undoable).toBe(1)
  })

  it('stays: undo puts back only what nothing has replaced', async () => {
    const { listed, clear, undo, put, held, fates, read } = await withBroker({ protocolVersion })
    await put('other', 'as it was')
    await put('x', 'old')
    await listed()
    await clear([0, 1])
    await put('x', 'NEW')
    expect(await undo()).toMatchObject({ counts: { restored: 1, newer: 1 } })
    expect(fates()).toEqual({ other: 'restored', x: 'newer' })
    expect([await held('x'), await held('other')]).toEqual(['NEW', 'as it was'])
    expect(read().undoable).toBe(0)
  })

  it('is told of: what somebody else cleared is not ours to put back', async () => {
    const { listed, clear, put, read } = await withBroker({ protocolVersion })
    await put('x', 'old')
    await listed()
    await put('x', '')
    expect(await clear([0])).toMatchObject({ counts: { gone: 1 } })
    expect(read().undoable).toBe(0)
  })
})

it('puts back a message with the properties and the time it had when it was cleared', async () => {
  const { listed, clear, undo, retain, broker, read } = await withBroker({ protocolVersion: '5' })
  const properties = { contentType: 'text/plain', messageExpirySeconds: 5_000 }
  await retain('x', { payload: Buffer.from('same'), properties: { ...properties, messageExpirySeconds: 50 } })
  await listed()
  await retain('x', { payload: Buffer.from('same'), properties })
  expect(await clear([0])).toMatchObject({ counts: { cleared: 1 } })
  expect(await undo()).toMatchObject({ counts: { restored: 1 } })
  await listed()
  expect(read().entries[0]?.expirySeconds).toBeGreaterThan(4_000)
  expect((await receiveRawWithMosquitto({ port: broker.port(), filters: ['x'] })).toString()).toBe('same')
})

describe('a connection that is lost', () => {
  it('leaves what was sent and not answered unknown, keeps it for undo, and says why', async () => {
    let taken = 0
    const { server, listed, clear, undo, read } = await withServer(
      ['t/1', 't/2', 't/3'],
      (packet, { number, socket }) => {
        if (packet.cmd !== 'publish' || number !== 3) return false
        taken += 1
        if (taken === 3) socket.destroy()
        return taken > 1
      },
    )
    await listed('t/#')
    const work = await clear([0, 1, 2])
    expect(work).toMatchObject({
      counts: { cleared: 1, unknown: 2 },
      cancelled: false,
      error: { code: 'connectionClosed' },
    })
    expect(read().undoable).toBe(3)
    server.kept.delete('t/2')
    expect(await undo()).toMatchObject({ counts: { restored: 2, standing: 1 } })
    expect([...server.kept.keys()].toSorted()).toEqual(['t/1', 't/2', 't/3'])
  })
})

describe('a broker that acknowledges what it does not do', () => {
  const acl = ['topic read keep/#', 'user boss', 'topic readwrite #']
  const withReader = async (given: Partial<Profile>) => {
    const broker = await starter.startedBroker({ acl, users: { boss: 'secret' }, allowAnonymous: true })
    const parts = await startRetained(starter, { port: broker.port(), ...given })
    const user = { name: 'boss', password: 'secret' }
    const boss = (payload: string) =>
      publishWithMosquitto({ port: broker.port(), topic: 'keep/x', payload, qos: 1, retain: true, user })
    await boss('value')
    return { ...parts, boss }
  }

  it.each([
    ['3.1.1', { stayed: 1 }],
    ['5', { failed: 1 }],
  ] as const)('is found out (MQTT %s)', async (protocolVersion, counts) => {
    const { listed, clear, read } = await withReader({ protocolVersion })
    await listed('keep/#')
    const work = await clear([0])
    expect(Object.entries(work?.counts ?? {}).filter(([, count]) => count > 0)).toEqual(Object.entries(counts))
    if (protocolVersion === '5') expect(work?.error).toMatchObject({ code: 'publishRefused' })
    expect(read().undoable).toBe(0)
  })

  it('with QoS 0 too, in both directions', async () => {
    let does = false
    const { listed, clear, undo, read, fates } = await withServer(['t/1'], (packet) => {
      return packet.cmd === 'publish' && !does && packet.qos === 0
    })
    await listed('t/#')
    does = true
    expect(await clear([0])).toMatchObject({ counts: { cleared: 1 } })
    does = false
    expect(await undo()).toMatchObject({ counts: { missing: 1 } })
    expect(fates()).toEqual({ 't/1': 'missing' })
    expect(read().undoable).toBe(1)
  })
})

describe('a server that does not answer', () => {
  it.each(['publish', 'unsubscribe'] as const)('does not hold a cancel up (%s)', async (silent) => {
    const { server, listed, manager, profile, worked, read } = await withServer(
      ['t/1', 't/2'],
      (packet, { number }) => {
        return packet.cmd === silent && number === 3
      },
    )
    await listed('t/#')
    manager.clear(profile.id, [0, 1])
    await waitFor('the silence', () => server.connections[2]?.received.some(({ cmd }) => cmd === silent))
    manager.cancel(profile.id)
    const counts = silent === 'publish' ? { unknown: 2 } : { failed: 2 }
    expect(await worked()).toMatchObject({ cancelled: true, counts })
    await waitFor('the end of the connection', () => server.connections[2]?.socket.destroyed)
    expect(read().undoable).toBe(silent === 'publish' ? 2 : 0)
  })

  it('does not outlive its window', async () => {
    const { server, listed, manager, profile } = await withServer(['t/1'], (packet, { number }) => {
      return packet.cmd === 'publish' && number === 3
    })
    await listed('t/#')
    manager.clear(profile.id, [0])
    await waitFor('the silence', () => server.connections[2]?.received.some(({ cmd }) => cmd === 'publish'))
    manager.close(profile.id)
    await waitFor('the end of the connection', () => server.connections[2]?.socket.destroyed)
  })
})

describe('a topic that is retained again and again', () => {
  /** More often than silence is waited for. */
  const often = (act: () => void) => {
    const timer = setInterval(act, 100)
    starter.onStop(() => {
      clearInterval(timer)
      return Promise.resolve()
    })
  }
  type Server = Awaited<ReturnType<typeof startRetainingServer>>
  const sendOften = ({ connections }: Server, { number, topic }: { number: number; topic: string }) =>
    often(() => {
      const connection = connections[number - 1]
      if (connection?.received.some(({ cmd }) => cmd === 'subscribe'))
        connection.send({ cmd: 'publish', topic, payload: 'v', qos: 0, retain: true, dup: false })
    })

  it.each(versions)('holds up neither clearing nor undo (MQTT %s)', async (protocolVersion) => {
    const { listed, clear, undo, put, retain } = await withBroker({ protocolVersion })
    await put('gone', 'old')
    await put('device/state', 'on')
    await listed()
    often(() => void retain('device/state', { payload: Buffer.from('on') }))
    expect(await clear([0, 1])).toMatchObject({ stage: 'ended', done: 2, error: null })
    expect(await undo()).toMatchObject({ stage: 'ended', error: null })
  })

  it('holds nothing up that it is no part of, where all have to be asked for', async () => {
    const { server, listed, clear, fates } = await withServer(['t/1', 't/2'], (packet, connection) => {
      const [asked] = packet.cmd === 'subscribe' ? packet.subscriptions : []
      if (!asked || asked.topic === 't/#') return false
      connection.send({ cmd: 'suback', messageId: packet.messageId ?? 0, granted: [0x97] })
      return true
    })
    await listed('t/#')
    sendOften(server, { number: 3, topic: 't/3' })
    expect(await clear([0, 1])).toMatchObject({ counts: { cleared: 2 } })
    expect(fates()).toEqual({ 't/1': 'cleared', 't/2': 'cleared' })
  })

  it('does not hold a listing up that it is a part of', async () => {
    const { server, listed } = await withServer(['t/1'])
    sendOften(server, { number: 2, topic: 't/1' })
    expect((await listed('t/#')).map(({ topic }) => topic)).toEqual(['t/1'])
  })
})

describe('a server that applies No Local to what it keeps', () => {
  it('shows what was put back', async () => {
    const { server, listed, clear, undo, fates, read } = await withServer(['t/1', 't/2'])
    await listed('t/#')
    expect(await clear([0, 1])).toMatchObject({ counts: { cleared: 2 } })
    expect(await undo()).toMatchObject({ counts: { restored: 2 } })
    expect(fates()).toEqual({ 't/1': 'restored', 't/2': 'restored' })
    expect([...server.kept.keys()]).toEqual(['t/1', 't/2'])
    expect(read().undoable).toBe(0)
  })
})

describe('what can be undone', () => {
  it('stays so over further listings and clearings until the window closes', async () => {
    const { listed, clear, undo, put, held, read, fates } = await withBroker()
    await put('a', 'first')
    await put('b', 'second')
    await listed('a')
    await clear([0])
    await listed('b')
    expect(read().undoable).toBe(1)
    await clear([0])
    await listed('#')
    expect(await undo()).toMatchObject({ counts: { restored: 1 } })
    expect(await undo()).toMatchObject({ counts: { restored: 1 } })
    expect([await held('a'), await held('b')]).toEqual(['first', 'second'])
    expect(fates()).toEqual({})
    expect(read().undoable).toBe(0)
  })

  it('is not cut short by a new listing, and a failed undo leaves it as it was', async () => {
    let isSilent = false
    const { server, listed, clear, undo, manager, profile, worked, read, fates } = await withServer(
      ['t/1'],
      ({ cmd }, { number }) => isSilent && cmd === 'unsubscribe' && number > 1,
    )
    await listed('t/#')
    await clear([0])
    isSilent = true
    manager.undo(profile.id)
    await waitFor('the silence', () => server.connections[3]?.received.some(({ cmd }) => cmd === 'unsubscribe'))
    expect(manager.list(profile.id, 't/#')).toMatchObject({ ok: false, error: { code: 'invalidInput' } })
    manager.cancel(profile.id)
    expect(await worked()).toMatchObject({ kind: 'undo', counts: { failed: 1 } })
    expect(fates()).toEqual({ 't/1': 'cleared' })
    isSilent = false
    expect(read().undoable).toBe(1)
    expect(await undo()).toMatchObject({ counts: { restored: 1 } })
  })
})

describe('a listing', () => {
  it('that is stopped before its subscription is granted leaves no timer behind', async () => {
    const { server, manager, profile, read } = await withServer([], (packet, { number }) => {
      return packet.cmd === 'subscribe' && number === 2
    })
    const timers = vi.spyOn(globalThis, 'setInterval')
    manager.list(profile.id, '#')
    await waitFor('the question', () => server.connections[1]?.received.some(({ cmd }) => cmd === 'subscribe'))
    timers.mockClear()
    manager.cancel(profile.id)
    await waitFor('the end of the connection', () => server.connections[1]?.socket.destroyed)
    await new Promise((resolve) => setImmediate(resolve))
    expect(read().phase).toBe('cancelled')
    expect(timers.mock.calls.filter(([, milliseconds]) => milliseconds === 50)).toEqual([])
  })

  it('takes nothing that was not asked for, and says that only silence ended it', async () => {
    const { server, listed, read } = await withServer(['a/1'], (packet, connection) => {
      if (packet.cmd === 'subscribe' && connection.number === 2)
        connection.send({ cmd: 'publish', topic: 'not/asked', payload: 'v', qos: 0, retain: true, dup: false })
      return false
    })
    expect((await listed('a/#')).map(({ topic }) => topic)).toEqual(['a/1'])
    expect(server.connections[1]?.received.length).toBeGreaterThan(0)
    expect(read().quietMs).toBeGreaterThanOrEqual(400)
  })
})
