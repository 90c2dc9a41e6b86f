import fc from 'fast-check'
import protojson from 'protobufjs/ext/protojson.js'
import { beforeAll, describe, expect, it } from 'vitest'
import { encodeProtobuf } from '#shared/encoding/protobuf/encodedProtobuf'
import { formatHex } from '#shared/mqtt/payloadText'
import { anyCharacter } from '#shared/text/anyTextTesting'
import { testedSchema, type TestedSchema } from './protobufTesting'

const proto3 = `syntax = "proto3"; package t;
import "google/protobuf/timestamp.proto"; import "google/protobuf/duration.proto"; import "google/protobuf/struct.proto";
import "google/protobuf/wrappers.proto"; import "google/protobuf/any.proto"; import "google/protobuf/field_mask.proto";
import "google/protobuf/empty.proto";
message All {
  double d = 1; float f = 2; int32 i32 = 3; int64 i64 = 4; uint32 u32 = 5; uint64 u64 = 6; sint32 s32 = 7; sint64 s64 = 8;
  fixed32 f32 = 9; fixed64 f64 = 10; sfixed32 sf32 = 11; sfixed64 sf64 = 12; bool yes_no = 13; string text = 14; bytes raw = 15;
  Kind kind = 16; All inner = 17;
  repeated sint64 packed = 18; repeated string texts = 19; repeated All inners = 20; repeated float loose = 21 [packed = false];
  repeated Kind kinds = 22;
  map<string, int32> by_text = 30; map<sint64, All> by_number = 31; map<bool, Kind> by_bool = 32;
  oneof choice { uint32 choice_number = 40; string choice_text = 41; }
  optional int32 maybe = 50; optional string maybe_text = 51; int32 far = 536870911;
}
enum Kind { NONE = 0; SOME = 1; LEAST = -2147483648; }
message Known {
  google.protobuf.Timestamp at = 1; google.protobuf.Duration took = 2; google.protobuf.Struct object = 3;
  google.protobuf.Value value = 4; google.protobuf.ListValue list = 5; google.protobuf.DoubleValue d = 6;
  google.protobuf.Int64Value i = 7; google.protobuf.BoolValue b = 8; google.protobuf.StringValue s = 9;
  google.protobuf.BytesValue raw = 10; google.protobuf.Any any = 11; google.protobuf.FieldMask mask = 12;
  google.protobuf.Empty empty = 13; google.protobuf.NullValue nothing = 14; repeated google.protobuf.Value values = 15;
  google.protobuf.FloatValue f = 16; google.protobuf.UInt64Value u = 17;
}`
const proto2 = `message Two {
  required int32 id = 1; repeated int32 n = 2; repeated int32 packed = 3 [packed = true]; optional int32 zero = 4 [default = 5];
  repeated group Part = 5 { optional int32 x = 1; optional Two two = 2; } extensions 100 to max;
}
extend Two { optional string note = 100; repeated Two more = 101; }`

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

const text = fc.string({ unit: anyCharacter })
const whole = (bits: number, isSigned: boolean) =>
  fc
    .bigInt(
      isSigned
        ? { min: -(2n ** BigInt(bits - 1)), max: 2n ** BigInt(bits - 1) - 1n }
        : { min: 0n, max: 2n ** BigInt(bits) - 1n },
    )
    .map((value) => (bits === 64 ? String(value) : Number(value)))
const int32 = whole(32, true)
const single = fc.float({ noNaN: true, noDefaultInfinity: true })
const bytes = fc.uint8Array().map((value) => Buffer.from(value).toString('base64'))
const kind = fc.constantFrom('NONE', 'SOME', 'LEAST', 7)
const special = fc.constantFrom('NaN', 'Infinity', '-Infinity')
/** JSON has no negative zero, which `JSON.stringify` writes as 0. */
const double = fc.double({ noNaN: true, noDefaultInfinity: true })
const few = { maxLength: 3 }
/** A message, inside of which stand those of `inner`. */
const messageOf = (inner: fc.Arbitrary<Record<string, unknown>>) =>
  fc
    .record(
      {
        d: fc.oneof(double, special),
        f: fc.oneof(single, special),
        i32: int32,
        i64: whole(64, true),
        u32: whole(32, false),
        u64: whole(64, false),
        s32: int32,
        s64: whole(64, true),
        f32: whole(32, false),
        f64: whole(64, false),
        sf32: int32,
        sf64: whole(64, true),
        yesNo: fc.boolean(),
        text,
        raw: bytes,
        kind,
        packed: fc.array(whole(64, true), few),
        texts: fc.array(text, few),
        loose: fc.array(single, few),
        kinds: fc.array(kind, few),
        byText: fc.dictionary(text, int32, { maxKeys: 3 }),
        byNumber: fc.dictionary(whole(64, true).map(String), inner, { maxKeys: 2 }),
        byBool: fc.dictionary(fc.constantFrom('true', 'false'), kind),
        maybe: int32,
        maybeText: text,
        far: int32,
        inner: fc.option(inner),
        inners: fc.array(inner, { maxLength: 2 }),
        choiceNumber: whole(32, false),
        choiceText: text,
      },
      { requiredKeys: [] },
    )
    .map(({ choiceText, ...rest }) => ('choiceNumber' in rest ? rest : { ...rest, choiceText }))
const all = messageOf(messageOf(fc.constant({})))
const anyJson = fc.jsonValue({ maxDepth: 3 })

describe('encodeProtobuf', () => {
  it('writes what the library writes of the same JSON', () => {
    fc.assert(
      fc.property(all, (value) => {
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
