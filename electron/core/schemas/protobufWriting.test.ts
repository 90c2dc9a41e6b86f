import fc from 'fast-check'
import protojson from 'protobufjs/ext/protojson.js'
import { beforeAll, describe, expect, it } from 'vitest'
import { encodeProtobuf } from '#shared/encoding/protobuf/encodedProtobuf'
import { formatHex } from '#shared/mqtt/payloadText'
import { anyMessage, proto2, proto3, testedSchema, type TestedSchema } from './protobufTesting'

let schema: TestedSchema
let older: TestedSchema
beforeAll(async () => {
  schema = await testedSchema(proto3)
  older = await testedSchema(proto2)
})

const encode = (name: string, text: string) =>
  encodeProtobuf(text, { types: (name === 'Two' ? older : schema).types, name: name === 'Two' ? name : `t.${name}` })
const hexOf = (name: string, text: string): string => {
  const encoded = encode(name, text)
  if (!encoded.ok) throw new Error(JSON.stringify(encoded))
  return formatHex(encoded.bytes).replaceAll(' ', '')
}
const witnessHex = (name: string, text: string): string => {
  const type = name === 'Two' ? older.witness(name) : schema.witness(`t.${name}`)
  return Buffer.from(type.encode(protojson.fromJsonString(type, text)).finish()).toString('hex')
}

const anyJson = fc.jsonValue({ maxDepth: 3 })

describe('encodeProtobuf', () => {
  it('writes what the library writes of the same JSON', () => {
    fc.assert(
      fc.property(anyMessage, (value) => {
        const json = JSON.stringify(value)
        expect(hexOf('All', json)).toBe(witnessHex('All', json))
      }),
    )
  })

  it.each([
    ['{"at":"2026-01-05T10:07:00.120Z","took":"-1.5s"}'],
    ['{"at":"1969-12-31T23:59:59.999999999+02:00","took":"0.000000001s"}'],
    ['{"at":"0001-01-01T00:00:00Z","took":"315576000000s"}'],
    ['{"object":{"a":[1,"x",null,{"b":true}],"":{}},"value":null,"list":[]}'],
    ['{"value":[1.5,{"a":null}],"list":[[],false],"values":[null,0,""]}'],
    ['{"d":0,"i":"-9223372036854775808","b":false,"s":"","raw":"AP8=","f":1.5,"u":"18446744073709551615"}'],
    ['{"d":1e300,"i":5,"b":true,"s":"ä","raw":"","nothing":null,"empty":{}}'],
    ['{"any":{"@type":"type.googleapis.com/t.All","i32":5,"text":"x"},"mask":"a,bCd.eF"}'],
    ['{"any":{"@type":"type.googleapis.com/google.protobuf.Duration","value":"1s"},"mask":""}'],
    ['{"any":{"@type":"x/google.protobuf.Any","value":{"@type":"x/t.Known","took":"2s"}}}'],
    ['{"any":{"@type":"x/t.All"}}'],
  ])('writes the well-known types of %s as the library does', (json) => {
    expect(hexOf('Known', json)).toBe(witnessHex('Known', json))
  })

  it('writes any JSON as a Value', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        const json = JSON.stringify({ value, values: [value] })
        expect(hexOf('Known', json)).toBe(witnessHex('Known', json))
      }),
    )
  })

  it.each([
    ['{"id":0}'],
    ['{"id":1,"n":[1,-1],"packed":[1,-1],"zero":5,"part":[{"x":3,"two":{"id":9}},{}]}'],
    ['{"id":1,"[note]":"remember","[more]":[{"id":2,"[note]":""}]}'],
  ])('writes the proto2 of %s as the library does', (json) => {
    expect(hexOf('Two', json)).toBe(witnessHex('Two', json))
  })

  it.each([
    ['{"yes_no":true,"by_text":{"a":1}}', '6801f20105' + '0a01611001'],
    ['{"u64":18446744073709551615}', '30ffffffffffffffffff01'],
    ['{"i64":-9223372036854775808}', '2080808080808080808001'],
    ['{"i32":1e3,"i64":2.50e2}', '18e80720fa01'],
    ['{"raw":{"$hex":"00ff"}}', '7a0200ff'],
    ['{"kind":1,"kinds":["SOME",2]}', '800101b201020102'],
    ['{"d":-0.0,"f":0}', '090000000000000080'],
    ['{"maybe":0,"choice_text":""}', 'ca0200900300'],
    ['{"i32":null,"texts":null,"inner":null}', ''],
    ['{"inner":{}}', '8a0100'],
    ['{"inners":[{},{}]}', 'a20100a20100'],
  ])('writes %s', (json, hex) => {
    expect(hexOf('All', json)).toBe(hex)
  })

  it('writes a length before it where asked', () => {
    const encoded = encodeProtobuf('{"i32":1}', { types: schema.types, name: 't.All', isDelimited: true })
    expect(encoded).toEqual({ ok: true, bytes: Uint8Array.of(2, 0x18, 1), rounded: null })
  })

  it.each([
    ['{"i32": 1, "extra": 2}', 'unknownField', 'extra', 11],
    ['{"yesNo": true, "yes_no": true}', 'fieldTwice', 'yes_no', 16],
    ['{"choiceNumber": 1, "choiceText": ""}', 'oneofTwice', 'choice', 20],
    ['{"i32": 2147483648}', 'outOfRange', 'int32', 8],
    ['{"u64": -1}', 'outOfRange', 'uint64', 8],
    ['{"i64": 1e999999999}', 'outOfRange', 'int64', 8],
    ['{"f": 1e39}', 'outOfRange', 'float', 6],
    ['{"i32": 1.5}', 'notWhole', 'int32', 8],
    ['{"i32": true}', 'wrongKind', 'int32', 8],
    ['{"i32": "x"}', 'badForm', 'int32', 8],
    ['{"yesNo": 1}', 'wrongKind', 'bool', 10],
    ['{"text": 1}', 'wrongKind', 'string', 9],
    ['{"raw": 1}', 'wrongKind', 'bytes', 8],
    ['{"kind": "OTHER"}', 'unknownSymbol', 't.Kind', 9],
    ['{"inner": []}', 'wrongKind', 't.All', 10],
    ['{"inners": {}}', 'wrongKind', 'repeated t.All', 11],
    ['{"texts": [null]}', 'wrongKind', 'string', 11],
    ['{"byText": []}', 'wrongKind', 'map<string, int32>', 11],
    ['{"byNumber": {"a": {}}}', 'badForm', 'sint64', 14],
    ['{"byBool": {"1": 0}}', 'wrongKind', 'bool', 12],
    ['[]', 'wrongKind', 't.All', 0],
  ])('says of %s: %s %s', (json, ...[detail, name, position]) => {
    expect(encode('All', json)).toEqual({ ok: false, problem: 'schema', detail, name, position })
  })

  it.each([
    ['{"at": "2026-02-30T00:00:00Z"}', 'badForm', 'google.protobuf.Timestamp', 7],
    ['{"at": "9999-12-31T23:59:59-01:00"}', 'badForm', 'google.protobuf.Timestamp', 7],
    ['{"took": "1.0000000001s"}', 'badForm', 'google.protobuf.Duration', 9],
    ['{"took": 1}', 'wrongKind', 'google.protobuf.Duration', 9],
    ['{"object": []}', 'wrongKind', 'google.protobuf.Struct', 11],
    ['{"list": {}}', 'wrongKind', 'google.protobuf.ListValue', 9],
    ['{"mask": "a b"}', 'badForm', 'google.protobuf.FieldMask', 9],
    ['{"any": {"a": 1}}', 'missingField', '@type', 8],
    ['{"any": {"@type": "x/t.Gone"}}', 'unknownType', 't.Gone', 18],
    ['{"any": {"@type": "x/google.protobuf.Duration"}}', 'missingField', 'value', 8],
  ])('says of %s: %s %s', (json, ...[detail, name, position]) => {
    expect(encode('Known', json)).toEqual({ ok: false, problem: 'schema', detail, name, position })
  })

  it('says what else is wrong', () => {
    expect(encode('Two', '{"n": []}')).toMatchObject({ detail: 'missingField', name: 'id', position: 0 })
    expect(encode('Gone', '{}')).toMatchObject({ detail: 'unknownType', name: 't.Gone' })
    expect(encode('All', '{')).toMatchObject({ problem: 'json', detail: 'unexpectedEnd', position: 1 })
    expect(encode('All', '{"raw": "*"}')).toMatchObject({ problem: 'encoding', detail: 'badBase64', position: 9 })
  })

  it('tells of numbers that the float has not', () => {
    expect(encode('All', '{"f": 0.1, "d": 0.1, "loose": [0.123456789, 1.5]}')).toMatchObject({
      ok: true,
      rounded: { count: 1, position: 31 },
    })
  })
})
