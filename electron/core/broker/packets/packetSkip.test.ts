import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newProfile } from '#shared/model/profile'
import type { PublishRequest } from '#shared/model/publish'
import { PacketFailure } from './packetFailure'
import { createPacketReader } from './packetReader'
import { encodePublish } from './publishPacket'
import { emptyPublish } from './publishReader'
import type { SkippedPublish } from './publishSkipper'

const connack = Buffer.from([0x20, 3, 0, 0, 0])
const { id: connectionId } = newProfile({ id: 'a' })

const wireOf = (given: Partial<PublishRequest>, packetId = 1): Buffer => {
  const request = { connectionId, topic: 'a', payload: Buffer.alloc(0), qos: 0 as const, retain: false, properties: {} }
  const { bytes, packetIdAt } = encodePublish({ ...request, ...given }, true)
  if (packetIdAt !== null) bytes.writeUInt16BE(packetId, packetIdAt)
  return bytes
}
const userProperties = (bytes: number): PublishRequest['properties'] => ({
  userProperties: Array.from(
    { length: Math.ceil(bytes / 60_000) },
    () => ['n', 'v'.repeat(60_000)] as [string, string],
  ),
})

/** What a reader tells of, in order. */
const readerWith = (maximumPacketSize: number) => {
  const told: string[] = []
  const skipped: SkippedPublish[] = []
  const publish = { kind: 'publish' as const, ...emptyPublish(), packetStart: 0 }
  const reader = createPacketReader({ isVersion5: true, maximumPacketSize, publish })
  const read = (chunk: Buffer) => {
    reader.push(chunk)
    for (let packet = reader.next(); packet; packet = reader.next()) {
      if (packet.kind === 'publish') told.push(packet.source.toString('utf8', packet.topicStart, packet.topicEnd))
      if (packet.kind !== 'skipped') continue
      told.push(`skipped ${packet.topic}`)
      skipped.push(packet)
    }
  }
  read(connack)
  return { read, told, skipped }
}
const readInPieces = (read: (chunk: Buffer) => void, wire: Buffer, sizes: readonly number[]) => {
  for (let at = 0, turn = 0; at < wire.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1
    read(wire.subarray(at, at + size))
    at += size
  }
}

describe('a PUBLISH beyond the packet limit', () => {
  const large = (qos: 0 | 1 | 2, topic = 'large') => wireOf({ topic, qos, payload: Buffer.alloc(3_000) }, 7)

  it('is skipped in its place, and what follows is read, however it is cut', () => {
    const wire = Buffer.concat([wireOf({ topic: 'before' }), large(1), wireOf({ topic: 'after' }), large(0), large(2)])
    const sizes = fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(sizes, (pieces) => {
        const { read, told, skipped } = readerWith(1_000)
        readInPieces(read, wire, pieces)
        expect(told).toEqual(['before', 'skipped large', 'after', 'skipped large', 'skipped large'])
        const first = {
          kind: 'skipped',
          topic: 'large',
          topicAlias: 0,
          packetId: 7,
          bytes: large(1).length,
          cause: 'packet',
        }
        expect(skipped[0]).toEqual({ ...first, flags: 1 })
        expect(skipped.map(({ packetId, flags }) => [packetId, flags])).toEqual([
          [7, 1],
          [0, 0],
          [7, 2],
        ])
      }),
    )
  })

  it('is named by a topic of any length, also one beyond the limit', () => {
    const topic = 't'.repeat(65_535)
    const { read, told } = readerWith(100)
    readInPieces(read, Buffer.concat([large(0, topic), wireOf({ topic: 'after' })]), [997])
    expect(told).toEqual([`skipped ${topic}`, 'after'])
  })

  it('must have a sound beginning all the same', () => {
    const failing = [
      ['QoS 3', [0x36, 0xff, 0x7f, 0, 1, 0x61, 0, 1]],
      ['identifier 0', [0x32, 0xff, 0x7f, 0, 1, 0x61, 0, 0]],
      ['no UTF-8', [0x30, 0xff, 0x7f, 0, 1, 0xff]],
      ['a wildcard', [0x30, 0xff, 0x7f, 0, 1, 0x23]],
    ] as const
    for (const [name, bytes] of failing)
      expect(() => readerWith(100).read(Buffer.from(bytes)), name).toThrow(PacketFailure)
  })

  it('takes no memory: 200 MB pass in pieces that are not kept', () => {
    const { read, skipped } = readerWith(1_000)
    const size = 200 * 2 ** 20
    read(Buffer.from([0x30, 0x80 | (size & 127), 0x80 | ((size >> 7) & 127), 0x80 | ((size >> 14) & 127), size >> 21]))
    read(Buffer.from([0, 1, 0x61]))
    const piece = Buffer.alloc(2 ** 20)
    const before = process.memoryUsage().arrayBuffers
    for (let left = size - 3; left > 0; left -= piece.length) read(piece.subarray(0, Math.min(left, piece.length)))
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(size / 10)
    expect(skipped).toMatchObject([{ topic: 'a', bytes: size + 5 }])
  })
})

describe('a PUBLISH with too large properties', () => {
  it('is skipped by them, and one with a large payload is not', () => {
    const { read, told, skipped } = readerWith(2 ** 28)
    const heavy = wireOf({ topic: 'heavy', qos: 1, properties: userProperties(2 ** 20 + 60_000) }, 9)
    const wire = Buffer.concat([
      heavy,
      wireOf({ topic: 'payload', payload: Buffer.alloc(2 ** 21) }),
      wireOf({ topic: 'z' }),
    ])
    readInPieces(read, wire, [65_536])
    expect(told).toEqual(['skipped heavy', 'payload', 'z'])
    expect(skipped).toMatchObject([{ bytes: heavy.length, cause: 'properties', packetId: 9 }])
  })

  it('is known before its properties have come, wherever its beginning is cut', () => {
    const heavy = wireOf({ topic: 'heavy', qos: 2, properties: userProperties(2 ** 20 + 60_000) }, 9)
    for (let cut = 1; cut < 20; cut += 1) {
      const { read, told } = readerWith(2 ** 28)
      read(heavy.subarray(0, cut))
      read(heavy.subarray(cut, 20))
      read(heavy.subarray(20))
      read(wireOf({ topic: 'after' }))
      expect(told).toEqual(['skipped heavy', 'after'])
    }
  })

  it('is read while they are within the limit', () => {
    const { read, told } = readerWith(2 ** 28)
    readInPieces(read, wireOf({ topic: 'within', properties: userProperties(900_000) }), [4_096])
    expect(told).toEqual(['within'])
  })
})
