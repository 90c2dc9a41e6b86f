import { hexPair } from '#shared/mqtt/payloadText'
import type { PayloadNode } from '../payloadNode'
import { timestampText } from '../timeForms'
import type { AvroLogical, TimeUnit } from './avroSchema'

export interface NodePlace {
  readonly type: string
  readonly offset: number
  readonly length: number
}

/** An int or a long as it was sent; the date or time that it is, is its reading. */
export const numberNode = (value: number | bigint, logical: AvroLogical | null, place: NodePlace): PayloadNode => {
  const node = { kind: 'number', digits: String(value), ...place } as const
  const reading = logical ? timeReading(BigInt(value), logical) : null
  return reading === null ? node : { ...node, reading }
}

/** Bytes; a decimal as the number that it is, a UUID as it is usually written. */
export const bytesNode = (bytes: Uint8Array, logical: AvroLogical | null, place: NodePlace): PayloadNode => {
  if (logical?.name === 'decimal') {
    const { precision, scale } = logical
    return { kind: 'number', digits: decimalText(bytes, scale), ...place, type: `decimal(${precision}, ${scale})` }
  }
  if (logical?.name === 'uuid') return { kind: 'text', text: uuidText(bytes), ...place }
  const node = { kind: 'bytes', bytes, ...place } as const
  return logical?.name === 'duration' ? { ...node, reading: durationReading(bytes) } : node
}

/** Two's complement, the highest byte first. */
const decimalText = (bytes: Uint8Array, scale: number): string => {
  const hex = Array.from(bytes, hexPair).join('')
  const unscaled = hex === '' ? 0n : BigInt.asIntN(8 * bytes.length, BigInt(`0x${hex}`))
  const digits = String(unscaled)
    .replace('-', '')
    .padStart(scale + 1, '0')
  const point = digits.length - scale
  return `${unscaled < 0n ? '-' : ''}${digits.slice(0, point)}${scale > 0 ? `.${digits.slice(point)}` : ''}`
}

const uuidText = (bytes: Uint8Array): string =>
  Array.from(bytes, hexPair)
    .join('')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')

/** Three unsigned numbers of four bytes, the lowest byte first. */
const durationReading = (bytes: Uint8Array): string => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const [months, days, ms] = [0, 4, 8].map((at) => view.getUint32(at, true))
  return `P${months}M${days}DT${(ms ?? 0) / 1000}S`
}

const perSecond: Record<TimeUnit, bigint> = { millis: 1000n, micros: 1_000_000n, nanos: 1_000_000_000n }
const secondsADay = 86_400

/** ISO 8601; null = a time that it has not. */
const timeReading = (value: bigint, logical: AvroLogical): string | null => {
  if (logical.name === 'date')
    return timestampText({ seconds: Number(value) * secondsADay, nanos: 0 })?.slice(0, 10) ?? null
  if (logical.name !== 'time' && logical.name !== 'timestamp' && logical.name !== 'localTimestamp') return null
  const units = perSecond[logical.unit]
  const rest = ((value % units) + units) % units
  const seconds = Number((value - rest) / units)
  const text = timestampText({ seconds, nanos: Number((rest * 1_000_000_000n) / units) })
  if (logical.name === 'timestamp') return text
  if (logical.name === 'localTimestamp') return text?.slice(0, -1) ?? null
  return seconds >= 0 && seconds < secondsADay ? (text?.slice(11, -1) ?? null) : null
}
