import { parseBase64 } from '#shared/mqtt/payloadText'
import { utf8Length } from '#shared/mqtt/topicFilter'
import type { ByteWriter } from '../byteWriter'
import type { Output } from '../encodedBySchema'
import { EncodingFault } from '../encodingFault'
import { writeDouble, writeFixed32, writeFixed64, writeSingle, writeVarint, zigZag } from '../littleEndian'
import { SchemaFault } from '../schemaFault'
import { floatOf, signedRange, unsignedRange, wholeOf, type WholeRange } from '../schemaNumbers'
import type { WrittenValue } from '../writtenValue'
import type { ScalarType } from './protobufSchema'
import type { EnumType } from './protobufTypes'

interface Whole {
  readonly range: WholeRange
  readonly write: (out: ByteWriter, value: number | bigint) => void
}

const writeZigZag = (out: ByteWriter, value: number | bigint) => writeVarint(out, zigZag(value))

const int32: Whole = { range: signedRange(32), write: writeVarint }
const wholes: Partial<Record<ScalarType, Whole>> = {
  int32,
  int64: { range: signedRange(64), write: writeVarint },
  uint32: { range: unsignedRange(32), write: writeVarint },
  uint64: { range: unsignedRange(64), write: writeVarint },
  sint32: { range: signedRange(32), write: writeZigZag },
  sint64: { range: signedRange(64), write: writeZigZag },
  fixed32: { range: unsignedRange(32), write: writeFixed32 },
  fixed64: { range: unsignedRange(64), write: writeFixed64 },
  sfixed32: { range: signedRange(32), write: writeFixed32 },
  sfixed64: { range: signedRange(64), write: writeFixed64 },
}

/** Writes a value without its tag; texts and bytes behind their length. */
export const writeScalar = (to: Output, type: ScalarType, value: WrittenValue): void => {
  const whole = wholes[type]
  if (whole) whole.write(to.out, wholeOf(value, { name: type, range: whole.range }))
  else if (type === 'double' || type === 'float') writeFloat(to, type, value)
  else if (type === 'bool') to.out.byte(boolOf(value) ? 1 : 0)
  else if (type === 'string') writeText(to.out, textOf(value))
  else writeBytes(to.out, bytesOf(value))
}

/** By symbol or by number, which need not have a symbol. NullValue has a null of its own (ProtoJSON). */
export const writeEnum = ({ out }: Output, type: EnumType, value: WrittenValue): void => {
  const number = value.kind === 'text' ? type.numbers.get(value.text) : undefined
  if (number !== undefined) writeVarint(out, number)
  else if (value.kind === 'text') throw new SchemaFault('unknownSymbol', value.position, type.name)
  else if (value.kind === 'constant' && value.value === null && type.name === nullValue) out.byte(0)
  else int32.write(out, wholeOf(value, { name: type.name, range: int32.range }))
}

export const nullValue = 'google.protobuf.NullValue'

export const writeText = (out: ByteWriter, text: string): void => {
  const length = utf8Length(text)
  writeVarint(out, length)
  out.text(text, length)
}

export const writeBytes = (out: ByteWriter, bytes: Uint8Array): void => {
  writeVarint(out, bytes.length)
  out.bytes(bytes)
}

const writeFloat = ({ out, onRounded }: Output, type: 'double' | 'float', value: WrittenValue) => {
  const float = floatOf(value, type, type === 'float' ? 32 : 64)
  if (!float.isExact) onRounded(value.position)
  if (type === 'float') writeSingle(out, float.value)
  else writeDouble(out, float.value)
}

const boolOf = (value: WrittenValue): boolean => {
  if (value.kind === 'constant' && value.value !== null) return value.value
  throw new SchemaFault('wrongKind', value.position, 'bool')
}

const textOf = (value: WrittenValue): string => {
  if (value.kind === 'text') return value.text
  throw new SchemaFault('wrongKind', value.position, 'string')
}

/** Base64 as ProtoJSON has it, or an object that stands for bytes. */
const bytesOf = (value: WrittenValue): Uint8Array => {
  if (value.kind === 'bytes') return value.bytes
  if (value.kind !== 'text') throw new SchemaFault('wrongKind', value.position, 'bytes')
  const parsed = parseBase64(value.text)
  if (parsed.ok) return parsed.bytes
  throw new EncodingFault('badBase64', value.position + 1 + parsed.position)
}
