import { decodedPayload, DecodingFault } from '#shared/encoding/decodingFault'
import type { NodeMember, PayloadNode } from '#shared/encoding/payloadNode'
import { floatText } from '#shared/encoding/writtenNumber'
import { decodeUtf8, isUtf8 } from '#shared/mqtt/utf8'
import type { Decoder } from './decoder'
import { numberAt, numberFormat, type NumberFormat } from './numberDecoders'

/**
 * Packed values by a line such as `>u16 temp /10, f32 flow, bits flags`: `>` or `<` says the order of bytes from there on (the
 * highest first where nothing does), then a type, a name, and what the number is divided or multiplied by. `u16[4]` is a list of four, and
 * `u8 flags {run:1 mode:3}` an integer whose bits are numbers of their own, from the lowest on.
 */
export const structDecoder: Decoder = {
  name: 'struct',
  argumentProblem: (line) => {
    const read = readFields(line)
    return read.ok ? null : read.problem
  },
  decode: (bytes, { argument = '' }) =>
    decodedPayload(() => {
      const read = readFields(argument)
      const members: NodeMember[] = []
      let at = 0
      for (const { name, type, scale } of read.ok ? read.fields : []) {
        const node = fieldAt(bytes, at, type)
        at += node.length
        if (name !== null) members.push({ name, key: null, value: scale ? scaledAll(node, scale) : node })
      }
      if (at < bytes.length) throw new DecodingFault('leftOver', at)
      return [{ kind: 'map', members, type: 'struct', offset: 0, length: at }]
    }),
}

type FieldType =
  | { readonly kind: 'number'; readonly format: NumberFormat }
  | { readonly kind: 'numbers'; readonly format: NumberFormat; readonly count: number }
  | { readonly kind: 'bitFields'; readonly format: NumberFormat; readonly fields: readonly BitField[] }
  | { readonly kind: 'bool' }
  /** Of one byte or more, the lowest of each first. */
  | { readonly kind: 'bits' | 'text' | 'bytes'; readonly length: number }

interface BitField {
  readonly name: string
  readonly bits: number
}

interface Scale {
  readonly isDivided: boolean
  readonly by: string
}

interface Field {
  /** null = bytes that nobody asks for. */
  readonly name: string | null
  readonly type: FieldType
  readonly scale: Scale | null
}

type ReadFields =
  | { readonly ok: true; readonly fields: readonly Field[] }
  | { readonly ok: false; readonly problem: string }

const fieldShape =
  /^([<>])?\s*([a-z]+\d*(?:le|be)?)(?:\[(\d{1,4})\])?(?:\s+([^\s/*{}]+))?(?:\s*([/*])\s*(\d+(?:\.\d+)?))?(?:\s*\{([^{}]*)\})?$/
const mostFields = 1_000

const readFields = (line: string): ReadFields => {
  const fields: Field[] = []
  let isLittle = false
  const parts = line.split(',').map((part) => part.trim())
  if (parts.length > mostFields) return { ok: false, problem: 'too many fields' }
  for (const part of parts) {
    const [, order, word = '', count, name, sign, by = '', bits] = fieldShape.exec(part) ?? []
    if (order !== undefined) isLittle = order === '<'
    const whole = typeOf(word, count, isLittle)
    const type = whole && bits !== undefined ? bitFieldsOf(whole, bits) : whole
    if (!type) return { ok: false, problem: `"${part}" is no field: it wants a type and a name` }
    if (name === undefined && word !== 'pad') return { ok: false, problem: `"${part}" has no name` }
    const isScalable = type.kind === 'number' || type.kind === 'numbers'
    if (sign !== undefined && (!isScalable || Number(by) === 0))
      return { ok: false, problem: `"${part}" cannot be divided or multiplied so` }
    const scale = sign === undefined ? null : { isDivided: sign === '/', by }
    fields.push({ name: word === 'pad' ? null : (name ?? null), type, scale })
  }
  return { ok: true, fields }
}

const typeOf = (word: string, count: string | undefined, isLittle: boolean): FieldType | null => {
  const length = count === undefined ? 1 : Number(count)
  if (word === 'bits' || word === 'text' || word === 'bytes') return { kind: word, length }
  if (word === 'pad') return { kind: 'bytes', length }
  if (word === 'bool') return count === undefined ? { kind: 'bool' } : null
  const format = numberFormat(word, isLittle)
  if (count === undefined) return format && { kind: 'number', format }
  return format && length > 0 ? { kind: 'numbers', format, count: length } : null
}

/** Names with their numbers of bits, of an integer that has as many; null = they are none. */
const bitFieldsOf = (type: FieldType, text: string): FieldType | null => {
  if (type.kind !== 'number' || type.format.kind === 'f') return null
  const fields = text
    .trim()
    .split(/\s+/)
    .map((part) => {
      const [, name = '', bits = '1'] = /^([^\s:]+?)(?::(\d{1,2}))?$/.exec(part) ?? []
      return { name, bits: Number(bits) }
    })
  const all = fields.reduce((sum, { bits }) => sum + bits, 0)
  const isSound = fields.every(({ name, bits }) => name !== '' && bits > 0) && all <= type.format.bits
  return isSound ? { kind: 'bitFields', format: type.format, fields } : null
}

const fieldAt = (bytes: Uint8Array, offset: number, type: FieldType): PayloadNode => {
  if (type.kind === 'number') return numberAt(bytes, offset, type.format)
  if (type.kind === 'numbers') return numbersAt(bytes, offset, type)
  if (type.kind === 'bitFields') return bitFieldsAt(bytes, offset, type)
  const length = type.kind === 'bool' ? 1 : type.length
  if (offset + length > bytes.length) throw new DecodingFault('cutShort', offset)
  const part = bytes.subarray(offset, offset + length)
  const place = { type: type.kind, offset, length }
  if (type.kind === 'bool') return { kind: 'constant', value: part[0] !== 0, ...place }
  if (type.kind === 'bits')
    return { kind: 'list', items: [...part].flatMap((_, at) => bitsAt(bytes, offset + at)), ...place }
  if (type.kind === 'bytes') return { kind: 'bytes', bytes: part, ...place }
  if (!isUtf8(part)) throw new DecodingFault('notUtf8', offset)
  // Shorter texts are filled up with zeros.
  return { kind: 'text', text: decodeUtf8(part).replace(/\0+$/, ''), ...place }
}

const numbersAt = (
  bytes: Uint8Array,
  offset: number,
  { format, count }: FieldType & { kind: 'numbers' },
): PayloadNode => {
  const width = format.bits / 8
  const items = Array.from({ length: count }, (_, at) => numberAt(bytes, offset + at * width, format))
  return { kind: 'list', items, type: `${items[0]?.type ?? ''}[${count}]`, offset, length: count * width }
}

const bitFieldsAt = (bytes: Uint8Array, offset: number, type: FieldType & { kind: 'bitFields' }): PayloadNode => {
  const whole = numberAt(bytes, offset, { ...type.format, kind: 'u' })
  const { length } = whole
  let rest = whole.kind === 'number' ? BigInt(whole.digits) : 0n
  const members = type.fields.map(({ name, bits }): NodeMember => {
    const digits = String(BigInt.asUintN(bits, rest))
    rest >>= BigInt(bits)
    return { name, key: null, value: { kind: 'number', digits, type: `${bits} bits`, offset, length } }
  })
  return { kind: 'map', members, type: 'bit fields', offset, length }
}

const bitsAt = (bytes: Uint8Array, offset: number): readonly PayloadNode[] =>
  Array.from({ length: 8 }, (_, bit) => {
    const value = (((bytes[offset] ?? 0) >> bit) & 1) === 1
    return { kind: 'constant', value, type: 'bit', offset, length: 1 }
  })

/** Each number of a list. */
const scaledAll = (node: PayloadNode, scale: Scale): PayloadNode =>
  node.kind === 'list' ? { ...node, items: node.items.map((item) => scaled(item, scale)) } : scaled(node, scale)

/** Divided by a power of ten, or multiplied by a whole number, an integer keeps its digits; else the result is the nearest float. */
const scaled = (node: PayloadNode, { isDivided, by }: Scale): PayloadNode => {
  if (node.kind !== 'number') return node
  const isInteger = /^-?\d+$/.test(node.digits)
  if (isInteger && isDivided && /^10*$/.test(by)) return { ...node, digits: shifted(node.digits, by.length - 1) }
  if (isInteger && !isDivided && /^\d+$/.test(by)) return { ...node, digits: String(BigInt(node.digits) * BigInt(by)) }
  const value = isDivided ? Number(node.digits) / Number(by) : Number(node.digits) * Number(by)
  return { ...node, digits: floatText(value) }
}

/** The point so many places to the left. */
export const shifted = (digits: string, places: number): string => {
  if (places === 0) return digits
  const sign = digits.startsWith('-') ? '-' : ''
  const padded = digits.slice(sign.length).padStart(places + 1, '0')
  return `${sign}${padded.slice(0, -places)}.${padded.slice(-places)}`
}
