import { expect, it } from 'vitest'
import { decodePacket } from '../../shared/mqtt/packet/decodePacket'
import type { RecordedPacket } from '../../shared/model/packets'
import type { PacketLog } from '../../electron/core/broker/packetLog/packetLog'
import { waitFor } from '../support/waitFor'
import { createStarter, publishTo, subscribed, testProfile } from './sessionHarness'

const { startedBroker, startedHarness } = createStarter()

const entriesOf = (log: PacketLog) => {
  const { first, last } = log.status()
  return log.read(
    Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index),
    65_536,
  )
}
const packetsOf = (log: PacketLog): readonly RecordedPacket[] =>
  entriesOf(log).filter((entry) => entry.kind === 'packet')
const typesOf = (packets: readonly RecordedPacket[]) =>
  packets.map(({ bytes, version, direction }) => `${direction} ${decodePacket(bytes, version).type}`)

it.each(['3.1', '3.1.1', '5'] as const)(
  'records every packet with its bytes, and the steps around (MQTT %s)',
  async (version) => {
    const broker = await startedBroker()
    const harness = startedHarness({ recordsPackets: true })
    const profile = testProfile({
      port: broker.port(),
      protocolVersion: version,
      subscriptions: [subscribed('plant/#')],
    })
    const log = harness.registry.packetsOf(profile.id)
    await harness.connect(profile)
    await harness.granted(profile)
    await harness.registry.publish(publishTo(profile, { topic: 'plant/a', payload: Buffer.from('hello'), qos: 2 }))
    await harness.received(profile, 1)
    await waitFor('the last PUBCOMP', () => typesOf(packetsOf(log)).includes('out PUBCOMP'))
    await harness.registry.disconnect(profile.id)

    const packets = packetsOf(log)
    const types = typesOf(packets)
    expect(types.slice(0, 4)).toEqual(['out CONNECT', 'in CONNACK', 'out SUBSCRIBE', 'in SUBACK'])
    expect(types.at(-1)).toBe('out DISCONNECT')
    for (const { bytes, size, direction } of packets) {
      const from = direction === 'out' ? 'client' : 'server'
      expect(bytes.length).toBe(size)
      expect(decodePacket(bytes, version, { from }).problems).toEqual([])
    }
    expect(packets.every(({ mark, violation }) => mark === null && violation === null)).toBe(true)
    const steps = entriesOf(log).flatMap((entry) => (entry.kind === 'step' ? [entry.step] : []))
    expect(steps).toEqual(['begin', 'tcp', 'online', 'end'])

    const sent = packets.find((packet, index) => types[index] === 'out PUBLISH' && packet.size > 0)
    const handshake = log.handshake(sent?.number ?? 0)
    expect(typesOf(handshake?.legs ?? [])).toEqual(['out PUBLISH', 'in PUBREC', 'out PUBREL', 'in PUBCOMP'])
    expect(handshake?.awaited).toBeNull()
    const brought = packets.find((packet, index) => types[index] === 'in PUBLISH' && packet.sequence !== null)
    expect(typesOf(log.handshake(brought?.number ?? 0)?.legs ?? [])).toEqual([
      'in PUBLISH',
      'out PUBREC',
      'in PUBREL',
      'out PUBCOMP',
    ])
    const [message] = harness.messages.filter(({ outgoing }) => !outgoing)
    expect(message?.sequence).toBe(brought?.sequence)
    const place = { sequence: message?.sequence ?? 0, isOutgoing: false, topic: 'plant/a', time: message?.time ?? 0 }
    expect(log.ofMessage(place)).toBe(brought?.number)
    const ours = harness.messages.find(({ outgoing }) => outgoing)
    expect(log.ofMessage({ ...place, sequence: ours?.sequence ?? 0, isOutgoing: true, time: ours?.time ?? 0 })).toBe(
      sent?.number,
    )
  },
)

it('finds packets by what they are', async () => {
  const broker = await startedBroker()
  const harness = startedHarness({ recordsPackets: true })
  const profile = testProfile({ port: broker.port(), subscriptions: [subscribed('plant/#')] })
  const log = harness.registry.packetsOf(profile.id)
  await harness.connect(profile)
  await harness.granted(profile)
  await harness.registry.publish(publishTo(profile, { topic: 'plant/b', payload: Buffer.from('Needle'), qos: 1 }))
  await harness.received(profile, 1)
  const found = (test: Parameters<PacketLog['find']>[0][number]['test'], not = false) => {
    const { numbers } = log.find([{ not, test }], 1)
    return typesOf(log.read(numbers, 65_536).filter((entry) => entry.kind === 'packet'))
  }
  expect(found({ kind: 'type', type: 'CONNACK' })).toEqual(['in CONNACK'])
  expect(found({ kind: 'topic', filter: 'plant/#' })).toEqual(['out SUBSCRIBE', 'out PUBLISH', 'in PUBLISH'])
  expect(found({ kind: 'topic', filter: 'plant/+' })).toEqual(['out PUBLISH', 'in PUBLISH'])
  expect(found({ kind: 'text', text: 'needle' })).toEqual(['out PUBLISH', 'in PUBLISH'])
  expect(found({ kind: 'errors' })).toEqual([])
  expect(found({ kind: 'direction', direction: 'in' })).toEqual(['in CONNACK', 'in SUBACK', 'in PUBLISH', 'in PUBACK'])
})

it('records nothing while it is off, and all of it again from when it is on', async () => {
  const broker = await startedBroker()
  const harness = startedHarness({ recordsPackets: true })
  const profile = testProfile({ port: broker.port() })
  const log = harness.registry.packetsOf(profile.id)
  log.switchTo(false)
  await harness.connect(profile)
  expect(log.status()).toMatchObject({ isOn: false, first: 1, last: 0 })
  log.switchTo(true)
  await harness.registry.publish(publishTo(profile, { qos: 1 }))
  expect(typesOf(packetsOf(log))).toEqual(['out PUBLISH', 'in PUBACK'])
  log.clear()
  expect(entriesOf(log)).toEqual([])
})
