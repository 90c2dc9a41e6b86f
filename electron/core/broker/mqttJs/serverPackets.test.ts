import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PublishRequest } from '#shared/model/publish'
import { createMessageInbox } from '../inbox/messageInbox'
import { PacketFailure } from '../packets/packetFailure'
import { encodePublish } from '../packets/publishPacket'
import { acceptedPackets, packetsFrom, plainReceiver } from '../receiverTesting'
import type { Receiver } from '../transport/transport'

const wireOf = (given: Partial<PublishRequest>, packetId = 1): Buffer => {
  const request = { connectionId: 'a', topic: 'a', payload: Buffer.alloc(0), qos: 0 as const, retain: false }
  const { bytes, packetIdAt } = encodePublish({ ...request, properties: {}, ...given }, true)
  if (packetIdAt !== null) bytes.writeUInt16BE(packetId, packetIdAt)
  return bytes
}
const pubrel = (packetId: number) => Buffer.from([0x62, 2, 0, packetId])

/** What an inbox is told of, in order, beside what it makes of it. */
const open = (given: { readonly maximumPacketSize?: number; readonly clock?: () => number } = {}) => {
  const inbox = createMessageInbox()
  const connection = inbox.connection('a')
  const receiver = plainReceiver(connection)
  const told: string[] = []
  const acknowledged: number[] = []
  const noting: Receiver = {
    ...receiver,
    receive: (message) => {
      told.push(message.topic.text)
      receiver.receive(message)
    },
    skip: (skipped, time) => {
      told.push(`skipped ${skipped.topic} at ${time}`)
      receiver.skip(skipped, time)
    },
  }
  const { maximumPacketSize = 2 ** 28, clock = () => 5 } = given
  const parts = {
    maximumPacketSize,
    clock: { wall: clock, shiftOf: () => 0 },
    toMqttJs: (packet: Buffer) => {
      if (packet[0] !== undefined && packet[0] >> 4 === 3) acknowledged.push(packet.readUInt16BE(5))
    },
  }
  const totals = async () => (await inbox.take({ fresh: false })).connections[0]?.totals
  return { told, acknowledged, totals, noting, parts }
}

describe('the packets of a server', () => {
  it('are told in order, a QoS 2 message once until it was released, and each is acknowledged', async () => {
    const { told, acknowledged, totals, noting, parts } = open()
    const packets = acceptedPackets(noting, parts)
    const wire = [7, 7, 8].map((id) => wireOf({ qos: 2 }, id))
    packets.read(Buffer.concat([...wire, pubrel(7), wireOf({ qos: 2 }, 7), wireOf({ topic: 'b', qos: 1 }, 9)]))
    expect(told).toEqual(['a', 'a', 'a', 'a', 'b'])
    expect(acknowledged).toEqual([7, 7, 8, 7, 9])
    expect(await totals()).toMatchObject({ received: 4, redeliveries: 1 })
  })

  it('of QoS 2 that are too large count once until they are released', async () => {
    const { told, acknowledged, totals, noting, parts } = open({ maximumPacketSize: 1_000 })
    const packets = acceptedPackets(noting, parts)
    const large = wireOf({ topic: 'large', qos: 2, payload: Buffer.alloc(3_000) }, 7)
    packets.read(Buffer.concat([large, large, pubrel(7), large]))
    expect(told).toEqual(Array.from({ length: 3 }, () => 'skipped large at 5'))
    expect(acknowledged).toEqual([7, 7, 7])
    expect(await totals()).toMatchObject({ skipped: 2, redeliveries: 1 })
  })

  it('cost one look at the clock a chunk', () => {
    let looks = 0
    const { told, noting, parts } = open({ clock: () => (looks += 1) })
    const packets = acceptedPackets(noting, parts)
    const before = looks
    packets.read(Buffer.concat(Array.from({ length: 100 }, () => wireOf({}))))
    expect(told).toHaveLength(100)
    expect(looks).toBe(before + 1)
  })

  it('say whether they want an answer or are one', () => {
    const { noting, parts } = open()
    const packets = acceptedPackets(noting, parts)
    const puback = Buffer.from([0x40, 2, 0, 1])
    const chunks = [wireOf({}), wireOf({ qos: 1 }), Buffer.concat([wireOf({}), puback])]
    expect(chunks.map((chunk) => packets.read(chunk))).toEqual([false, true, true])
  })

  it('wait behind CONNACK until the session has begun, in their order', () => {
    const { told, noting, parts } = open()
    const packets = packetsFrom(noting, parts)
    const two = wireOf({ topic: 'two' })
    packets.read(Buffer.concat([Buffer.from([0x20, 3, 0, 0, 0]), wireOf({ topic: 'one' })]))
    packets.read(two.subarray(0, 3))
    expect(told).toEqual([])
    packets.goOn()
    expect(told).toEqual(['one'])
    packets.read(two.subarray(3))
    expect(told).toEqual(['one', 'two'])
  })

  it('end in messages or in a named failure, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 6 }), (chunks) => {
        const { noting, parts } = open()
        const packets = acceptedPackets(noting, parts)
        try {
          for (const chunk of chunks) packets.read(Buffer.from(chunk))
        } catch (error) {
          expect(error).toBeInstanceOf(PacketFailure)
        }
      }),
      { numRuns: 3_000 },
    )
  })
})
