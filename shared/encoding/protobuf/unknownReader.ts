import { decodeUtf8, isUtf8 } from '#shared/mqtt/utf8'
import type { ByteCursor } from '../byteCursor'
import { DecodingFault } from '../decodingFault'
import type { PayloadNode } from '../payloadNode'
import { floatText, singleText } from '../writtenNumber'
import { addUnknown, collectFields, membersOf } from './collectedFields'
import { nextTag, type FieldTag } from './fieldTag'
import { wireType } from './wireType'

/**
 * Reads a message of which nothing is known: fields by their number, values as they look. Of bytes behind a length it cannot be known
 * what they are, so the type of the node says what they are taken for.
 */
export const readWithoutSchema = (from: ByteCursor, group: number | null = null): PayloadNode =>
  from.deeper(() => {
    from.count()
    const offset = from.at()
    const fields = collectFields()
    let end = offset
    for (let tag = nextTag(from, group); tag; tag = nextTag(from, group)) {
      addUnknown(fields, tag, readUnknown(from, tag))
      end = from.at()
    }
    const type = group === null ? 'message' : 'group'
    return { kind: 'map', type, offset, length: end - offset, members: membersOf(fields) }
  })

/** A value that only its wire type is known of. Numbers are unsigned integers; what else they may be is their reading. */
export const readUnknown = (from: ByteCursor, { number, wire }: FieldTag): PayloadNode => {
  if (wire === wireType.startGroup) return readWithoutSchema(from, number)
  if (wire === wireType.len) return readBytes(from)
  from.count()
  const offset = from.at()
  if (wire === wireType.varint) {
    const value = from.varint()
    const place = { kind: 'number', digits: String(value), type: 'varint', offset, length: from.at() - offset } as const
    return value < 2 ** 63 ? place : { ...place, reading: String(BigInt.asIntN(64, BigInt(value))) }
  }
  if (wire === wireType.i32) {
    const value = from.fixed32()
    scratch.setUint32(0, value)
    return {
      kind: 'number',
      digits: String(value),
      type: 'i32',
      offset,
      length: 4,
      reading: singleText(scratch.getFloat32(0)),
    }
  }
  const value = from.fixed64()
  scratch.setBigUint64(0, value)
  return {
    kind: 'number',
    digits: String(value),
    type: 'i64',
    offset,
    length: 8,
    reading: floatText(scratch.getFloat64(0)),
  }
}

const scratch = new DataView(new ArrayBuffer(8))

const control = /[\0-\x1f\x7f]/
const unusualControl = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/

/** A text if all of it can be read, else a message if it is one from end to end, else what it is: bytes. */
const readBytes = (from: ByteCursor): PayloadNode => {
  const length = from.varint()
  const offset = from.at()
  const bytes = from.bytes(length)
  const text = isUtf8(bytes) ? decodeUtf8(bytes) : null
  const place = { offset, length: bytes.length }
  if (text !== null && text !== '' && !control.test(text)) {
    from.count()
    return { ...place, kind: 'text', text, type: 'len (text)' }
  }
  const message = bytes.length === 0 ? null : from.again(offset, bytes.length, () => tryMessage(from))
  if (message) return { ...message, type: 'len (message)' }
  from.count()
  // Line breaks and tabs stand in texts, and at the start of messages.
  return text !== null && text !== '' && !unusualControl.test(text)
    ? { ...place, kind: 'text', text, type: 'len (text)' }
    : { ...place, kind: 'bytes', bytes, type: 'len (bytes)' }
}

const tryMessage = (from: ByteCursor): PayloadNode | null => {
  try {
    return readWithoutSchema(from)
  } catch (error) {
    if (error instanceof DecodingFault && error.reason !== 'tooMany') return null
    throw error
  }
}
