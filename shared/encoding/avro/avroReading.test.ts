import { Type } from 'avsc'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nodeJson } from '../nodeJson'
import type { PayloadNode } from '../payloadNode'
import { anyRecord, everything, schemaOf, unhex } from './avroTesting'
import { confluentSchemaId, decodeAvro, type AvroReading } from './decodedAvro'
import { encodeAvro } from './encodedAvro'

const decode = (schema: unknown, bytes: Uint8Array, framing: AvroReading['framing'] = 'none') =>
  decodeAvro(bytes, { schema: schemaOf(schema), name: null, framing })
const nodeOf = (schema: unknown, bytes: Uint8Array, framing?: AvroReading['framing']): PayloadNode => {
  const decoded = decode(schema, bytes, framing)
  const [only] = decoded.ok ? decoded.nodes : []
  if (!only) throw new Error(JSON.stringify(decoded))
  return only
}
const encode = (schema: unknown, json: string): Uint8Array => {
  const encoded = encodeAvro(json, { schema: schemaOf(schema), name: null, framing: { kind: 'none' } })
  if (!encoded.ok) throw new Error(JSON.stringify(encoded))
  return encoded.bytes
}

const witness = Type.forSchema(everything as Parameters<typeof Type.forSchema>[0], { wrapUnions: true })

interface Said {
  readonly either: Record<string, unknown> | null
  readonly next: Record<string, unknown> | null
}

/** What the library read, without the names of branches around the values of unions. */
const unwrapped = (said: Said): unknown => ({ ...said, either: content(said.either), next: content(said.next) })
const content = (branch: Record<string, unknown> | null): unknown => {
  const [[name, value] = []] = Object.entries(branch ?? {})
  return branch === null ? null : name === 'a.b.All' ? unwrapped(value as Said) : value
}

/** As the library says the same. */
const plain = (node: PayloadNode): unknown => {
  if (node.kind === 'number') return node.type === 'float' ? Math.fround(Number(node.digits)) : Number(node.digits)
  if (node.kind === 'constant') return node.value
  if (node.kind === 'text' || node.kind === 'symbol') return node.text
  if (node.kind === 'bytes') return Buffer.from(node.bytes)
  if (node.kind === 'list') return node.items.map(plain)
  if (node.kind === 'map') return Object.fromEntries(node.members.map(({ name, value }) => [name, plain(value)]))
  throw new Error(node.kind)
}

const readingSchema = {
  type: 'record',
  name: 'Reading',
  namespace: 'example',
  fields: [
    { name: 'device_id', type: 'string' },
    { name: 'temperature', type: 'double' },
    { name: 'time', type: { type: 'long', logicalType: 'timestamp-millis' } },
    { name: 'unit', type: ['null', 'string'], default: null },
    { name: 'samples', type: { type: 'array', items: 'int' } },
    { name: 'tags', type: { type: 'map', values: 'string' } },
    { name: 'kind', type: { type: 'enum', name: 'Kind', symbols: ['UNKNOWN', 'INDOOR', 'OUTDOOR'] } },
    { name: 'mac', type: { type: 'fixed', name: 'Mac', size: 6 } },
  ],
}
const readingHex =
  '0a6465762d310000000000803740c0c6fed9f1660206c2b043060203d80400020873697465104dc3bc6e6368656e0004020000000001'
const readingJson =
  '{"device_id":"dev-1","temperature":23.5,"time":1767607620000,"unit":"°C","samples":[1,-2,300],' +
  '"tags":{"site":"München"},"kind":"OUTDOOR","mac":{"$hex":"020000000001"}}'

describe('decodeAvro', () => {
  it('reads the values that the library reads', () => {
    fc.assert(
      fc.property(anyRecord, (value) => {
        const bytes = encode(everything, JSON.stringify(value))
        const said = witness.fromBuffer(Buffer.from(bytes)) as Said
        expect(plain(nodeOf(everything, bytes))).toEqual(unwrapped(said))
      }),
    )
  })

  it('reads a key that JavaScript takes for the prototype as any other', () => {
    const tags = { type: 'map', values: 'string' }
    const written = '{"__proto__":"a","constructor":"b"}'
    expect(nodeJson(nodeOf(tags, encode(tags, written)))).toBe(written)
  })

  it('reads the sample of a device, in every framing', () => {
    expect(nodeJson(nodeOf(readingSchema, unhex(readingHex)))).toBe(readingJson)
    const confluent = unhex(`000000002a${readingHex}`)
    expect(nodeJson(nodeOf(readingSchema, confluent, 'confluent'))).toBe(readingJson)
    expect(confluentSchemaId(confluent)).toBe(42)
    expect(confluentSchemaId(unhex('0100000000'))).toBeNull()
    const single = encodeAvro(readingJson, {
      schema: schemaOf(readingSchema),
      name: null,
      framing: { kind: 'singleObject' },
    })
    expect(single.ok && nodeJson(nodeOf(readingSchema, single.bytes, 'singleObject'))).toBe(readingJson)
  })

  it('says where a value stands, and what it means', () => {
    expect(nodeOf(readingSchema, unhex(readingHex))).toMatchObject({
      type: 'example.Reading',
      offset: 0,
      length: 54,
      members: [
        { name: 'device_id', key: null, value: { type: 'string', offset: 1, length: 5 } },
        { value: { type: 'double', offset: 6, length: 8 } },
        { value: { type: 'long', offset: 14, length: 6, reading: '2026-01-05T10:07:00Z' } },
        { value: { type: 'string', offset: 20, length: 5, text: '°C' } },
        {
          value: {
            type: 'array',
            offset: 25,
            length: 6,
            items: [{ offset: 26 }, { offset: 27 }, { offset: 28, length: 2 }],
          },
        },
        { value: { type: 'map', members: [{ name: 'site', key: { offset: 33, length: 4 } }] } },
        { value: { kind: 'symbol', digits: '2' } },
        { value: { type: 'example.Mac', offset: 48, length: 6 } },
      ],
    })
  })

  it('reads blocks that say their length', () => {
    expect(nodeJson(nodeOf({ type: 'array', items: 'int' }, unhex('0304' + '0204' + '0206' + '00')))).toBe('[1,2,3]')
    expect(nodeJson(nodeOf({ type: 'map', values: 'int' }, unhex('0106' + '026102' + '00')))).toBe('{"a":1}')
  })

  it.each([
    ['"long"', 'ffffffffffffffffff01', '-9223372036854775808', undefined],
    ['"long"', '81808080808080' + '8020', '-1152921504606846977', undefined],
    ['"float"', '0000c07f', '{"$float":"NaN"}', undefined],
    ['"bytes"', '04ff00', '{"$hex":"ff00"}', undefined],
    ['["null", "int"]', '00', 'null', undefined],
    ['{"type": "int", "logicalType": "date"}', 'd4bf02', '20458', '2026-01-05'],
    ['{"type": "int", "logicalType": "time-millis"}', 'b817', '1500', '00:00:01.500'],
    ['{"type": "long", "logicalType": "timestamp-nanos"}', '01', '-1', '1969-12-31T23:59:59.999999999Z'],
    ['{"type": "long", "logicalType": "local-timestamp-micros"}', '02', '1', '1970-01-01T00:00:00.000001'],
    ['{"type": "bytes", "logicalType": "decimal", "precision": 6, "scale": 2}', '040080', '1.28', undefined],
    ['{"type": "bytes", "logicalType": "decimal", "precision": 6, "scale": 2}', '0280', '-1.28', undefined],
    ['{"type": "bytes", "logicalType": "decimal", "precision": 6, "scale": 2}', '00', '0.00', undefined],
    [
      '{"type": "fixed", "name": "D", "size": 4, "logicalType": "decimal", "precision": 6}',
      'ffffffff',
      '-1',
      undefined,
    ],
    [
      '{"type": "fixed", "name": "U", "size": 16, "logicalType": "uuid"}',
      '000102030405060708090a0b0c0d0e0f',
      '"00010203-0405-0607-0809-0a0b0c0d0e0f"',
      undefined,
    ],
    [
      '{"type": "fixed", "name": "P", "size": 12, "logicalType": "duration"}',
      '0100000002000000dc050000',
      '{"$hex":"0100000002000000dc050000"}',
      'P1M2DT1.5S',
    ],
  ])('reads %s %s', (schema, ...[hex = '', json, reading]) => {
    const node = nodeOf(schema, unhex(hex))
    expect([nodeJson(node), node.reading]).toEqual([json, reading])
  })

  it.each([
    ['"int"', '', 'cutShort', 0],
    ['"int"', '0000', 'leftOver', 1],
    ['"int"', '8080808010', 'outOfRange', 0],
    ['"long"', 'ffffffffffffffffff02', 'badInteger', 0],
    ['"boolean"', '02', 'badBoolean', 0],
    ['"string"', '01', 'badLength', 0],
    ['"string"', '0461', 'cutShort', 1],
    ['"string"', '02ff', 'notUtf8', 1],
    ['"string"', 'feffffffffffffffff01', 'cutShort', 10],
    ['["null", "int"]', '04', 'unknownBranch', 0],
    ['["null", "int"]', '01', 'unknownBranch', 0],
    ['{"type": "enum", "name": "E", "symbols": ["A"]}', '02', 'unknownSymbol', 0],
    ['{"type": "fixed", "name": "F", "size": 2}', '00', 'cutShort', 0],
    ['{"type": "array", "items": "null"}', 'feffffffffffffffff01', 'tooMany', 10],
    ['{"type": "record", "name": "R", "fields": [{"name": "r", "type": "R"}]}', '', 'tooDeep', 0],
    [
      '{"type": "record", "name": "R", "fields": [{"name": "r", "type": ["null", "R"]}]}',
      '02'.repeat(600),
      'tooDeep',
      250,
    ],
  ])('says of %.60s %.20s: %s', (schema, ...[hex, reason, offset]) => {
    expect(decode(schema, unhex(hex))).toEqual({ ok: false, reason, offset })
  })

  it('says what is wrong with the framing', () => {
    expect(decode('"int"', unhex('0100000000' + '02'), 'confluent')).toEqual({
      ok: false,
      reason: 'badFraming',
      offset: 0,
    })
    expect(decode('"int"', unhex('c302'), 'singleObject')).toEqual({ ok: false, reason: 'badFraming', offset: 0 })
    expect(decode('"int"', unhex('c301000000000000000002'), 'singleObject')).toEqual({
      ok: false,
      reason: 'otherSchema',
      offset: 2,
    })
  })

  it('reads or refuses whatever bytes there are', () => {
    const schemas = [readingSchema, everything].map(schemaOf)
    const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 })
    const mutated = changes.map((places) => {
      const bytes = unhex(readingHex)
      for (const [place, byte] of places) bytes[place % bytes.length] = byte
      return bytes
    })
    fc.assert(
      fc.property(
        fc.oneof(mutated, fc.uint8Array({ maxLength: 200 })),
        fc.constantFrom(...schemas),
        (bytes, schema) => {
          const decoded = decodeAvro(bytes, { schema, name: null, framing: 'none' })
          if (decoded.ok) for (const value of decoded.nodes) expect(typeof nodeJson(value)).toBe('string')
          else expect(decoded.offset).toBeLessThanOrEqual(bytes.length)
        },
      ),
      { numRuns: 5_000, seed: 1 },
    )
  })
})
