import type { ScalarType } from './protobufSchema'
import type { ValueType } from './protobufTypes'

/** The lowest three bits of a tag say how the value behind it ends (Protobuf, "Message Structure"). */
export const wireType = { varint: 0, i64: 1, len: 2, startGroup: 3, endGroup: 4, i32: 5 } as const

const ofScalars: Record<ScalarType, number> = {
  double: wireType.i64,
  float: wireType.i32,
  int32: wireType.varint,
  int64: wireType.varint,
  uint32: wireType.varint,
  uint64: wireType.varint,
  sint32: wireType.varint,
  sint64: wireType.varint,
  fixed32: wireType.i32,
  fixed64: wireType.i64,
  sfixed32: wireType.i32,
  sfixed64: wireType.i64,
  bool: wireType.varint,
  string: wireType.len,
  bytes: wireType.len,
}

/** Of a message that is no group. */
export const wireTypeOf = (type: ValueType): number =>
  type.kind === 'scalar' ? ofScalars[type.scalar] : type.kind === 'enum' ? wireType.varint : wireType.len
