import fc from 'fast-check'
import { generate } from 'mqtt-packet'
import { describe, expect, it } from 'vitest'
import type { ProtocolVersion } from '#shared/model/qos'
import { decodePacket } from './decodePacket'
import { isPlainlySound } from './plainlySound'
import { anyPacket } from './anyPacketTesting'
import { asMqttPacket, flatFields } from './packetTesting'

const versions = [
  [3, '3.1'],
  [4, '3.1.1'],
  [5, '5'],
] as const

const hex = (digits: string) => Uint8Array.from(Buffer.from(digits.replaceAll(' ', ''), 'hex'))
const rulesOf = (digits: string, version: ProtocolVersion, from: 'client' | 'server' | null = null) =>
  decodePacket(hex(digits), version, { from }).problems.map(({ rule, clause }) => `${rule} ${clause}`)

describe('a packet', () => {
  it.each(versions)(
    'of MQTT level %i that mqtt-packet wrote has its fields, and nothing against it',
    (level, version) => {
      fc.assert(
        fc.property(anyPacket(level), (packet) => {
          const bytes = generate(packet, { protocolVersion: level })
          const decoded = decodePacket(bytes, version)
          const { type, size, problems } = decoded
          expect({ type, size, problems }).toEqual({ type: packet.cmd.toUpperCase(), size: bytes.length, problems: [] })
          expect(generate(asMqttPacket(decoded, bytes), { protocolVersion: level })).toEqual(bytes)
        }),
        { numRuns: 500 },
      )
    },
  )

  it.each(versions)('of MQTT level %i has every byte in one field, in their order', (level, version) => {
    fc.assert(
      fc.property(anyPacket(level), (packet) => {
        const bytes = generate(packet, { protocolVersion: level })
        let at = 0
        for (const field of decodePacket(bytes, version).fields) {
          expect(field.offset).toBe(at)
          at += field.length
        }
        expect(at).toBe(bytes.length)
      }),
    )
  })
})

describe('what is against the standard', () => {
  it.each<readonly [string, string, ProtocolVersion, readonly string[]]>([
    ['a reserved type', '0000', '5', ['reservedType MQTT 5 §2.1.2']],
    ['AUTH before MQTT 5', 'f000', '3.1.1', ['reservedType MQTT 3.1.1 §2.2.1']],
    ['flags of PUBREL', '60020001', '5', ['reservedFlags [MQTT-3.6.1-1]']],
    ['flags of PINGREQ', 'c100', '3.1.1', ['reservedFlags [MQTT-2.2.2-1]']],
    ['flags that MQTT 3.1 does not look at', 'c100', '3.1', []],
    ['a Remaining Length of five bytes', 'c0ffffffff7f', '5', ['lengthTooLong MQTT 5 §1.5.5']],
    ['a Remaining Length that is longer than it need be', 'c08000', '5', ['lengthNotShortest [MQTT-1.5.5-1]']],
    ['the same before MQTT 5', 'c08000', '3.1.1', []],
    ['bytes behind a PINGREQ', 'c0020000', '5', ['bytesLeft MQTT 5 §4.13.1']],
    ['bytes behind the packet', 'c00000', '5', ['bytesLeft MQTT 5 §4.13.1']],
    ['a PUBLISH of QoS 3', '36 05 0001 61 0001', '3.1.1', ['qosThree [MQTT-3.3.1-4]']],
    ['DUP of QoS 0', '38 03 0001 61', '5', ['dupQosZero [MQTT-3.3.1-2]', 'cutShort MQTT 5 §4.13.1']],
    ['an identifier of 0', '40 02 0000', '5', ['packetIdZero MQTT 5 §2.2.1']],
    ['the same in MQTT 3.1.1', '40 02 0000', '3.1.1', ['packetIdZero [MQTT-2.3.1-1]']],
    ['a topic with a wildcard', '30 04 0002 6123', '3.1.1', ['topicWildcard [MQTT-3.3.2-2]']],
    ['an empty topic without alias', '30 03 0000 00', '5', ['topicEmpty MQTT 5 §3.3.2.1']],
    ['a topic alias of 0', '30 06 0000 03 230000', '5', ['aliasZero [MQTT-3.3.2-8]']],
    ['text that is no UTF-8', '30 05 0003 ff6162', '3.1.1', ['notUtf8 [MQTT-1.5.3-1]']],
    ['U+0000 in a text', '30 05 0003 610062', '3.1.1', ['nullCharacter [MQTT-1.5.3-2]']],
    ['a payload that is said to be text', '30 07 0001 61 02 0101 ff', '5', ['payloadNotUtf8 MQTT 5 §3.3.2.3.2']],
    ['a SUBSCRIBE without filter', '82 02 0001', '3.1.1', ['noFilter [MQTT-3.8.3-3]']],
    ['an UNSUBSCRIBE without filter', 'a2 03 0001 00', '5', ['noFilterToRemove [MQTT-3.10.3-2]']],
    ['a filter with # before its end', '82 09 0001 0004 232f6161 00', '3.1.1', ['filterHash [MQTT-4.7.1-2]']],
    ['a filter with + in a level', '82 08 0001 00 0002 612b 00', '5', ['filterPlus [MQTT-4.7.1-2]']],
    ['a requested QoS of 3', '82 06 0001 0001 61 03', '3.1.1', ['requestedQosThree [MQTT-3-8.3-4]']],
    ['reserved options', '82 07 0001 00 0001 61 c0', '5', ['optionsReserved [MQTT-3.8.3-5]']],
    ['a SUBACK without a code', '90 02 0001', '3.1.1', ['noCode [MQTT-3.9.3-1]']],
    ['a code that SUBACK has not', '90 03 0001 05', '3.1.1', ['grantedQos [MQTT-3.9.3-2]']],
    ['a code that PUBACK has not', '40 03 0001 42', '5', ['reasonCode [MQTT-3.4.2-1]']],
    ['a code that CONNACK has not', '20 02 00 09', '3.1.1', ['connackCode [MQTT-3.2.2-6]']],
    ['reserved flags of CONNACK', '20 02 02 00', '3.1.1', ['connackReserved MQTT 3.1.1 §3.2.2.1']],
    ['a session with a refusal', '20 03 01 87 00', '5', ['sessionPresentRefused [MQTT-3.2.2-6]']],
    ['a property that does not exist', '40 06 0001 00 02 7f00', '5', ['propertyUnknown MQTT 5 §2.2.2.2']],
    ['a property of another packet', '40 07 0001 00 03 220001', '5', ['propertyNotAllowed MQTT 5 §2.2.2.2']],
    ['properties that it may have', '30 0a 0001 61 06 030001 61 01 00', '5', []],
    ['an alias twice', '30 0a 0001 61 06 230001 230001', '5', ['propertyTwice MQTT 5 §2.2.2.2']],
    ['a Receive Maximum of 0', '20 06 00 00 03 210000', '5', ['propertyValue MQTT 5 §2.2.2.2']],
    [
      'authentication data without a method',
      '20 07 00 00 04 16000161',
      '5',
      ['authenticationWithoutMethod MQTT 5 §4.12'],
    ],
    ['properties that are cut off', '40 04 0001 00 05', '5', ['cutShort MQTT 5 §4.13.1']],
    ['a property that is cut off', '30 06 0001 61 02 0200', '5', ['cutShort MQTT 5 §4.13.1']],
  ])('is told with its clause: %s', (...[, digits, version, told]) => {
    expect(rulesOf(digits, version)).toEqual(told)
  })

  const connect = (flags: string, rest: string, name = '00044d515454 04') => {
    const body = hex(`${name} ${flags} 003c ${rest}`)
    return Buffer.concat([Uint8Array.of(0x10, body.length), body]).toString('hex')
  }

  it.each<readonly [string, string, readonly string[]]>([
    ['nothing', connect('02', '000161'), []],
    ['another name', connect('02', '000161', '00044d515458 04'), ['protocolName [MQTT-3.1.2-1]']],
    ['another level', connect('02', '000161', '00044d515454 07'), ['protocolVersion [MQTT-3.1.2-2]']],
    ['the reserved flag', connect('03', '000161'), ['connectReserved [MQTT-3.1.2-3]']],
    ['QoS of no will', connect('0a', '000161'), ['willQosWithoutWill [MQTT-3.1.2-13]']],
    ['retain of no will', connect('22', '000161'), ['willRetainWithoutWill [MQTT-3.1.2-15]']],
    ['a will of QoS 3', connect('1e', '000161 000161 0000'), ['willQosThree [MQTT-3.1.2-14]']],
    ['a password alone', connect('42', '000161 0000'), ['passwordWithoutUserName [MQTT-3.1.2-22]']],
    ['no identifier and no clean session', connect('00', '0000'), ['clientIdEmpty [MQTT-3.1.3-7]']],
    ['a user name that is not there', connect('82', '000161'), ['cutShort MQTT 3.1.1 §4.8']],
    ['a user name that MQTT 3.1 may leave out', connect('82', '000161', '00064d5149736470 03'), []],
    ['an identifier too long for MQTT 3.1', connect('02', `0018${'61'.repeat(24)}`, '00064d5149736470 03'), []],
  ])('in CONNECT: %s', (name, digits, told) => {
    const long = name.startsWith('an identifier') ? ['clientIdLength MQTT 3.1 §3.1'] : told
    expect(rulesOf(digits, '3.1.1')).toEqual(long)
  })

  it('is what the other side may not send', () => {
    expect(rulesOf('c000', '5', 'server')).toEqual(['wrongSide MQTT 5 §2.1.2'])
    expect(rulesOf('e000', '3.1.1', 'server')).toEqual(['wrongSide MQTT 3.1.1 §2.2.1'])
    expect(rulesOf('e000', '5', 'server')).toEqual([])
    expect(rulesOf('30 06 0001 61 02 0b01', '5', 'client')).toEqual(['identifierFromClient [MQTT-3.3.4-6]'])
    expect(rulesOf('e0 07 00 05 1100000001', '5', 'server')).toEqual(['expiryFromServer [MQTT-3.14.2-2]'])
  })
})

describe('bytes that end early', () => {
  it('are told once, with the fields before', () => {
    const { fields, problems } = decodePacket(hex('32 0a 0001 61 00'), '5')
    expect(fields.map(({ field, offset, length }) => [field, offset, length])).toEqual([
      ['mqtt.hdrflags', 0, 1],
      ['mqtt.len', 1, 1],
      ['mqtt.topic_len', 2, 2],
      ['mqtt.topic', 4, 1],
      ['_ws.malformed', 5, 1],
    ])
    expect(problems.map(({ rule }) => rule)).toEqual(['cutShort'])
  })

  it('are no fault where no more of them were kept', () => {
    const { size, problems, fields } = decodePacket(hex('30 e807 0001 61 68656c6c6f'), '3.1.1', { size: 1_003 })
    expect([size, problems]).toEqual([1_003, []])
    expect(fields.at(-1)).toMatchObject({ field: 'mqtt.msg', offset: 6, length: 997, text: 'hello' })
  })

  it('may be none at all', () => {
    expect(decodePacket(new Uint8Array(0), '5')).toMatchObject({ type: 'reserved', size: 0 })
  })
})

describe('a plainly sound packet', () => {
  it.each([
    ['30 05 0001 61 6869', '3.1.1', true],
    ['30 06 0001 61 00 6869', '5', true],
    ['40 02 0007', '5', true],
    ['30 05 0001 2b 6869', '3.1.1', false],
    ['38 05 0001 61 6869', '3.1.1', false],
    ['30 0b 0001 61 05 0200000001 6869', '5', false],
    ['40 02 0000', '5', false],
    ['c0 00', '5', false],
  ] as const)('%s (MQTT %s): %s', (digits, version, isPlain) => {
    expect(isPlainlySound(hex(digits), version)).toBe(isPlain)
  })
})

describe('a field', () => {
  it('says where the version in use explains it', () => {
    const clauseOf = (digits: string, version: ProtocolVersion, name: string) =>
      flatFields(decodePacket(hex(digits), version).fields).find(({ field }) => field === name)?.clause
    expect(clauseOf('40 02 0001', '5', 'mqtt.msgid')).toBe('MQTT 5 §2.2.1')
    expect(clauseOf('40 02 0001', '3.1.1', 'mqtt.msgid')).toBe('MQTT 3.1.1 §2.3.1')
    expect(clauseOf('40 02 0001', '3.1', 'mqtt.msgid')).toBe('MQTT 3.1 §2.4')
    expect(clauseOf('e0 01 00', '5', 'mqtt.disconnect.reason_code')).toBe('MQTT 5 §3.14.2.1')
    expect(clauseOf('30 09 0001 61 05 02 00000001', '5', 'mqtt.prop_number')).toBe('MQTT 5 §3.3.2.3.3')
  })
})
