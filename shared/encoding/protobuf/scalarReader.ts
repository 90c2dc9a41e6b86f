import type { ByteCursor } from '../byteCursor'
import { unZigZag } from '../littleEndian'
import type { PayloadNode } from '../payloadNode'
import { floatText, singleText } from '../writtenNumber'
import type { ScalarType } from './protobufSchema'
import type { EnumType } from './protobufTypes'

type Whole = number | bigint

/** Numbers are read as all libraries do: what is sent in more bits than the type has loses the highest. */
const signed = (value: Whole, bits: number): Whole =>
  typeof value === 'number' && value < 0x4000_0000 ? value : BigInt.asIntN(bits, BigInt(value))
const unsigned32 = (value: Whole): Whole => (typeof value === 'number' ? value : BigInt.asUintN(32, value))

const wholes: Partial<Record<ScalarType, (from: ByteCursor) => Whole>> = {
  int32: (from) => signed(from.varint(), 32),
  int64: (from) => signed(from.varint(), 64),
  uint32: (from) => unsigned32(from.varint()),
  uint64: (from) => from.varint(),
  sint32: (from) => unZigZag(unsigned32(from.varint())),
  sint64: (from) => unZigZag(from.varint()),
  fixed32: (from) => from.fixed32(),
  fixed64: (from) => from.fixed64(),
  sfixed32: (from) => from.fixed32() | 0,
  sfixed64: (from) => BigInt.asIntN(64, from.fixed64()),
}

/** Reads a value behind its tag; the length of texts and bytes is no part of it. */
export const readScalar = (from: ByteCursor, type: ScalarType): PayloadNode => {
  from.count()
  // Written out, since copying objects into each other took most of the time of reading.
  if (type === 'string' || type === 'bytes') {
    const sent = from.varint()
    const offset = from.at()
    if (type === 'string') {
      const text = from.text(sent)
      return { kind: 'text', text, type, offset, length: from.at() - offset }
    }
    const bytes = from.bytes(sent)
    return { kind: 'bytes', bytes, type, offset, length: bytes.length }
  }
  const offset = from.at()
  if (type === 'bool') {
    const value = Number(from.varint()) !== 0
    return { kind: 'constant', value, type, offset, length: from.at() - offset }
  }
  const whole = wholes[type]
  const digits = whole ? String(whole(from)) : type === 'float' ? singleText(from.single()) : floatText(from.double())
  return { kind: 'number', digits, type, offset, length: from.at() - offset }
}

/** A number that the enum has no name for stays one. */
export const readEnum = (from: ByteCursor, type: EnumType): PayloadNode => {
  from.count()
  const offset = from.at()
  const number = Number(signed(from.varint(), 32))
  const length = from.at() - offset
  const digits = String(number)
  const text = type.symbols.get(number)
  return text === undefined
    ? { kind: 'number', digits, type: type.name, offset, length }
    : { kind: 'symbol', text, digits, type: type.name, offset, length }
}

/** What a value is that was not sent: of an entry of a map. */
export const defaultScalar = (type: ScalarType, offset: number): PayloadNode => {
  const place = { type, offset, length: 0 }
  if (type === 'string') return { ...place, kind: 'text', text: '' }
  if (type === 'bytes') return { ...place, kind: 'bytes', bytes: new Uint8Array() }
  if (type === 'bool') return { ...place, kind: 'constant', value: false }
  return { ...place, kind: 'number', digits: type === 'double' || type === 'float' ? floatText(0) : '0' }
}
