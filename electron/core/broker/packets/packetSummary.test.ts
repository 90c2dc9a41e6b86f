import fc from 'fast-check'
import mqttPacket, { type Packet } from 'mqtt-packet'
import { describe, expect, it } from 'vitest'
import { packetSummary } from './packetSummary'

const summaryOf = (packet: Packet, protocolVersion: 4 | 5 = 5) => {
  const bytes = mqttPacket.generate(packet, { protocolVersion })
  return packetSummary(bytes, bytes.length, protocolVersion === 5)
}
const acknowledgement = { messageId: 258, reasonCode: 0x10 }
const connect = { protocolId: 'MQTT', protocolVersion: 5, clientId: 'me', username: 'ann', clean: true } as const

describe('the line of a control packet', () => {
  it.each<[string, Packet, string]>([
    ['CONNECT', { cmd: 'connect', ...connect, password: Buffer.from('geheim') }, 'CONNECT, 31 bytes'],
    [
      'CONNACK',
      { cmd: 'connack', sessionPresent: true, reasonCode: 0 },
      'CONNACK session present reason 0x00, 5 bytes',
    ],
    [
      'SUBSCRIBE',
      { cmd: 'subscribe', messageId: 3, subscriptions: [{ topic: 'a/#', qos: 1, nl: true, rap: true, rh: 2 }] },
      'SUBSCRIBE id 3 "a/#" QoS 1 No Local Retain As Published Retain Handling 2, 11 bytes',
    ],
    ['SUBACK', { cmd: 'suback', messageId: 3, granted: [0x87] }, 'SUBACK id 3 reason 0x87, 6 bytes'],
    ['UNSUBSCRIBE', { cmd: 'unsubscribe', messageId: 4, unsubscriptions: ['a/+'] }, 'UNSUBSCRIBE id 4 "a/+", 10 bytes'],
    ['PUBREC', { cmd: 'pubrec', ...acknowledgement }, 'PUBREC id 258 reason 0x10, 6 bytes'],
    ['PUBREL', { cmd: 'pubrel', messageId: 258 }, 'PUBREL id 258, 4 bytes'],
    ['PINGREQ', { cmd: 'pingreq' }, 'PINGREQ, 2 bytes'],
    ['DISCONNECT', { cmd: 'disconnect', reasonCode: 0x8e }, 'DISCONNECT reason 0x8e, 4 bytes'],
  ])('%s tells what it is about', (_name, packet, line) => {
    expect(summaryOf(packet)).toMatch(line.replace(/, \d+ bytes$/, ''))
    expect(summaryOf(packet)).toMatch(/, \d+ bytes$/)
  })

  it('PUBLISH tells topic name, QoS and flags, and nothing of its payload', () => {
    const publish = { cmd: 'publish', topic: 'plant/line', payload: 'geheim', qos: 2, retain: true, dup: true } as const
    const line = summaryOf({ ...publish, messageId: 7 })
    expect(line).toBe('PUBLISH id 7 "plant/line" QoS 2 RETAIN DUP, 23 bytes')
    expect(summaryOf({ ...publish, qos: 0, dup: false }, 4)).toBe('PUBLISH "plant/line" QoS 0 RETAIN, 20 bytes')
  })

  it('shows a topic name as visible text and shortens it', () => {
    const publish = { cmd: 'publish', payload: '', qos: 0, retain: false, dup: false } as const
    expect(summaryOf({ ...publish, topic: 'a\u202eb\n' })).not.toMatch(/[\u202e\n]/)
    expect(summaryOf({ ...publish, topic: 'x'.repeat(60_000) }).length).toBeLessThan(200)
  })

  it('is made of any bytes, however they end', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.boolean(), (bytes, isVersion5) => {
        expect(packetSummary(Buffer.from(bytes), bytes.length, isVersion5)).toMatch(/^\S.*, \d+ bytes$/)
      }),
      { numRuns: 2_000 },
    )
  })
})
