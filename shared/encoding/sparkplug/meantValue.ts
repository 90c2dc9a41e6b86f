import { decodeUtf8, isUtf8 } from '#shared/mqtt/utf8'
import type { PayloadNode } from '../payloadNode'
import { timestampText } from '../timeForms'
import { floatText, singleText } from '../writtenNumber'
import { sparkplugTypeNames, sparkplugTypes } from './dataTypes'

/** The name of a data type by its number; null = a number that Sparkplug has no type for. */
export const typeNameOf = (node: PayloadNode | undefined): string | null =>
  node?.kind === 'number' ? (sparkplugTypeNames.get(Number(node.digits)) ?? null) : null

/** A data type by its name, with the number that was sent. */
export const typeNode = (node: PayloadNode): PayloadNode => {
  const text = typeNameOf(node)
  return text === null || node.kind !== 'number' ? node : { ...node, kind: 'symbol', text }
}

/**
 * What a value that was sent means by its type: signed integers are sent as unsigned ones of 32 or 64 bits, arrays as bytes, times as
 * milliseconds. What does not fit its type stays as it was sent.
 */
export const meantValue = (node: PayloadNode, type: string | null): PayloadNode => {
  if (type === null) return node
  if (node.kind === 'number')
    return type === 'DateTime' ? timeNode(node) : { ...node, type, digits: meantDigits(node.digits, type) }
  const items = node.kind === 'bytes' && type.endsWith('Array') ? arrayItems(node.bytes, type, node.offset) : null
  const { offset, length } = node
  return items ? { kind: 'list', items, type, offset, length } : { ...node, type }
}

/** A float that is sent where an integer belongs keeps its digits. */
const meantDigits = (digits: string, type: string): string => {
  const { bits, isSigned } = sparkplugTypes.get(type) ?? { bits: 0, isSigned: false }
  if (bits === 0 || !/^\d+$/.test(digits)) return digits
  return String(isSigned ? BigInt.asIntN(bits, BigInt(digits)) : BigInt.asUintN(bits, BigInt(digits)))
}

/** Milliseconds since 1970 as ISO 8601. */
const timeNode = (node: Extract<PayloadNode, { kind: 'number' }>): PayloadNode => {
  const ms = Number(node.digits)
  const text = timestampText({ seconds: Math.floor(ms / 1000), nanos: (ms % 1000) * 1_000_000 })
  const type = 'DateTime'
  if (text === null) return { ...node, type }
  return {
    kind: 'text',
    text: new Date(ms).toISOString(),
    type,
    offset: node.offset,
    length: node.length,
    reading: node.digits,
  }
}

/** The lowest byte first, without anything between (§6.4.17); null = no array of the type. */
const arrayItems = (bytes: Uint8Array, type: string, base: number): readonly PayloadNode[] | null => {
  if (type === 'BooleanArray') return booleans(bytes, base)
  if (type === 'StringArray') return strings(bytes, base)
  const item = type.replace(/Array$/, '')
  const size = item === 'Float' ? 4 : item === 'Double' ? 8 : (sparkplugTypes.get(item)?.bits ?? 0) / 8
  if (size === 0 || bytes.length % size !== 0) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Array.from({ length: bytes.length / size }, (_, index) => {
    const at = index * size
    const digits =
      item === 'Float'
        ? singleText(view.getFloat32(at, true))
        : item === 'Double'
          ? floatText(view.getFloat64(at, true))
          : String(unsignedAt(view, at, size))
    const node = { kind: 'number', digits, type: item, offset: base + at, length: size } as const
    return item === 'Float' || item === 'Double' ? node : meantValue(node, item)
  })
}

const unsignedAt = (view: DataView, at: number, size: number): number | bigint =>
  size === 8
    ? view.getBigUint64(at, true)
    : size === 4
      ? view.getUint32(at, true)
      : size === 2
        ? view.getUint16(at, true)
        : view.getUint8(at)

/** Four bytes with their number, then a bit each, from the highest of a byte on. */
const booleans = (bytes: Uint8Array, base: number): readonly PayloadNode[] | null => {
  if (bytes.length < 4) return null
  const count = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true)
  if (Math.ceil(count / 8) !== bytes.length - 4) return null
  return Array.from({ length: count }, (_, index) => {
    const at = 4 + (index >> 3)
    const value = (((bytes[at] ?? 0) >> (7 - (index & 7))) & 1) === 1
    return { kind: 'constant', value, type: 'Boolean', offset: base + at, length: 1 }
  })
}

/** Each ends with a zero byte. */
const strings = (bytes: Uint8Array, base: number): readonly PayloadNode[] | null => {
  const items: PayloadNode[] = []
  for (let from = 0; from < bytes.length;) {
    const end = bytes.indexOf(0, from)
    if (end < 0 || !isUtf8(bytes, from, end)) return null
    const text = decodeUtf8(bytes.subarray(from, end))
    items.push({ kind: 'text', text, type: 'String', offset: base + from, length: end - from })
    from = end + 1
  }
  return items
}
