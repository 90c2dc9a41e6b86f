import { Type } from 'avsc'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatHex } from '#shared/mqtt/payloadText'
import { anyRecord, everything, schemaOf } from './avroTesting'
import { canonicalForm } from './canonicalForm'
import { encodeAvro, type AvroFraming } from './encodedAvro'
import { parseAvroSchema } from './parsedAvroSchema'

const encode = (schema: unknown, text: string, framing: AvroFraming = { kind: 'none' }) =>
  encodeAvro(text, { schema: schemaOf(schema), name: null, framing })
const hexOf = (schema: unknown, text: string, framing?: AvroFraming): string => {
  const encoded = encode(schema, text, framing)
  if (!encoded.ok) throw new Error(JSON.stringify(encoded))
  return formatHex(encoded.bytes).replaceAll(' ', '')
}

const witness = Type.forSchema(everything as Parameters<typeof Type.forSchema>[0], { wrapUnions: true })

describe('parseAvroSchema', () => {
  it('has the canonical form of another parser', () => {
    expect(JSON.parse(canonicalForm(schemaOf(everything)))).toEqual(JSON.parse(JSON.stringify(witness.schema())))
  })

  it('leaves out of the canonical form what does not change the data', () => {
    const schema = `{"doc": "x", "fields": [{"default": 1, "type": {"type": "int", "logicalType": "date"}, "name": "a", "order": "ignore"},
      {"name": "b", "type": {"type": "R"}}], "namespace": "n", "name": "R", "aliases": ["Q"], "type": "record"}`
    expect(canonicalForm(schemaOf(schema))).toBe(
      '{"name":"n.R","type":"record","fields":[{"name":"a","type":"int"},{"name":"b","type":"n.R"}]}',
    )
  })

  it.each([
    ['null', '63dd24e7cc258f8a'],
    ['int', '7275d51a3f395c8f'],
    ['long', 'd054e14493f41db7'],
    ['string', '8f014872634503c7'],
  ])('has the CRC-64-AVRO of %j that the Java library has', (name, hex) => {
    expect(schemaOf(JSON.stringify(name)).fingerprint).toBe(hex.match(/../g)?.toReversed().join(''))
  })

  it('resolves names by their namespace', () => {
    const { named } = schemaOf({
      type: 'record',
      name: 'a.Outer',
      fields: [
        { name: 'x', type: { type: 'enum', name: 'Kind', symbols: ['A'] } },
        { name: 'y', type: { type: 'record', name: 'Inner', namespace: 'b', fields: [{ name: 'z', type: 'a.Kind' }] } },
        { name: 'w', type: ['Kind', 'b.Inner'] },
      ],
    })
    expect([...named.keys()]).toEqual(['a.Outer', 'a.Kind', 'b.Inner'])
  })

  it.each([
    ['{', 'json', 'unexpectedEnd', 1],
    ['"integer"', 'schema', 'unknownName', 0],
    ['5', 'schema', 'notAType', 0],
    ['{"type": "array"}', 'schema', 'attribute', 0],
    ['{"type": "record", "name": "R", "fields": [{"name": "1", "type": "int"}]}', 'schema', 'badName', 43],
    ['{"type": "fixed", "name": "F", "size": -1}', 'schema', 'attribute', 0],
    ['{"type": "enum", "name": "E", "symbols": ["A", "A"]}', 'schema', 'nameTwice', 0],
    ['{"type": "enum", "name": "int", "symbols": []}', 'schema', 'badName', 0],
    ['["int", "int"]', 'schema', 'badUnion', 0],
    ['["int", ["null"]]', 'schema', 'badUnion', 0],
    [
      '[{"type": "fixed", "name": "F", "size": 1}, {"type": "fixed", "name": "F", "size": 2}]',
      'schema',
      'nameTwice',
      44,
    ],
    [
      '{"type": "record", "name": "R", "fields": [{"name": "a", "type": "int", "default": "x"}]}',
      'schema',
      'badDefault',
      83,
    ],
    [
      '{"type": "record", "name": "R", "fields": [{"name": "a", "type": "R", "default": {}}]}',
      'schema',
      'badDefault',
      81,
    ],
    ['['.repeat(600), 'schema', 'tooLarge', 500],
  ])('says what is wrong in %.80j', (schema, ...[problem, detail, position]) => {
    expect(parseAvroSchema(schema)).toMatchObject({ ok: false, problem, detail, position })
  })
})

describe('encodeAvro', () => {
  it('writes what the library writes of the same JSON', () => {
    fc.assert(
      fc.property(anyRecord, (value) => {
        const json = JSON.stringify(value)
        expect(hexOf(everything, json)).toBe(witness.toBuffer(witness.fromString(json)).toString('hex'))
      }),
    )
  })

  it.each([
    ['"long"', '9223372036854775807', 'feffffffffffffffff01'],
    ['"long"', '-9223372036854775808', 'ffffffffffffffffff01'],
    ['"long"', '-9007199254740993', '8180808080808020'],
    ['"int"', '1e3', 'd00f'],
    ['"float"', '"NaN"', '0000c07f'],
    ['"double"', '"-Infinity"', '000000000000f0ff'],
    ['"bytes"', '"\\u00ff\\u0000"', '04ff00'],
    ['"bytes"', '{"$hex": "ff00"}', '04ff00'],
    ['["null", "string"]', 'null', '00'],
    ['["null", "string"]', '"a"', '020261'],
    ['["null", "string"]', '{"string": "a"}', '020261'],
    ['["int", "double"]', '5', '000a'],
    ['["int", "double"]', '5.0', '020000000000001440'],
    ['["int", "string"]', '5', '000a'],
    ['["int", "long"]', '2147483648', '028080808010'],
    ['["null", {"type": "map", "values": "int"}]', '{"a": 1}', '0202026102' + '00'],
    ['["null", {"type": "fixed", "name": "n.F", "size": 2}]', '{"F": "ab"}', '026162'],
    ['{"type": "array", "items": "null"}', '[null, null]', '0400'],
    ['{"type": "array", "items": "null"}', '[]', '00'],
    ['{"type": "int", "logicalType": "date"}', '"2026-01-05"', 'd4bf02'],
    ['{"type": "int", "logicalType": "date"}', '20458', 'd4bf02'],
    ['{"type": "long", "logicalType": "timestamp-millis"}', '"2026-01-05T10:07:00Z"', 'c0c6fed9f166'],
    ['{"type": "long", "logicalType": "timestamp-millis"}', '1767607620000', 'c0c6fed9f166'],
    ['{"type": "long", "logicalType": "timestamp-micros"}', '"1970-01-01T00:00:00.000001Z"', '02'],
    ['{"type": "long", "logicalType": "local-timestamp-nanos"}', '"1970-01-01T00:00:00.000000001"', '02'],
    ['{"type": "int", "logicalType": "time-millis"}', '"00:00:01.5"', 'b817'],
    ['{"type": "bytes", "logicalType": "decimal", "precision": 6, "scale": 2}', '1.28', '040080'],
    ['{"type": "bytes", "logicalType": "decimal", "precision": 6, "scale": 2}', '-1.28', '0280'],
    ['{"type": "bytes", "logicalType": "decimal", "precision": 6, "scale": 2}', '0', '0200'],
    ['{"type": "bytes", "logicalType": "decimal", "precision": 6, "scale": 2}', '{"$hex": "01"}', '0201'],
    [
      '{"type": "fixed", "name": "D", "size": 4, "logicalType": "decimal", "precision": 6, "scale": 1}',
      '-0.1',
      'ffffffff',
    ],
    [
      '{"type": "string", "logicalType": "uuid"}',
      '"00000000-0000-0000-0000-0000000000ff"',
      '48' + '30303030303030302d303030302d303030302d303030302d303030303030303030306666',
    ],
    [
      '{"type": "fixed", "name": "U", "size": 16, "logicalType": "uuid"}',
      '"00000000-0000-0000-0000-0000000000ff"',
      '000000000000000000000000000000ff',
    ],
  ])('writes of %s the value %s as %s', (schema, json, hex) => {
    expect(hexOf(schema, json)).toBe(hex)
  })

  const defaults = {
    type: 'record',
    name: 'R',
    fields: [
      { name: 'a', type: 'int', default: -1 },
      { name: 'b', type: ['null', 'string'], default: null },
      { name: 'c', type: ['string', 'null'], default: 'x' },
      { name: 'd', type: 'bytes', default: 'ÿ' },
      { name: 'e', type: { type: 'record', name: 'E', fields: [{ name: 'f', type: 'int', default: 1 }] }, default: {} },
    ],
  }
  it('writes defaults', () => {
    expect(hexOf(defaults, '{}')).toBe('01' + '00' + '000278' + '02ff' + '02')
    expect(hexOf(defaults, '{"b": "y", "a": 0}')).toBe('00' + '020279' + '000278' + '02ff' + '02')
  })

  it('keeps the digits of a default', () => {
    const schema =
      '{"type": "record", "name": "R", "fields": [{"name": "a", "type": "long", "default": 9007199254740993}]}'
    expect(hexOf(schema, '{}')).toBe('82808080808080' + '20')
  })

  it('writes one of the declared types', () => {
    const schema = schemaOf([{ type: 'enum', name: 'E', symbols: ['A', 'B'] }, 'int'])
    expect(encodeAvro('"B"', { schema, name: 'E', framing: { kind: 'none' } })).toMatchObject({
      bytes: Uint8Array.of(2),
    })
    expect(encodeAvro('"B"', { schema, name: 'F', framing: { kind: 'none' } })).toMatchObject({
      detail: 'unknownType',
      name: 'F',
    })
  })

  it('frames it', () => {
    expect(hexOf('"int"', '1', { kind: 'confluent', schemaId: 42 })).toBe('000000002a02')
    expect(hexOf('"int"', '1', { kind: 'singleObject' })).toBe('c3018f5c393f1ad5757202')
  })

  it.each([
    ['"int"', '2147483648', 'outOfRange', 'int', 0],
    ['"long"', ' 1.5', 'notWhole', 'long', 1],
    ['"int"', 'null', 'wrongKind', 'int', 0],
    ['"boolean"', 'null', 'wrongKind', 'boolean', 0],
    ['"null"', 'false', 'wrongKind', 'null', 0],
    ['"string"', '1', 'wrongKind', 'string', 0],
    ['"bytes"', '"€"', 'badForm', 'bytes', 0],
    ['"float"', '1e39', 'outOfRange', 'float', 0],
    ['{"type": "fixed", "name": "F", "size": 2}', '"abc"', 'wrongSize', 'F', 0],
    ['{"type": "enum", "name": "E", "symbols": ["A"]}', '"B"', 'unknownSymbol', 'E', 0],
    ['{"type": "array", "items": "int"}', '[1, "x"]', 'badForm', 'int', 4],
    ['{"type": "map", "values": "int"}', '[]', 'wrongKind', 'map', 0],
    ['["null", "int"]', '"x"', 'noBranch', 'null, int', 0],
    ['["int", "long"]', '1', 'severalBranches', 'int, long', 0],
    ['{"type": "int", "logicalType": "date"}', '"2026-13-01"', 'badForm', 'date', 0],
    ['{"type": "long", "logicalType": "timestamp-millis"}', '"1970-01-01T00:00:00.0001Z"', 'notWhole', 'timestamp', 0],
    [
      '{"type": "bytes", "logicalType": "decimal", "precision": 3, "scale": 2}',
      '1.234',
      'notWhole',
      'decimal(3, 2)',
      0,
    ],
    [
      '{"type": "bytes", "logicalType": "decimal", "precision": 3, "scale": 2}',
      '12.34',
      'outOfRange',
      'decimal(3, 2)',
      0,
    ],
    ['{"type": "string", "logicalType": "uuid"}', '"x"', 'badForm', 'uuid', 0],
  ])('says of %s: %s', (schema, json, ...[detail, name, position]) => {
    expect(encode(schema, json)).toEqual({ ok: false, problem: 'schema', detail, name, position })
  })

  it.each([
    ['{"e": {"g": 1}}', 'unknownField', 'g', 7],
    ['{"a": 1, "a": 2}', 'fieldTwice', 'a', 9],
  ])('says of a record %s: %s', (json, ...[detail, name, position]) => {
    expect(encode(defaults, json)).toMatchObject({ detail, name, position })
  })

  it('says which field is missing', () => {
    expect(encode(everything, '{"nothing": null}')).toMatchObject({ detail: 'missingField', name: 'yes', position: 0 })
  })
})
