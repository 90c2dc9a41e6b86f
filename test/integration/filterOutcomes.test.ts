import { describe, expect, it } from 'vitest'
import type { Profile } from '../../shared/model/profile'
import type { ProtocolVersion } from '../../shared/model/qos'
import { waitFor } from '../support/waitFor'
import { politely, startFakeServer, type OnPacket } from './sessionFakeServer'
import { createStarter, subscribed, testProfile } from './sessionHarness'

const { onStop, startedHarness } = createStarter()

const started = async (onPacket: OnPacket, given: Partial<Profile> = {}) => {
  const version = given.protocolVersion ?? '5'
  const server = await startFakeServer(onPacket, version === '5' ? 5 : 4)
  onStop(server.stop)
  const harness = startedHarness()
  const profile = testProfile({ port: server.port, ...given })
  await harness.connect(profile)
  const statuses = () => harness.registry.get(profile.id)?.status().subscriptions ?? []
  const stateOf = (filter: string) => statuses().find(({ subscription }) => subscription.filter === filter)?.state
  return { server, harness, profile, statuses, stateOf }
}

/** Refuses UNSUBSCRIBE with this code. */
const keeping =
  (reasonCode: number): OnPacket =>
  (packet, connection) => {
    if (packet.cmd !== 'unsubscribe') politely()(packet, connection)
    else {
      const properties = { reasonString: 'never had it', userProperties: { b: '1', a: '2' } }
      connection.send({ cmd: 'unsuback', messageId: packet.messageId ?? 0, granted: [reasonCode], properties })
    }
  }

describe('a filter the server does not take back', () => {
  it('stays in the list, marked, and its messages still count for it', async () => {
    const { server, harness, profile, statuses, stateOf } = await started(keeping(0x87), {
      subscriptions: [subscribed('keep/#'), subscribed('other')],
    })
    await harness.granted(profile)
    harness.registry.updateProfile({ ...profile, subscriptions: [subscribed('other')] })
    await waitFor('the refusal', () => stateOf('keep/#')?.phase === 'unsubscribeRefused')
    expect(stateOf('keep/#')).toMatchObject({
      error: {
        code: 'unsubscribeRefused',
        reasonCode: 0x87,
        values: { reason: 'Not authorized (0x87) "never had it"' },
      },
      words: {
        reasonString: 'never had it',
        userProperties: [
          ['b', '1'],
          ['a', '2'],
        ],
      },
    })
    expect(statuses()[1]).toMatchObject({ isRemoved: true, subscription: { id: 'keep/#', enabled: false } })
    server.connections[0]?.send({ cmd: 'publish', topic: 'keep/x', payload: '1', qos: 0, dup: false, retain: false })
    await harness.received(profile, 1)
    expect(harness.incoming(profile)[0]?.matches).toEqual(['keep/#'])
    expect(harness.subscriptionCountsOf(profile)).toMatchObject({ 'keep/#': 1 })
  })

  it('is asked for once more when a person wants it, and goes then', async () => {
    let code = 0x87
    const { harness, profile, statuses, stateOf } = await started(
      (packet, connection) => keeping(code)(packet, connection),
      { subscriptions: [subscribed('keep/#')] },
    )
    await harness.granted(profile)
    harness.registry.updateProfile({ ...profile, subscriptions: [subscribed('keep/#', { enabled: false })] })
    await waitFor('the refusal', () => stateOf('keep/#')?.phase === 'unsubscribeRefused')
    code = 0
    harness.registry.sendHeldBack(profile.id, 'keep/#')
    await waitFor('it to go', () => stateOf('keep/#')?.phase === 'inactive')
    expect(statuses()).toHaveLength(1)
  })

  it('is itself again when it is switched on', async () => {
    const { harness, profile, stateOf } = await started(keeping(0x87), { subscriptions: [subscribed('keep/#')] })
    await harness.granted(profile)
    harness.registry.updateProfile({ ...profile, subscriptions: [] })
    await waitFor('the refusal', () => stateOf('keep/#')?.phase === 'unsubscribeRefused')
    harness.registry.updateProfile(profile)
    await waitFor('the grant', () => stateOf('keep/#')?.phase === 'granted')
  })

  it('whose subscription never was there is told of', async () => {
    const { harness, profile, statuses } = await started(keeping(0x11), { subscriptions: [subscribed('keep/#')] })
    await harness.granted(profile)
    harness.registry.updateProfile({ ...profile, subscriptions: [] })
    const notice = await waitFor('the notice', () => harness.notices[0])
    expect(notice).toMatchObject({
      code: 'unsubscribedNothing',
      values: { filter: 'keep/#', reason: 'No subscription existed (0x11)' },
    })
    expect(statuses()).toEqual([])
  })

  it('because UNSUBACK does not come is shown as that after a while', async () => {
    const { harness, profile, stateOf } = await started(
      (packet, connection) => {
        if (packet.cmd !== 'unsubscribe') politely()(packet, connection)
      },
      { subscriptions: [subscribed('keep/#')] },
    )
    await harness.granted(profile)
    harness.registry.updateProfile({ ...profile, subscriptions: [] })
    const state = await waitFor('the mark', () => stateOf('keep/#'))
    expect(state).toMatchObject({ phase: 'unsubscribing' })
  })
})

describe('what the server says to a filter', () => {
  it.each([
    ['granted', 1],
    ['refused', 0x87],
  ])('%s is kept, with its user properties in order', async (phase, code) => {
    const { stateOf } = await started(
      (packet, connection) => {
        if (packet.cmd !== 'subscribe') politely()(packet, connection)
        else {
          const properties = { reasonString: 'as you wish', userProperties: { z: '1', a: '2' } }
          connection.send({ cmd: 'suback', messageId: packet.messageId ?? 0, granted: [code], properties })
        }
      },
      { subscriptions: [subscribed('a')] },
    )
    const state = await waitFor('the answer', () => (stateOf('a')?.phase === phase ? stateOf('a') : null))
    expect(state).toMatchObject({
      words: {
        reasonString: 'as you wish',
        userProperties: [
          ['z', '1'],
          ['a', '2'],
        ],
      },
    })
  })

  it('before MQTT 5 is a refusal without a reason', async () => {
    const { stateOf } = await started(
      (packet, connection) => {
        if (packet.cmd === 'subscribe')
          connection.send({ cmd: 'suback', messageId: packet.messageId ?? 0, granted: [0x80] })
        else politely()(packet, connection)
      },
      { protocolVersion: '3.1.1', subscriptions: [subscribed('a')] },
    )
    await waitFor('the refusal', () => stateOf('a')?.phase === 'refused')
    expect(stateOf('a')).toMatchObject({
      error: { code: 'subscribeRefused', reasonCode: 0x80, values: { reason: 'Failure (0x80)' } },
    })
  })

  it('that never comes says since when it is waited for', async () => {
    const before = Date.now()
    const { stateOf } = await started(
      (packet, connection) => {
        if (packet.cmd !== 'subscribe') politely()(packet, connection)
      },
      { subscriptions: [subscribed('a')] },
    )
    const state = await waitFor('the request', () => stateOf('a'))
    expect(state.phase === 'requested' && (state.since ?? 0) >= before).toBe(true)
  })
})

describe("the server's Maximum Packet Size", () => {
  const limited = (maximumPacketSize: number) => politely(undefined, { properties: { maximumPacketSize } })
  const filterOf = (bytes: number) => 'x'.repeat(bytes)

  it.each([
    [40, 32, 'granted'],
    [40, 33, 'heldBack'],
    [400, 391, 'granted'],
    [400, 392, 'heldBack'],
  ])(
    '%i bytes: a filter of %i is %s, the others are granted, and the connection stays',
    async (limit, bytes, phase) => {
      const filter = filterOf(bytes)
      const { server, stateOf, harness, profile } = await started(limited(limit), {
        subscriptionIdentifiers: false,
        subscriptions: [subscribed(filter), subscribed('short')],
      })
      await waitFor('the answer', () => stateOf('short')?.phase === 'granted' && stateOf(filter)?.phase === phase)
      if (phase === 'heldBack') {
        expect(stateOf(filter)).toEqual({ phase, reason: 'tooLarge', size: limit + 1, limit })
        // §3.2.2.3.6: that must not be sent, whatever a person wants.
        harness.registry.sendHeldBack(profile.id, filter)
        expect(stateOf(filter)?.phase).toBe('heldBack')
      }
      expect(harness.stateOf(profile).phase).toBe('online')
      expect(server.connections).toHaveLength(1)
      const asked = server.connections[0]?.received.filter(({ cmd }) => cmd === 'subscribe')
      expect(asked).toHaveLength(phase === 'heldBack' ? 1 : 2)
    },
  )

  it('counts the bytes of the text and of the subscription identifier', async () => {
    const { stateOf } = await started(limited(40), {
      subscriptions: [subscribed('é'.repeat(16)), subscribed('x'.repeat(30)), subscribed('x'.repeat(31))],
    })
    await waitFor('the answers', () => stateOf('x'.repeat(30))?.phase === 'granted')
    expect(stateOf('é'.repeat(16))).toMatchObject({ reason: 'tooLarge', size: 42 })
    expect(stateOf('x'.repeat(31))).toMatchObject({ reason: 'tooLarge', size: 41 })
  })

  it.each<ProtocolVersion>(['3.1', '3.1.1'])('is none with MQTT %s', async (protocolVersion) => {
    const filter = filterOf(1_000)
    const { stateOf } = await started(politely(), { protocolVersion, subscriptions: [subscribed(filter)] })
    await waitFor('the grant', () => stateOf(filter)?.phase === 'granted')
  })
})
