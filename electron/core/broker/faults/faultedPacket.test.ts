import fc from 'fast-check'
import mqttPacket from 'mqtt-packet'
import { describe, expect, it } from 'vitest'
import { packetIdIn } from '../packets/packetIdentifier'
import { handshakeNameOf, pubrelFor, qosOf, withDup, withReasonCode } from './faultedPacket'

const read = (bytes: Buffer) => {
  const parser = mqttPacket.parser({ protocolVersion: 5 })
  const found: mqttPacket.Packet[] = []
  parser.on('packet', (packet) => found.push(packet))
  parser.parse(bytes)
  return found
}

const id = fc.integer({ min: 1, max: 65_535 })

describe('packets of the fault kit, as another library reads them', () => {
  it('acknowledgements keep their identifier and get the reason code', () => {
    fc.assert(
      fc.property(
        fc.record({
          messageId: id,
          cmd: fc.constantFrom('puback' as const, 'pubrec' as const, 'pubrel' as const, 'pubcomp' as const),
          code: fc.constantFrom(0x00, 0x92),
          reasonString: fc.option(fc.string()),
        }),
        ({ messageId, cmd, code, reasonString }) => {
          const properties = reasonString === null ? {} : { properties: { reasonString } }
          const packet = mqttPacket.generate({ cmd, messageId, reasonCode: 0, ...properties }, { protocolVersion: 5 })
          expect(handshakeNameOf(packet)).toBe(cmd.toUpperCase())
          expect(packetIdIn(packet)).toBe(messageId)
          const changed = withReasonCode(packet, code)
          const isKnown = code === 0 || cmd === 'pubrel' || cmd === 'pubcomp'
          if (isKnown) expect(read(changed)).toMatchObject([{ cmd, messageId, reasonCode: code }])
          expect(changed.subarray(2)).toEqual(Buffer.from([messageId >> 8, messageId & 255, code]))
        },
      ),
    )
  })

  it('a PUBLISH keeps everything but DUP', () => {
    fc.assert(
      fc.property(
        fc.record({
          messageId: id,
          qos: fc.constantFrom(1 as const, 2 as const),
          dup: fc.boolean(),
          topic: fc.string({ minLength: 1 }).filter((text) => !text.includes('\0')),
        }),
        ({ messageId, qos, dup, topic }) => {
          const given = { cmd: 'publish' as const, messageId, qos, dup, topic, payload: 'p', retain: true }
          const packet = mqttPacket.generate(given, { protocolVersion: 5 })
          expect([packetIdIn(packet), qosOf(packet), handshakeNameOf(packet)]).toEqual([messageId, qos, null])
          expect(read(withDup(packet, !dup))).toMatchObject([{ messageId, qos, topic, dup: !dup, retain: true }])
          expect(withDup(withDup(packet, !dup), dup)).toEqual(packet)
        },
      ),
    )
  })

  it('PUBREL is one', () => {
    expect(read(pubrelFor(0x1234))).toMatchObject([{ cmd: 'pubrel', messageId: 0x1234 }])
  })
})
