import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newProfile } from '#shared/model/profile'
import type { PublishRequest } from '#shared/model/publish'
import { largestPacketBytes } from '#shared/model/settings'
import { decodePublishProperties } from '#shared/mqtt/publishProperties'
import { PacketFailure } from './packetFailure'
import { createPacketReader } from './packetReader'
import { encodePublish } from './publishPacket'
import { emptyPublish } from './publishReader'

interface Seen {
  readonly topic: string
  readonly payload: Buffer
  readonly properties: unknown
  readonly flags: number
}
const readerWith = (given: { maximumPacketSize?: number; isVersion5?: boolean } = {}) => {
  const seen: Seen[] = []
  const publish = { kind: 'publish' as const, ...emptyPublish(), packetStart: 0 }
  const reader = createPacketReader({ isVersion5: true, maximumPacketSize: largestPacketBytes, publish, ...given })
  const read = (chunk: Buffer) => {
    reader.push(chunk)
    for (let packet = reader.next(); packet; packet = reader.next()) {
      if (packet.kind !== 'publish') continue
      const { source, topicStart, topicEnd, start, payloadStart, end, flags } = packet
      seen.push({
        topic: source.toString('utf8', topicStart, topicEnd),
        payload: Buffer.from(source.subarray(payloadStart, end)),
        properties: decodePublishProperties(source.subarray(start, payloadStart)),
        flags,
      })
    }
  }
  read(Buffer.from([0x20, 3, 0, 0, 0]))
  return { read, seen, publish }
}

const request = (given: Partial<PublishRequest> = {}): PublishRequest => ({
  connectionId: newProfile({ id: 'a' }).id,
  topic: 'a/b',
  payload: Buffer.from('1'),
  qos: 0,
  retain: false,
  properties: {},
  ...given,
})
const wireOf = (given: Partial<PublishRequest>, packetId = 1, isVersion5 = true): Buffer => {
  const { bytes, packetIdAt } = encodePublish(request(given), isVersion5)
  if (packetIdAt !== null) bytes.writeUInt16BE(packetId, packetIdAt)
  return bytes
}
const failureOf = (act: () => void) => {
  try {
    act()
    return null
  } catch (error) {
    return error instanceof PacketFailure ? error.failure : error
  }
}

describe('the packet reader', () => {
  it('reads back whatever was encoded, in any chunks', () => {
    const topic = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((text) => !/[+#\0]/.test(text))
    const sent = fc.record({
      topic,
      payload: fc.uint8Array({ maxLength: 300 }),
      qos: fc.constantFrom(0 as const, 1 as const),
      retain: fc.boolean(),
      properties: fc.record(
        { contentType: fc.string({ maxLength: 5 }).filter((text) => !text.includes('\0')) },
        { requiredKeys: [] },
      ),
    })
    fc.assert(
      fc.property(
        fc.array(sent, { maxLength: 20 }),
        fc.array(fc.integer({ min: 1, max: 200 })),
        fc.boolean(),
        (requests, sizes, isVersion5) => {
          const { read, seen } = readerWith({ isVersion5 })
          const wire = Buffer.concat(requests.map((one) => wireOf(one, 1, isVersion5)))
          for (let at = 0, turn = 0; at < wire.length; turn += 1) {
            const size = sizes.length > 0 ? (sizes[turn % sizes.length] ?? 1) : wire.length
            read(wire.subarray(at, at + size))
            at += size
          }
          expect(seen).toEqual(
            requests.map(({ topic: text, payload, qos, retain, properties }) => ({
              topic: text,
              payload: Buffer.from(payload),
              properties: isVersion5 ? { ...properties } : {},
              flags: qos | (retain ? 4 : 0),
            })),
          )
        },
      ),
    )
  })

  it('holds on to no chunk when all of it was read', () => {
    const { read, seen, publish } = readerWith()
    read(Buffer.concat(Array.from({ length: 100 }, () => wireOf({}))))
    expect(seen).toHaveLength(100)
    expect(publish.source).toHaveLength(0)
  })

  it('refuses a control packet by its header, before its body is there', () => {
    const { read } = readerWith({ maximumPacketSize: 100 })
    const error = failureOf(() => read(Buffer.from([0x90, 0xff, 0xff, 0xff, 0x7f])))
    expect(error).toMatchObject({
      code: 'malformedPacket',
      values: { detail: expect.stringContaining('268435460') as string },
    })
  })

  it('ends in a message, a packet or a named failure, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 6 }), (chunks) => {
        const { read } = readerWith()
        const error = failureOf(() => chunks.forEach((chunk) => read(Buffer.from(chunk))))
        expect(error === null || ['malformedPacket', 'packetTooLarge'].includes((error as { code: string }).code)).toBe(
          true,
        )
      }),
      { numRuns: 3_000 },
    )
  })
})
