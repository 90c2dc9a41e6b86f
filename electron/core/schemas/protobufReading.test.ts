import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { DecodedPayload } from '#shared/encoding/decodingFault'
import { nodeJson } from '#shared/encoding/nodeJson'
import type { PayloadNode } from '#shared/encoding/payloadNode'
import { decodeProtobuf } from '#shared/encoding/protobuf/decodedProtobuf'
import { encodeProtobuf } from '#shared/encoding/protobuf/encodedProtobuf'
import { anyMessage, proto2, proto3, testedSchema, type TestedSchema } from './protobufTesting'

const readingProto = `syntax = "proto3"; package example;
message Reading {
  string device_id = 1; double temperature = 2; sint32 rssi = 3; uint64 sequence = 4; repeated uint32 samples = 5;
  map<string, string> tags = 6; oneof state { bool ok = 7; string fault = 8; } Kind kind = 9; bytes raw = 10;
  optional float humidity = 11;
}
enum Kind { UNKNOWN = 0; INDOOR = 1; OUTDOOR = 2; }`
const readingHex =
  '0a056465762d3111000000000080374' +
  '0188d012081808080808080102a0601ac02f0a20432100a04736974651208' +
  '4dc3bc6e6368656e32090a046c696e6512013142086f766572686561744802520200ff5d00000000'

const schemas = new Map<string, TestedSchema>()
beforeAll(async () => {
  schemas.set('example.Reading', await testedSchema(readingProto))
  schemas.set('Two', await testedSchema(proto2))
  for (const name of ['t.All', 't.Known']) schemas.set(name, await testedSchema(proto3))
})

const schemaOf = (name: string): TestedSchema => {
  const schema = schemas.get(name)
  if (!schema) throw new Error(name)
  return schema
}
const unhex = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'))
const decode = (name: string | null, bytes: Uint8Array, isDelimited = false): DecodedPayload =>
  decodeProtobuf(bytes, { message: name === null ? null : { types: schemaOf(name).types, name }, isDelimited })
const nodeOf = (name: string | null, bytes: Uint8Array): PayloadNode => {
  const decoded = decode(name, bytes)
  const [only] = decoded.ok ? decoded.nodes : []
  if (!only) throw new Error(JSON.stringify(decoded))
  return only
}
const jsonOf = (name: string | null, hex: string) => nodeJson(nodeOf(name, unhex(hex)))
const encode = (name: string, json: string): Uint8Array => {
  const encoded = encodeProtobuf(json, { types: schemaOf(name).types, name })
  if (!encoded.ok) throw new Error(JSON.stringify(encoded))
  return encoded.bytes
}

/** As protobufjs says the same: longs as texts, bytes in Base64, maps as objects. */
const plain = (node: PayloadNode): unknown => {
  switch (node.kind) {
    case 'number':
      return /64/.test(node.type)
        ? node.digits
        : node.type === 'float'
          ? Math.fround(Number(node.digits))
          : Number(node.digits)
    case 'constant':
      return node.value
    case 'text':
    case 'symbol':
      return node.text
    case 'bytes':
      return Buffer.from(node.bytes).toString('base64')
    case 'list':
      return node.items.map(plain)
    case 'map':
      return Object.fromEntries(node.members.map(({ name, value }) => [name, plain(value)]))
    case 'undefined':
    case 'simple':
    case 'tagged':
    case 'extension':
      throw new Error(node.kind)
  }
}

/** Whether every node lies inside its parent, and parents list their children in the order they were sent in. */
const strayNodes = (node: PayloadNode): readonly string[] => {
  const children = node.kind === 'list' ? node.items : node.kind === 'map' ? node.members.map(({ value }) => value) : []
  const end = node.offset + node.length
  return children.flatMap((child) => [
    ...(child.offset < node.offset || child.offset + child.length > end ? [`${child.type} at ${child.offset}`] : []),
    ...strayNodes(child),
  ])
}

describe('decodeProtobuf', () => {
  it('reads the values that the library reads', () => {
    fc.assert(
      fc.property(anyMessage, (value) => {
        const type = schemaOf('t.All').witness('t.All')
        const bytes = encode('t.All', JSON.stringify(value))
        const said = type.toObject(type.decode(bytes), { longs: String, enums: String, bytes: String })
        const node = nodeOf('t.All', bytes)
        expect(plain(node)).toEqual(said)
        expect(strayNodes(node)).toEqual([])
      }),
    )
  })

  it('says JSON of which the same bytes are written', () => {
    fc.assert(
      fc.property(anyMessage, (value) => {
        const bytes = encode('t.All', JSON.stringify(value))
        expect(encode('t.All', nodeJson(nodeOf('t.All', bytes)) ?? '')).toEqual(bytes)
      }),
    )
  })

  it.each([
    [
      't.Known',
      '{"at":"2026-01-05T10:07:00.120Z","took":"-1.500s","object":{"a":[1.0,"x",null,{"b":true}],"":{}},"value":null}',
    ],
    [
      't.Known',
      '{"list":[[],false],"d":0.0,"i":-9223372036854775808,"b":false,"s":"","raw":{"$hex":"00ff"},"mask":"a,bCd.eF"}',
    ],
    ['t.Known', '{"any":{"@type":"x/t.All","i32":5,"text":"x"},"empty":{},"u":18446744073709551615}'],
    ['t.Known', '{"any":{"@type":"x/google.protobuf.Duration","value":"1s"}}'],
    ['t.Known', '{"any":{"@type":"x/google.protobuf.Any","value":{"@type":"x/t.Known","took":"2s"}}}'],
    ['t.All', '{"d":{"$float":"NaN"},"f":0.1,"loose":[{"$float":"-Infinity"},-0.0]}'],
    ['Two', '{"id":1,"n":[1,-1],"part":[{"x":3,"two":{"id":9}},{}],"[note]":"remember","[more]":[{"id":2}]}'],
  ])('says of %s what was written: %s', (name, json) => {
    expect(nodeJson(nodeOf(name, encode(name, json)))).toBe(json)
  })

  it('reads the sample of a device', () => {
    expect(jsonOf('example.Reading', readingHex)).toBe(
      '{"device_id":"dev-1","temperature":23.5,"rssi":-71,"sequence":9007199254740993,"samples":[1,300,70000],' +
        '"tags":{"site":"München","line":"1"},"fault":"overheat","kind":"OUTDOOR","raw":{"$hex":"00ff"},"humidity":0.0}',
    )
  })

  it('reads unknown fields by their number', () => {
    const hex = `${readingHex}9a060f66726f6d2074686520667574757265`
    expect(jsonOf('example.Reading', hex)).toContain('"humidity":0.0,"99":"from the future"}')
    expect(jsonOf('example.Reading', '9806019806029a060161')).toBe('{"99":[1,2,"a"]}')
    // A text where a varint belongs.
    expect(jsonOf('example.Reading', '1a0161')).toBe('{"3":"a"}')
  })

  it('reads a stream of messages behind their lengths', () => {
    const decoded = decode('example.Reading', unhex('0c0a016111000000000000f03f' + '00'), true)
    expect(decoded.ok ? decoded.nodes.map(nodeJson) : decoded).toEqual(['{"device_id":"a","temperature":1.0}', '{}'])
    expect(decode('example.Reading', unhex('050a01'), true)).toEqual({ ok: false, reason: 'cutShort', offset: 1 })
  })

  it('says where a value stands', () => {
    const node = nodeOf('example.Reading', unhex('0a0161' + '2a0201' + '02' + '320a0a01611205' + '6262626262'))
    const members = node.kind === 'map' ? node.members : []
    expect(members.map(({ name, key, value }) => [name, key?.offset, value.offset, value.length])).toEqual([
      ['device_id', 0, 2, 1],
      ['samples', 3, 5, 2],
      ['tags', 7, 9, 10],
    ])
    expect(members[1]?.value).toMatchObject({
      type: 'repeated uint32',
      items: [{ offset: 5, length: 1 }, { offset: 6 }],
    })
    expect(members[2]?.value).toMatchObject({
      type: 'map<string, string>',
      members: [{ name: 'a', key: { offset: 11, length: 1 }, value: { offset: 14, length: 5, text: 'bbbbb' } }],
    })
  })

  it('shows a field that was sent twice twice, and gathers lists sent in parts', () => {
    expect(jsonOf('example.Reading', '0a0161' + '2801' + '0a0162' + '2a0202' + '03')).toBe(
      '{"device_id":"a","samples":[1,2,3],"device_id":"b"}',
    )
  })

  it('reads entries of maps without key or value', () => {
    expect(jsonOf('t.All', 'fa0100' + '820200')).toBe('{"by_number":{"0":{}},"by_bool":{"false":"NONE"}}')
  })

  it('keeps the number of an enum that the schema does not have', () => {
    expect(jsonOf('example.Reading', '4807')).toBe('{"kind":7}')
    expect(nodeOf('example.Reading', unhex('4802'))).toMatchObject({
      members: [{ value: { kind: 'symbol', text: 'OUTDOOR', digits: '2' } }],
    })
  })

  it('reads a message without a schema', () => {
    expect(jsonOf(null, readingHex)).toBe(
      '{"1":"dev-1","2":4627307879634829312,"3":141,"4":9007199254740993,"5":{"$hex":"01ac02f0a204"},' +
        '"6":[{"1":"site","2":"München"},{"1":"line","2":"1"}],"8":"overheat","9":2,"10":{"$hex":"00ff"},"11":0}',
    )
    expect(nodeOf(null, unhex('110000000000803740'))).toMatchObject({
      members: [{ value: { type: 'i64', reading: '23.5' } }],
    })
    expect(jsonOf(null, '0b08010c')).toBe('{"1":{"1":1}}')
  })

  it.each([
    ['example.Reading', '0a', 'cutShort', 1],
    ['example.Reading', '0a0561', 'cutShort', 2],
    ['example.Reading', '1100', 'cutShort', 1],
    ['example.Reading', '0affffffffffffffffff0161', 'cutShort', 11],
    ['example.Reading', '18ffffffffffffffffffff01', 'badInteger', 1],
    ['example.Reading', '0a01ff', 'notUtf8', 2],
    ['example.Reading', '00', 'badTag', 0],
    ['example.Reading', '0e', 'badTag', 0],
    ['example.Reading', '0c', 'badGroup', 0],
    ['example.Reading', '0b', 'badGroup', 1],
    ['example.Reading', '0b14', 'badGroup', 1],
    ['t.All', '8a0101', 'cutShort', 3],
    [null, '0b'.repeat(600), 'tooDeep', 500],
  ])('says of %s %.40s: %s', (name, hex, ...[reason, offset]) => {
    expect(decode(name, unhex(hex))).toEqual({ ok: false, reason, offset })
  })

  it('ends at its limits', () => {
    const packed = new Uint8Array(1_000_004)
    // A million and one values of a byte each.
    packed.set([0x2a, 0xc1, 0x84, 0x3d])
    expect(decode('example.Reading', packed)).toMatchObject({ ok: false, reason: 'cutShort' })
    packed.set([0x2a, 0xc0, 0x84, 0x3d])
    expect(decode('example.Reading', packed)).toMatchObject({ ok: false, reason: 'tooMany' })
    expect(decodeProtobuf(new Uint8Array(), { message: { types: schemaOf('t.All').types, name: 'gone' } })).toEqual({
      ok: false,
      reason: 'unknownType',
      offset: 0,
    })
  })

  it('reads or refuses whatever bytes there are', () => {
    const samples = [readingHex, '0b08010c', 'a20100a20100'].map(unhex)
    const names = ['example.Reading', 't.All', 't.Known', 'Two', null] as const
    const changed = fc.tuple(fc.constantFrom(...samples), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }))
    const mutated = changed.map(([sample, changes]) => {
      const bytes = sample.slice()
      for (const [place, byte] of changes) bytes[place % bytes.length] = byte
      return bytes
    })
    fc.assert(
      fc.property(fc.oneof(mutated, fc.uint8Array({ maxLength: 200 })), fc.constantFrom(...names), (bytes, name) => {
        const decoded = decode(name, bytes)
        if (decoded.ok) for (const value of decoded.nodes) expect(typeof nodeJson(value)).toBe('string')
        else expect(decoded.offset).toBeLessThanOrEqual(bytes.length)
      }),
      { numRuns: 5_000, seed: 1 },
    )
  })
})
