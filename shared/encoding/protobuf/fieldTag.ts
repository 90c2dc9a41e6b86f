import type { ByteCursor } from '../byteCursor'
import { DecodingFault } from '../decodingFault'
import type { PayloadNode } from '../payloadNode'
import { wireType } from './wireType'

/** Which field comes, and how its value ends. */
export interface FieldTag {
  readonly number: number
  readonly wire: number
  readonly offset: number
}

/** null = the end of the message. */
export const nextTag = (from: ByteCursor, group: number | null): FieldTag | null => {
  if (from.isAtEnd()) {
    if (group !== null) throw new DecodingFault('badGroup', from.at())
    return null
  }
  const tag = readTag(from)
  if (tag.wire !== wireType.endGroup) return tag
  if (tag.number !== group) throw new DecodingFault('badGroup', tag.offset)
  return null
}

/** The tag, and the length where one comes, up to the value. */
export const tagNode = ({ number, offset }: FieldTag, value: number): PayloadNode => ({
  kind: 'number',
  digits: String(number),
  type: 'field number',
  offset,
  length: value - offset,
})

const largestNumber = 2 ** 29 - 1

const readTag = (from: ByteCursor): FieldTag => {
  const offset = from.at()
  const tag = Number(from.varint())
  const number = Math.floor(tag / 8)
  const wire = tag % 8
  if (number < 1 || number > largestNumber || wire > 5) throw new DecodingFault('badTag', offset)
  return { number, wire, offset }
}
