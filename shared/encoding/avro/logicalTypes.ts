import type { AvroLogical, AvroPrimitive } from './avroSchema'

interface Sized {
  readonly base: AvroPrimitive | 'fixed'
  /** Of a fixed. */
  readonly size: number
}

const times: Readonly<Record<string, { readonly base: AvroPrimitive; readonly logical: AvroLogical }>> = {
  date: { base: 'int', logical: { name: 'date' } },
  'time-millis': { base: 'int', logical: { name: 'time', unit: 'millis' } },
  'time-micros': { base: 'long', logical: { name: 'time', unit: 'micros' } },
  'timestamp-millis': { base: 'long', logical: { name: 'timestamp', unit: 'millis' } },
  'timestamp-micros': { base: 'long', logical: { name: 'timestamp', unit: 'micros' } },
  'timestamp-nanos': { base: 'long', logical: { name: 'timestamp', unit: 'nanos' } },
  'local-timestamp-millis': { base: 'long', logical: { name: 'localTimestamp', unit: 'millis' } },
  'local-timestamp-micros': { base: 'long', logical: { name: 'localTimestamp', unit: 'micros' } },
  'local-timestamp-nanos': { base: 'long', logical: { name: 'localTimestamp', unit: 'nanos' } },
}

/** The logical type of a name (Avro 1.12, "Logical Types"); null where there is none, or it does not fit. */
export const logicalType = (name: string, { base, size }: Sized): AvroLogical | null => {
  const time = Object.hasOwn(times, name) ? times[name] : undefined
  if (time) return time.base === base ? time.logical : null
  if (name === 'uuid' && (base === 'string' || (base === 'fixed' && size === 16))) return { name: 'uuid' }
  return name === 'duration' && base === 'fixed' && size === 12 ? { name: 'duration' } : null
}

/** A decimal of so many digits, `scale` of them behind the point. */
export const decimalType = (precision: number, scale: number, { base, size }: Sized): AvroLogical | null => {
  const isWhole = Number.isSafeInteger(precision) && Number.isSafeInteger(scale)
  if (!isWhole || (base !== 'bytes' && base !== 'fixed') || precision < 1 || scale < 0 || scale > precision) return null
  // Log10 of 2 ^ bits of the magnitude.
  const mostDigits = base === 'fixed' ? Math.floor(Math.log10(2) * (8 * size - 1)) : 300
  return precision <= mostDigits ? { name: 'decimal', precision, scale } : null
}
