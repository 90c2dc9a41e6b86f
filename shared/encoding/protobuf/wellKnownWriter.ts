import { writeVarint } from '../littleEndian'
import { SchemaFault } from '../schemaFault'
import type { WrittenValue } from '../writtenValue'
import { bytesOf, writeTag, type MessageOutput } from './messageOutput'
import type { ScalarType } from './protobufSchema'
import { writeBytes, writeScalar, writeText } from './scalarWriter'
import { durationParts, timestampParts, type TimeParts } from '../timeForms'
import { wireType, wireTypeOf } from './wireType'

type Write = (to: MessageOutput, value: WrittenValue) => void

/** Messages that have a form of their own in JSON (ProtoJSON), by their full name. Their fields are always the same. */
export const wellKnownWriters: ReadonlyMap<string, Write> = new Map<string, Write>([
  ['google.protobuf.Timestamp', (to, value) => writeTime(to, value, { name: 'Timestamp', read: timestampParts })],
  ['google.protobuf.Duration', (to, value) => writeTime(to, value, { name: 'Duration', read: durationParts })],
  ['google.protobuf.Struct', (to, value) => writeStruct(to, value)],
  ['google.protobuf.ListValue', (to, value) => writeList(to, value)],
  ['google.protobuf.Value', (to, value) => writeAnything(to, value)],
  ['google.protobuf.FieldMask', (to, value) => writeFieldMask(to, value)],
  ['google.protobuf.DoubleValue', wrapper('double')],
  ['google.protobuf.FloatValue', wrapper('float')],
  ['google.protobuf.Int64Value', wrapper('int64')],
  ['google.protobuf.UInt64Value', wrapper('uint64')],
  ['google.protobuf.Int32Value', wrapper('int32')],
  ['google.protobuf.UInt32Value', wrapper('uint32')],
  ['google.protobuf.BoolValue', wrapper('bool')],
  ['google.protobuf.StringValue', wrapper('string')],
  ['google.protobuf.BytesValue', wrapper('bytes')],
])

/** The value itself stands for the message around it; zero, false and empty are not written. */
function wrapper(scalar: ScalarType): Write {
  return (to, value) => {
    const bytes = bytesOf(to, (inner) => writeScalar(inner, scalar, value))
    if (bytes.every((byte) => byte === 0)) return
    writeTag(to, 1, wireTypeOf({ kind: 'scalar', scalar }))
    to.out.bytes(bytes)
  }
}

interface TimeForm {
  readonly name: string
  readonly read: (text: string) => TimeParts | null
}

const writeTime = (to: MessageOutput, value: WrittenValue, { name, read }: TimeForm) => {
  const about = `google.protobuf.${name}`
  if (value.kind !== 'text') throw new SchemaFault('wrongKind', value.position, about)
  const parts = read(value.text)
  if (!parts) throw new SchemaFault('badForm', value.position, about)
  for (const [number, part] of [parts.seconds, parts.nanos].entries()) {
    if (part === 0) continue
    writeTag(to, number + 1, wireType.varint)
    writeVarint(to.out, part)
  }
}

const fields = { null: 1, number: 2, text: 3, bool: 4, struct: 5, list: 6 } as const

/** A google.protobuf.Value: any JSON. */
const writeAnything = (to: MessageOutput, value: WrittenValue) => {
  if (value.kind === 'constant') {
    writeTag(to, value.value === null ? fields.null : fields.bool, wireType.varint)
    to.out.byte(value.value === true ? 1 : 0)
  } else if (value.kind === 'number') {
    writeTag(to, fields.number, wireType.i64)
    writeScalar(to, 'double', value)
  } else if (value.kind === 'text') {
    writeTag(to, fields.text, wireType.len)
    writeText(to.out, value.text)
  } else {
    const [number, write] = value.kind === 'list' ? [fields.list, writeList] : [fields.struct, writeStruct]
    writeTag(to, number, wireType.len)
    writeBytes(
      to.out,
      bytesOf(to, (inner) => write(inner, value)),
    )
  }
}

/** A map of texts to values in field 1. */
const writeStruct: Write = (to, value) => {
  if (value.kind !== 'map') throw new SchemaFault('wrongKind', value.position, 'google.protobuf.Struct')
  for (const [key, item] of value.members) {
    const entry = bytesOf(to, (inner) => {
      writeTag(inner, 1, wireType.len)
      writeText(inner.out, key)
      writeTag(inner, 2, wireType.len)
      writeBytes(
        inner.out,
        bytesOf(inner, (innermost) => writeAnything(innermost, item)),
      )
    })
    writeTag(to, 1, wireType.len)
    writeBytes(to.out, entry)
  }
}

/** Values in field 1. */
const writeList: Write = (to, value) => {
  if (value.kind !== 'list') throw new SchemaFault('wrongKind', value.position, 'google.protobuf.ListValue')
  for (const item of value.items) {
    writeTag(to, 1, wireType.len)
    writeBytes(
      to.out,
      bytesOf(to, (inner) => writeAnything(inner, item)),
    )
  }
}

/** Paths with commas between, in lower camel case; they are sent as the .proto file names the fields. */
const writeFieldMask: Write = (to, value) => {
  const about = 'google.protobuf.FieldMask'
  if (value.kind !== 'text') throw new SchemaFault('wrongKind', value.position, about)
  if (value.text === '') return
  for (const path of value.text.split(',')) {
    if (!/^[a-zA-Z][\w.]*$/.test(path)) throw new SchemaFault('badForm', value.position, about)
    writeTag(to, 1, wireType.len)
    writeText(
      to.out,
      path.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    )
  }
}
