import fc from 'fast-check'
import protobuf from 'protobufjs'
import { createProtobufTypes, type ProtobufTypes } from '#shared/encoding/protobuf/protobufTypes'
import { anyCharacter } from '#shared/text/anyTextTesting'
import { readProtoFiles } from './protoFiles'

/** One .proto file as ours, and as the library that is the witness of tests. */
export interface TestedSchema {
  readonly types: ProtobufTypes
  readonly witness: (name: string) => protobuf.Type
}

export const testedSchema = async (text: string): Promise<TestedSchema> => {
  const read = await readProtoFiles(['main.proto'], (path) =>
    Promise.resolve(path === 'main.proto' ? { name: path, text } : null),
  )
  if (!read.ok) throw new Error(JSON.stringify(read.problem))
  const root = new protobuf.Root()
  const { imports = [] } = protobuf.parse(text, root, { keepCase: true })
  for (const path of imports) root.addJSON(protobuf.common.get(path)?.nested ?? {})
  root.resolveAll()
  return { types: createProtobufTypes(read.schema), witness: (name) => root.lookupType(name) }
}

/** Every kind of field, and every type with a form of its own in JSON. */
export const proto3 = `syntax = "proto3"; package t;
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
export const proto2 = `message Two {
  required int32 id = 1; repeated int32 n = 2; repeated int32 packed = 3 [packed = true]; optional int32 zero = 4 [default = 5];
  repeated group Part = 5 { optional int32 x = 1; optional Two two = 2; } extensions 100 to max;
}
extend Two { optional string note = 100; repeated Two more = 101; }`

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
/** What JSON a t.All may be. */
export const anyMessage = messageOf(messageOf(fc.constant({})))
