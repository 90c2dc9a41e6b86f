import { utf8Length } from '#shared/mqtt/topicFilter'
import type { ByteWriter } from './byteWriter'
import { EncodingFault } from './encodingFault'
import { numberOf } from './writtenNumber'
import type { WrittenValue } from './writtenValue'

const constants = new Map<boolean | null, number>([
  [null, 0xc0],
  [false, 0xc2],
  [true, 0xc3],
])

/** A family of formats: the first bytes of the short form and of those with a length of 1, 2 and 4 bytes; null = there is none. */
interface Family {
  readonly short: number | null
  readonly shortest: number
  readonly one: number | null
  readonly two: number
  readonly four: number
}
const families = {
  text: { short: 0xa0, shortest: 31, one: 0xd9, two: 0xda, four: 0xdb },
  bytes: { short: null, shortest: -1, one: 0xc4, two: 0xc5, four: 0xc6 },
  list: { short: 0x90, shortest: 15, one: null, two: 0xdc, four: 0xdd },
  map: { short: 0x80, shortest: 15, one: null, two: 0xde, four: 0xdf },
} satisfies Record<string, Family>

/**
 * Writes MessagePack with the shortest integers, and floats as doubles, as most libraries do. `onRounded` is told where a
 * number lost digits; throws an `EncodingFault` for an integer of more than 64 bits.
 */
export const writeMessagePack = (out: ByteWriter, value: WrittenValue, onRounded: (position: number) => void): void => {
  if (value.kind === 'constant') out.byte(constants.get(value.value) ?? 0)
  else if (value.kind === 'text') writeText(out, value.text)
  else if (value.kind === 'bytes') {
    writeHead(out, families.bytes, value.bytes.length)
    out.bytes(value.bytes)
  } else if (value.kind === 'list') {
    writeHead(out, families.list, value.items.length)
    for (const item of value.items) writeMessagePack(out, item, onRounded)
  } else if (value.kind === 'map') {
    writeHead(out, families.map, value.members.length)
    for (const [key, member] of value.members) {
      writeText(out, key)
      writeMessagePack(out, member, onRounded)
    }
  } else {
    const number = numberOf(value.digits, value.position)
    if (number.kind === 'integer') writeInteger(out, number.value, value.position)
    else {
      if (!number.isExact) onRounded(value.position)
      out.byte(0xcb)
      out.double(number.value)
    }
  }
}

const writeText = (out: ByteWriter, text: string) => {
  const length = utf8Length(text)
  writeHead(out, families.text, length)
  out.text(text, length)
}

const writeHead = (out: ByteWriter, { short, shortest, one, two, four }: Family, length: number) => {
  if (short !== null && length <= shortest) out.byte(short | length)
  else {
    const [first, width] = one !== null && length < 0x100 ? [one, 1] : length < 0x1_0000 ? [two, 2] : [four, 4]
    out.byte(first)
    out.whole(length, width)
  }
}

/** By width in bytes: the first byte of unsigned and signed integers. */
const unsigned = { 1: 0xcc, 2: 0xcd, 4: 0xce, 8: 0xcf } as const
const signed = { 1: 0xd0, 2: 0xd1, 4: 0xd2, 8: 0xd3 } as const
const widths = [1, 2, 4, 8] as const

const writeInteger = (out: ByteWriter, value: number | bigint, position: number) => {
  // One byte is the number itself.
  if (value >= -32 && value < 128) {
    out.byte(Number(value) & 0xff)
    return
  }
  // Powers of two are exact as doubles, and a bigint is compared with them exactly.
  const width = widths.find((one) => (value < 0 ? value >= -(2 ** (8 * one - 1)) : value < 2 ** (8 * one)))
  if (width === undefined) throw new EncodingFault('integerRange', position)
  out.byte(value < 0 ? signed[width] : unsigned[width])
  out.whole(width === 8 ? BigInt.asUintN(64, BigInt(value)) : value, width)
}
