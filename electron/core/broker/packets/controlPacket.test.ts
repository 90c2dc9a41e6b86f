import { describe, expect, it } from 'vitest'
import { propertyId } from '#shared/mqtt/propertySection'
import { readControlPacket, type Connack } from './controlPacket'
import type { Dialect } from './dialect'
import { PacketFailure } from './packetFailure'

const strict = (level: Dialect['level']): Dialect => ({ level, isLenient: false })
const read = (dialect: Dialect, ...bytes: number[]) => readControlPacket(Buffer.from(bytes), 2, dialect)
const refusal = (dialect: Dialect, ...bytes: number[]) => {
  try {
    read(dialect, ...bytes)
    return null
  } catch (error) {
    if (!(error instanceof PacketFailure)) throw error
    return { answer: error.answer, values: error.failure.values }
  }
}

const packets: readonly (readonly [string, readonly number[]])[] = [
  ['PUBACK', [0x40, 2, 0, 7]],
  ['PUBREC', [0x50, 2, 0, 7]],
  ['PUBREL', [0x62, 2, 0, 7]],
  ['PUBCOMP', [0x70, 2, 0, 7]],
  ['SUBACK', [0x90, 3, 0, 7, 1]],
  ['UNSUBACK', [0xb0, 2, 0, 7]],
  ['PINGRESP', [0xd0, 0]],
  ['CONNACK', [0x20, 2, 0, 0]],
]
const allFlags = Array.from({ length: 16 }, (_, flags) => flags)

describe('flags of the fixed header', () => {
  it.each(packets)('of %s mean nothing in MQTT 3.1, and to who is lenient', (_name, [first = 0, ...rest]) => {
    const plain = read(strict(3), first, ...rest)
    for (const flags of allFlags) {
      expect(read(strict(3), (first & 0xf0) | flags, ...rest)).toEqual(plain)
      expect(read({ level: 4, isLenient: true }, (first & 0xf0) | flags, ...rest)).toEqual(plain)
    }
  })

  it.each(packets)('of %s are fixed in MQTT 3.1.1, and being lenient is offered', (_name, [first = 0, ...rest]) => {
    for (const flags of allFlags.filter((bits) => bits !== (first & 15)))
      expect(refusal(strict(4), (first & 0xf0) | flags, ...rest)).toMatchObject({ values: { mend: 'lenient' } })
  })
})

describe('CONNACK', () => {
  it('of MQTT 3.1 leaves its first byte to whoever likes, and says nothing of a session', () => {
    for (let flags = 0; flags < 256; flags += 1)
      expect(read(strict(3), 0x20, 2, flags, 0)).toMatchObject({ type: 'connack', sessionPresent: false })
  })

  it('has one flag from MQTT 3.1.1 on', () => {
    expect(read(strict(4), 0x20, 2, 1, 0)).toMatchObject({ sessionPresent: true })
    for (let flags = 2; flags < 256; flags += 1)
      expect(refusal(strict(4), 0x20, 2, flags, 0)).toMatchObject({ answer: 0x81 })
    expect(read({ level: 5, isLenient: true }, 0x20, 3, 3, 0, 0)).toMatchObject({ sessionPresent: true })
  })

  it('gives its user properties in wire order, repetitions included', () => {
    const pair = (name: string, value: string) => [
      0x26,
      0,
      name.length,
      ...Buffer.from(name),
      0,
      value.length,
      ...Buffer.from(value),
    ]
    const section = [...pair('b', '1'), 0x21, 0, 9, ...pair('a', ''), ...pair('b', '2')]
    const connack = read(strict(5), 0x20, 3 + section.length, 0, 0, section.length, ...section) as Connack
    expect(connack.properties.userProperties).toEqual([
      ['b', '1'],
      ['a', ''],
      ['b', '2'],
    ])
    expect(connack.properties.get(propertyId.receiveMaximum)).toBe(9)
  })
})

describe('what is wrong is told by the code the specification has for it', () => {
  it.each<readonly [string, number, readonly number[]]>([
    ['a property that stands twice', 0x82, [0x20, 9, 0, 0, 6, 0x21, 0, 1, 0x21, 0, 2]],
    ['a yes-no property of 2', 0x82, [0x20, 5, 0, 0, 2, 0x25, 2]],
    ['a maximum of 0', 0x82, [0x20, 6, 0, 0, 3, 0x21, 0, 0]],
    ['authentication data without a method', 0x82, [0x20, 6, 0, 0, 3, 0x16, 0, 0]],
    ['packet identifier 0 of PUBACK', 0x82, [0x40, 2, 0, 0]],
    ['packet identifier 0 of SUBACK', 0x82, [0x90, 4, 0, 0, 0, 0]],
    ['a reason string that stands twice in PUBREC', 0x82, [0x50, 10, 0, 1, 0, 6, 0x1f, 0, 0, 0x1f, 0, 0]],
    ['a property that does not belong there', 0x81, [0x20, 5, 0, 0, 2, 0x01, 0]],
    ['a property that is cut off', 0x81, [0x20, 5, 0, 0, 2, 0x21, 0]],
  ])('%s', (_name, answer, bytes) => expect(refusal(strict(5), ...bytes)).toMatchObject({ answer }))
})

describe('answers to filters', () => {
  it('of UNSUBACK may have any code: one nobody has named concerns its filter alone', () => {
    for (const code of [0x00, 0x05, 0x11, 0x80, 0x87, 0x9f, 0xff])
      expect(read(strict(5), 0xb0, 4, 0, 1, 0, code)).toMatchObject({ type: 'unsuback', packetId: 1, reasonCode: code })
  })

  it('of SUBACK in MQTT 3.1 use two bits, and 0x80 refuses', () => {
    expect(read(strict(3), 0x90, 3, 0, 1, 0x7d)).toMatchObject({ reasonCode: 1 })
    expect(read(strict(3), 0x90, 3, 0, 1, 0x80)).toMatchObject({ reasonCode: 0x80 })
    expect(refusal(strict(3), 0x90, 3, 0, 1, 3)).not.toBeNull()
  })
})

describe('DISCONNECT', () => {
  it('before MQTT 5 means to close, whatever stands in it', () => {
    const closing = { type: 'disconnect', reasonCode: null }
    expect(read(strict(4), 0xe0, 0)).toMatchObject(closing)
    expect(read(strict(3), 0xe8, 0)).toMatchObject(closing)
    expect(read(strict(4), 0xe0, 2, 0x8b, 0)).toMatchObject(closing)
    expect(read(strict(5), 0xe0, 0)).toMatchObject({ type: 'disconnect', reasonCode: 0 })
  })
})
