import { describe, expect, it } from 'vitest'
import { waitFor } from '../support/waitFor'
import { politely, startFakeServer, type OnPacket } from './sessionFakeServer'
import { createStarter, publishTo, subscribed, testProfile } from './sessionHarness'

const { onStop, startedBroker, startedHarness } = createStarter()

const connected = async (onPacket: OnPacket, filters: readonly string[]) => {
  const server = await startFakeServer(onPacket)
  onStop(server.stop)
  const harness = startedHarness()
  const profile = testProfile({ port: server.port, subscriptions: filters.map((filter) => subscribed(filter)) })
  await harness.connect(profile)
  await harness.granted(profile)
  const change = (...wanted: readonly string[]) =>
    harness.registry.updateProfile({ ...profile, subscriptions: wanted.map((filter) => subscribed(filter)) })
  return { server, harness, profile, change }
}

describe('replacing a subscription', () => {
  it('succeeds on a server that takes no more than there are', async () => {
    const held = new Set<string>()
    const { harness, profile, change } = await connected(
      (packet, connection) => {
        if (packet.cmd === 'unsubscribe') for (const filter of packet.unsubscriptions) held.delete(filter)
        if (packet.cmd !== 'subscribe') return politely()(packet, connection)
        const filter = packet.subscriptions[0]?.topic ?? ''
        const isFull = held.size > 0 && !held.has(filter)
        if (!isFull) held.add(filter)
        connection.send({ cmd: 'suback', messageId: packet.messageId ?? 0, granted: [isFull ? 0x97 : 1] })
      },
      ['a/#'],
    )
    change('a/b')
    await harness.granted(profile)
    expect([...held]).toEqual(['a/b'])
  })
})

describe('a filter that is taken back', () => {
  it('and that the server keeps all the same makes copies of what another one brings', async () => {
    let refused = 0
    const { server, harness, profile, change } = await connected(
      (packet, connection) => {
        if (packet.cmd !== 'unsubscribe') return politely()(packet, connection)
        connection.send({ cmd: 'unsuback', messageId: packet.messageId ?? 0, granted: [0x87] })
        refused += 1
      },
      ['#', 't'],
    )
    change('#')
    await waitFor('the refusal', () => refused === 1)
    for (const payload of ['one', 'two'])
      for (const subscriptionIdentifier of [1, 2]) {
        const message = { cmd: 'publish', topic: 't', payload, qos: 0, retain: false, dup: false } as const
        server.connections[0]?.send({ ...message, properties: { subscriptionIdentifier } })
      }
    await waitFor('all of them', () => {
      const { received = 0, copies = 0 } = harness.totalsOf(profile) ?? {}
      return received + copies === 4
    })
    expect(harness.incoming(profile).map(({ payload }) => payload.toString())).toEqual(['one', 'two'])
  })

  it('leaves nothing behind that would hide what others publish from filters with No Local', async () => {
    const broker = await startedBroker()
    const harness = startedHarness()
    const noLocal = { options: { noLocal: true, retainAsPublished: false, retainHandling: 0 } } as const
    const left = [subscribed('test', noLocal), subscribed('+', noLocal)]
    const profile = testProfile({ port: broker.port(), subscriptions: [subscribed('#'), ...left] })
    const other = testProfile({ port: broker.port() })
    await harness.connect(profile)
    await harness.connect(other)
    await harness.granted(profile)
    await harness.registry.publish(publishTo(profile, { qos: 1 }))
    await harness.received(profile, 1)
    // Answers come in order: what is asked for afterwards is granted after the UNSUBACK.
    for (const subscriptions of [left, [...left, subscribed('last')]]) {
      harness.registry.updateProfile({ ...profile, subscriptions })
      await harness.granted(profile)
    }
    await harness.registry.publish(publishTo(other, { qos: 1 }))
    await harness.received(profile, 2)
    await waitFor('the copy', () => harness.totalsOf(profile)?.copies === 1)
    expect(harness.totalsOf(profile)).toMatchObject({ received: 2, copies: 1 })
  })
})
