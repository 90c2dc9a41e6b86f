import { parseHex } from '#shared/mqtt/payloadText'
import { SchemaFault } from '../schemaFault'
import { signedRange, wholeOf } from '../schemaNumbers'
import { timestampParts } from '../timeForms'
import { scaledInteger } from '../writtenNumber'
import type { WrittenValue } from '../writtenValue'
import type { AvroLogical, TimeUnit } from './avroSchema'

/** A type with what it means. */
export interface Meaning {
  readonly name: string
  readonly logical: AvroLogical | null
}

/** Of bytes that have a size. */
export interface BytesMeaning extends Meaning {
  readonly size: number | null
}

const ranges = { int: signedRange(32), long: signedRange(64) } as const

/** An int or a long as a number; dates and times also as texts of ISO 8601. */
export const wholeValue = (
  value: WrittenValue,
  { name, logical }: Meaning & { name: 'int' | 'long' },
): number | bigint => {
  if (value.kind === 'number' || !logical) return wholeOf(value, { name, range: ranges[name] })
  if (value.kind !== 'text') throw new SchemaFault('wrongKind', value.position, logical.name)
  const units = timeValue(value.text, logical)
  if (units === 'badForm' || units === 'notWhole') throw new SchemaFault(units, value.position, logical.name)
  const [low, high] = ranges[name]
  if (units < low || units > high) throw new SchemaFault('outOfRange', value.position, name)
  return units
}

/** Bytes as Avro's JSON has them (a character a byte) or as an object that stands for them; a decimal as a number, a UUID as usual. */
export const bytesValue = (value: WrittenValue, { name, size, logical }: BytesMeaning): Uint8Array => {
  if (value.kind === 'number' && logical?.name === 'decimal') return decimalBytes(value, logical, size)
  const bytes = value.kind === 'bytes' ? value.bytes : value.kind === 'text' ? textBytes(value, logical) : null
  if (!bytes) throw new SchemaFault('wrongKind', value.position, name)
  if (size !== null && bytes.length !== size) throw new SchemaFault('wrongSize', value.position, name)
  return bytes
}

const uuidShape = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export const textValue = (value: WrittenValue, logical: AvroLogical | null): string => {
  if (value.kind !== 'text') throw new SchemaFault('wrongKind', value.position, 'string')
  if (logical?.name === 'uuid' && !uuidShape.test(value.text)) throw new SchemaFault('badForm', value.position, 'uuid')
  return value.text
}

const textBytes = ({ text, position }: { text: string; position: number }, logical: AvroLogical | null): Uint8Array => {
  if (logical?.name === 'uuid' && uuidShape.test(text)) {
    const parsed = parseHex(text.replaceAll('-', ''))
    if (parsed.ok) return parsed.bytes
  }
  const bytes = new Uint8Array(text.length)
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (unit > 0xff) throw new SchemaFault('badForm', position, 'bytes')
    bytes[index] = unit
  }
  return bytes
}

/** Two's complement, the highest byte first, in as few bytes as hold it or in all of a fixed. */
const decimalBytes = (
  { digits, position }: { readonly digits: string; readonly position: number },
  { precision, scale }: { readonly precision: number; readonly scale: number },
  size: number | null,
): Uint8Array => {
  const name = `decimal(${precision}, ${scale})`
  const unscaled = scaledInteger(digits, scale)
  if (unscaled === 'fraction') throw new SchemaFault('notWhole', position, name)
  if (unscaled === 'tooLarge' || String(unscaled).replace('-', '').length > precision) {
    throw new SchemaFault('outOfRange', position, name)
  }
  const length = size ?? bytesFor(unscaled)
  const bytes = new Uint8Array(length)
  let rest = unscaled
  for (let index = length - 1; index >= 0; index--, rest >>= 8n) bytes[index] = Number(rest & 0xffn)
  return bytes
}

const bytesFor = (value: bigint): number => {
  const magnitude = value < 0n ? -1n - value : value
  // One bit more than the digits, for the sign.
  const bits = magnitude === 0n ? 1 : magnitude.toString(2).length + 1
  return Math.ceil(bits / 8)
}

const perSecond: Record<TimeUnit, number> = { millis: 3, micros: 6, nanos: 9 }
const dayMs = 86_400_000

const timeValue = (text: string, logical: AvroLogical): bigint | 'badForm' | 'notWhole' => {
  if (logical.name === 'date') {
    const parts = timestampParts(`${text}T00:00:00Z`)
    return parts ? BigInt((parts.seconds * 1000) / dayMs) : 'badForm'
  }
  if (logical.name !== 'time' && logical.name !== 'timestamp' && logical.name !== 'localTimestamp') return 'badForm'
  const whole = logical.name === 'time' ? `1970-01-01T${text}Z` : logical.name === 'timestamp' ? text : `${text}Z`
  const parts = timestampParts(whole)
  if (!parts) return 'badForm'
  const scale = perSecond[logical.unit]
  const lost = 10n ** BigInt(9 - scale)
  const nanos = BigInt(parts.seconds) * 1_000_000_000n + BigInt(parts.nanos)
  return nanos % lost === 0n ? nanos / lost : 'notWhole'
}
