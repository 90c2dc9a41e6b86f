import { describe, expect, it } from 'vitest'
import type { Profile } from '../../shared/model/profile'
import type { ProtocolVersion, Qos } from '../../shared/model/qos'
import { waitFor } from '../support/waitFor'
import { politely, startFakeServer, type OnPacket } from './sessionFakeServer'
import { createStarter, publishTo, subscribed, testProfile, withReconnect } from './sessionHarness'

const { onStop, startedHarness } = createStarter()

const versions: readonly ProtocolVersion[] = ['3.1', '3.1.1', '5']

/** A server that keeps sessions, and a person who connects to it and comes back by themselves. */
const started = async (onPacket: OnPacket, given: Partial<Profile> = {}) => {
  const protocolVersion = given.protocolVersion ?? '5'
  const server = await startFakeServer(onPacket, protocolVersion === '5' ? 5 : 4)
  onStop(server.stop)
  const harness = startedHarness()
  const profile = testProfile({
    port: server.port,
    reconnect: withReconnect,
    cleanStart: false,
    sessionExpirySeconds: 600,
    ...given,
  })
  const latestOf = (sequence: number) => harness.deliveries.filter((one) => one.sequence === sequence).at(-1)?.state
  const reasons = () =>
    harness.history.flatMap(({ state }) =>
      state.phase === 'waiting' || state.phase === 'failed' ? [state.reason] : [],
    )
  const held = () => harness.registry.get(profile.id)?.status().heldMessages ?? []
  return { server, harness, profile, latestOf, reasons, held }
}

/** Ends the socket on every PUBLISH to this topic; sessions are resumed from the second connection on. */
const closingOn =
  (topic: string, how: 'end' | 'reset' = 'end'): OnPacket =>
  (packet, connection) => {
    if (packet.cmd === 'publish' && packet.topic === topic)
      if (how === 'end') connection.socket.end()
      else connection.socket.resetAndDestroy()
    else politely(undefined, { sessionPresent: connection.number > 1 })(packet, connection)
  }

describe('a server that closes on a message', () => {
  it.each(versions.flatMap((version) => ([1, 2] as const).map((qos) => [version, qos] as const)))(
    'MQTT %s, QoS %i: is named, sent again once, then held, and the rest goes on',
    async (protocolVersion, qos) => {
      const { server, harness, profile, latestOf, reasons, held } = await started(closingOn('forbidden/x'), {
        protocolVersion,
        subscriptions: [subscribed('good/#', { qos: 0 })],
      })
      await harness.connect(profile)
      await harness.granted(profile)
      void harness.registry.publish(publishTo(profile, { topic: 'forbidden/x', qos }))
      const later = harness.registry.publish(publishTo(profile, { topic: 'good/x', qos }))
      await waitFor('the message to be held', () => held().length === 1)
      await waitFor('the other message to arrive', () => latestOf(2) === 'acknowledged')
      expect(await later).toMatchObject({ ok: false, error: { code: 'publishInterrupted', values: { again: 'yes' } } })
      expect(reasons().map(({ code, stage, values }) => [code, stage, values?.['next']])).toEqual([
        ['closedAfterPublish', 'online', 'again'],
        ['closedAfterPublish', 'online', 'held'],
      ])
      expect(reasons()[0]).toMatchObject({
        values: { packet: 'PUBLISH', topic: 'forbidden/x', qos, how: 'closed' },
        remedies: [{ id: 'dropMessage', action: { kind: 'dropMessage', sequence: 1 } }],
      })
      expect(latestOf(1)).toBe('held')
      const states = harness.deliveries.filter(({ sequence }) => sequence === 1).map(({ state }) => state)
      expect(states).not.toContain('lost')
      expect(held()).toMatchObject([{ sequence: 1, topic: 'forbidden/x', qos, packet: 'PUBLISH' }])
      await harness.granted(profile)
      expect(server.connections).toHaveLength(3)
    },
  )

  it('holds it over further connects, until it is dropped', async () => {
    const { server, harness, profile, latestOf, held } = await started(closingOn('forbidden/x'))
    await harness.connect(profile)
    void harness.registry.publish(publishTo(profile, { topic: 'forbidden/x', qos: 1 }))
    await waitFor('the message to be held', () => held().length === 1)
    await harness.reach(profile, 'online')
    await harness.registry.disconnect(profile.id)
    await harness.connect(profile)
    expect(latestOf(1)).toBe('held')
    expect(harness.registry.dropMessage(profile.id, 1)).toEqual({ ok: true, value: null })
    await waitFor('the message to be dropped', () => latestOf(1) === 'dropped')
    expect(held()).toEqual([])
    expect(harness.registry.dropMessage(profile.id, 1)).toMatchObject({ ok: false, error: { code: 'notFound' } })
    expect(await harness.registry.publish(publishTo(profile, { topic: 'good', qos: 1 }))).toMatchObject({ ok: true })
    const later = server.connections.slice(2).flatMap(({ received }) => received)
    expect(later.filter((packet) => packet.cmd === 'publish' && packet.topic === 'forbidden/x')).toEqual([])
  })

  it('sends it again when a person says so, and holds it at once when that closes too', async () => {
    let isForgiving = false
    const { server, harness, profile, latestOf, held } = await started((packet, connection) => {
      const onPacket = isForgiving ? politely(undefined, { sessionPresent: true }) : closingOn('forbidden/x')
      onPacket(packet, connection)
    })
    await harness.connect(profile)
    void harness.registry.publish(publishTo(profile, { topic: 'forbidden/x', qos: 2 }))
    await waitFor('the message to be held', () => held().length === 1)
    await harness.reach(profile, 'online')
    const before = server.connections.length
    harness.registry.releaseMessage(profile.id, 1, null)
    await waitFor('the message to be held again', () => server.connections.length > before && held().length === 1)
    await harness.reach(profile, 'online')
    expect(server.connections).toHaveLength(before + 1)
    isForgiving = true
    harness.registry.releaseMessage(profile.id, 1, null)
    await waitFor('the message to arrive', () => latestOf(1) === 'acknowledged')
    expect(harness.registry.deliveryOf(profile.id, 1)).toMatchObject({ timesSent: 4, qos: 2 })
  })

  it.each<Qos>([0, 2])('sends it with QoS %i instead', async (qos) => {
    const { server, harness, profile, latestOf, held } = await started((packet, connection) => {
      if (packet.cmd === 'publish' && packet.qos === 1) connection.socket.end()
      else politely(undefined, { sessionPresent: connection.number > 1 })(packet, connection)
    })
    await harness.connect(profile)
    const userProperties: [string, string][] = [['a', '1']]
    const request = { topic: 'only/others', payload: Buffer.from('é'), qos: 1, retain: true } as const
    void harness.registry.publish(publishTo(profile, { ...request, properties: { userProperties } }))
    await waitFor('the message to be held', () => held().length === 1)
    await harness.reach(profile, 'online')
    expect(harness.registry.releaseMessage(profile.id, 1, qos)).toEqual({ ok: true, value: null })
    await waitFor('the other message', () => latestOf(2) === (qos === 0 ? 'sent' : 'acknowledged'))
    expect(latestOf(1)).toBe('dropped')
    const sent = server.connections.at(-1)?.received.find(({ cmd }) => cmd === 'publish')
    expect(sent).toMatchObject({ topic: 'only/others', qos, retain: true, dup: false, payload: Buffer.from('é') })
    expect(sent).toMatchObject({ properties: { userProperties: { a: '1' } } })
  })

  it('names a QoS 0 message, which is not sent again', async () => {
    const { harness, profile, latestOf, reasons, held } = await started(closingOn('forbidden/x', 'reset'))
    await harness.connect(profile)
    expect(await harness.registry.publish(publishTo(profile, { topic: 'forbidden/x' }))).toMatchObject({ ok: true })
    await waitFor('the close', () => reasons().length > 0)
    expect(reasons()[0]).toMatchObject({
      code: 'closedAfterPublish',
      values: { topic: 'forbidden/x', qos: 0, how: 'reset', next: 'none', others: 0 },
      remedies: [],
    })
    await waitFor('its mark', () => latestOf(1) === 'closedAfter')
    await harness.reach(profile, 'online')
    expect(held()).toEqual([])
  })

  it('names it with a clean session too, where it is lost', async () => {
    const { harness, profile, latestOf, reasons, held } = await started(
      (packet, connection) => {
        if (packet.cmd === 'publish') connection.socket.end()
        else politely()(packet, connection)
      },
      { cleanStart: true },
    )
    await harness.connect(profile)
    const outcome = harness.registry.publish(publishTo(profile, { topic: 'x', qos: 1 }))
    expect(await outcome).toMatchObject({ error: { code: 'publishInterrupted', values: { again: 'no' } } })
    await harness.reach(profile, 'online')
    expect(reasons()).toMatchObject([{ code: 'closedAfterPublish', values: { next: 'none' }, remedies: [] }])
    expect(latestOf(1)).toBe('lost')
    expect(held()).toEqual([])
  })

  it.each([
    [0x87, 'Not authorized (0x87)'],
    [0x95, 'Packet too large (0x95)'],
    [0x97, 'Quota exceeded (0x97)'],
  ])('and says %i before it closes: both are told, and it is tried again', async (reasonCode, reason) => {
    const { harness, profile, reasons, held } = await started((packet, connection) => {
      if (packet.cmd === 'publish') connection.socket.end(Buffer.from([0xe0, 1, reasonCode]))
      else politely(undefined, { sessionPresent: connection.number > 1 })(packet, connection)
    })
    await harness.connect(profile)
    void harness.registry.publish(publishTo(profile, { topic: 'secret/x', qos: 1 }))
    await waitFor('the message to be held', () => held().length === 1)
    expect(reasons()[0]).toMatchObject({
      code: 'closedAfterPublish',
      reasonCode,
      retries: 'endless',
      values: {
        topic: 'secret/x',
        how: 'said',
        reason,
      },
    })
  })

  it('at PUBREL holds it as well', async () => {
    const { harness, profile, held, reasons } = await started((packet, connection) => {
      if (packet.cmd === 'pubrel') connection.socket.end()
      else politely(undefined, { sessionPresent: connection.number > 1 })(packet, connection)
    })
    await harness.connect(profile)
    void harness.registry.publish(publishTo(profile, { qos: 2 }))
    await waitFor('the message to be held', () => held().length === 1)
    expect(held()).toMatchObject([{ packet: 'PUBREL' }])
    expect(reasons()[0]).toMatchObject({ values: { packet: 'PUBREL' } })
    await harness.reach(profile, 'online')
    expect(harness.registry.releaseMessage(profile.id, 1, 0)).toMatchObject({ error: { code: 'notFound' } })
  })
})

describe('the end of a connection that answers nothing of ours', () => {
  it('names nothing: nothing was under way, or the server says why', async () => {
    const { server, harness, profile, reasons } = await started(politely(undefined, { sessionPresent: true }), {
      subscriptions: [subscribed('a')],
    })
    await harness.connect(profile)
    await harness.granted(profile)
    await harness.registry.publish(publishTo(profile, { qos: 1 }))
    server.connections[0]?.socket.end()
    await waitFor('the close', () => reasons().length === 1)
    await harness.reach(profile, 'online')
    await harness.granted(profile)
    server.connections[1]?.socket.end(Buffer.from([0xe0, 1, 0x8b]))
    await waitFor('the second close', () => reasons().length === 2)
    expect(reasons().map(({ code }) => code)).toEqual(['connectionClosed', 'serverDisconnected'])
  })

  it('holds nothing of many messages that one restart interrupted', async () => {
    const { harness, profile, latestOf, held } = await started((packet, connection) => {
      if (packet.cmd === 'publish' && connection.number === 1) connection.socket.end()
      else politely(undefined, { sessionPresent: connection.number > 1 })(packet, connection)
    })
    await harness.connect(profile)
    const count = 50
    for (let number = 0; number < count; number += 1)
      void harness.registry.publish(publishTo(profile, { payload: Buffer.from(`${number}`), qos: 1 }))
    await waitFor('all to arrive', () =>
      Array.from({ length: count }, (_, index) => latestOf(index + 1)).every((state) => state === 'acknowledged'),
    )
    expect(held()).toEqual([])
  })
})

describe('a server that closes on a filter', () => {
  const filters = ['a/#', 'secret/#', 'b/#', 'c/#']
  const closingOnFilter =
    (bad: readonly string[]): OnPacket =>
    (packet, connection) => {
      if (packet.cmd === 'subscribe' && bad.includes(packet.subscriptions[0]?.topic ?? '')) connection.socket.end()
      else if (!connection.socket.writableEnded) politely()(packet, connection)
    }
  const statesOf = (harness: Awaited<ReturnType<typeof started>>['harness'], profile: Profile) =>
    Object.fromEntries(
      (harness.registry.get(profile.id)?.status().subscriptions ?? []).map(({ subscription, state }) => [
        subscription.filter,
        state.phase,
      ]),
    )

  it.each(versions)('MQTT %s: holds it back at the second time, and the good ones work', async (protocolVersion) => {
    const { harness, profile, reasons } = await started(closingOnFilter(['secret/#']), {
      protocolVersion,
      cleanStart: true,
      subscriptions: filters.map((filter) => subscribed(filter)),
    })
    await harness.connect(profile)
    await waitFor(
      'the good ones',
      () => Object.values(statesOf(harness, profile)).filter((one) => one === 'granted').length === 3,
    )
    await waitFor('the bad one to be held back', () => statesOf(harness, profile)['secret/#'] === 'heldBack')
    expect(harness.registry.get(profile.id)?.status().subscriptions[1]?.state).toEqual({
      phase: 'heldBack',
      reason: 'closesConnection',
    })
    expect(reasons().at(-1)).toMatchObject({
      code: 'closedAfterSubscribe',
      values: { packet: 'SUBSCRIBE', topic: 'secret/#', next: 'held' },
    })
    expect(reasons()[0]).toMatchObject({
      remedies: [{ id: 'switchOffFilter', action: { kind: 'switchOffFilter', filter: 'secret/#' } }],
    })
    expect(harness.stateOf(profile).phase).toBe('online')
  })

  it('finds each of several', async () => {
    const { server, harness, profile } = await started(closingOnFilter(['secret/#', 'c/#']), {
      subscriptions: filters.map((filter) => subscribed(filter)),
    })
    await harness.connect(profile)
    await waitFor('both to be held back', () => {
      const states = statesOf(harness, profile)
      return (
        states['secret/#'] === 'heldBack' &&
        states['c/#'] === 'heldBack' &&
        states['a/#'] === 'granted' &&
        states['b/#'] === 'granted'
      )
    })
    expect(server.connections.length).toBeLessThanOrEqual(5)
  })

  it('tries it once when a person says so, and holds it back again', async () => {
    const { server, harness, profile } = await started(closingOnFilter(['secret/#']), {
      subscriptions: filters.map((filter) => subscribed(filter)),
    })
    await harness.connect(profile)
    await waitFor('it to be held back', () => statesOf(harness, profile)['secret/#'] === 'heldBack')
    await waitFor('the good ones', () => statesOf(harness, profile)['a/#'] === 'granted')
    const before = server.connections.length
    harness.registry.sendHeldBack(profile.id, 'secret/#')
    await waitFor(
      'a connection with it held back',
      () =>
        server.connections.length > before &&
        statesOf(harness, profile)['secret/#'] === 'heldBack' &&
        statesOf(harness, profile)['a/#'] === 'granted',
    )
    expect(server.connections).toHaveLength(before + 1)
  })
})
