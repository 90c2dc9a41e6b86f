import type { WrittenValue } from '../writtenValue'

/**
 * An Avro schema as plain data, which can be cloned and can cross to the page. `parseAvroSchema` makes it of the text of an .avsc
 * file. Aliases are not in it: they matter only where data of one schema is read by another (Avro 1.12, "Aliases").
 */
export interface AvroSchema {
  readonly root: AvroType
  /** Records, enums and fixed by their full name, which is how types name them: a record may be inside itself. */
  readonly named: ReadonlyMap<string, AvroNamed>
  /** CRC-64-AVRO of the schema in Parsing Canonical Form: eight bytes as they stand in a single object, in hex. */
  readonly fingerprint: string
}

export type AvroType =
  | { readonly kind: 'primitive'; readonly name: AvroPrimitive; readonly logical: AvroLogical | null }
  | { readonly kind: 'array'; readonly items: AvroType }
  | { readonly kind: 'map'; readonly values: AvroType }
  | { readonly kind: 'union'; readonly branches: readonly AvroType[] }
  | { readonly kind: 'named'; readonly name: string }

export type AvroNamed =
  | { readonly kind: 'record'; readonly name: string; readonly fields: readonly AvroField[] }
  | { readonly kind: 'enum'; readonly name: string; readonly symbols: readonly string[] }
  | { readonly kind: 'fixed'; readonly name: string; readonly size: number; readonly logical: AvroLogical | null }

export interface AvroField {
  readonly name: string
  readonly type: AvroType
  /** What is written where a value is missing, in the JSON of defaults. */
  readonly defaultValue: WrittenValue | null
}

export const avroPrimitives = ['null', 'boolean', 'int', 'long', 'float', 'double', 'bytes', 'string'] as const
export type AvroPrimitive = (typeof avroPrimitives)[number]

/** What the numbers or bytes of a type mean. One that does not fit its type is ignored, as the specification says. */
export type AvroLogical =
  | { readonly name: 'decimal'; readonly precision: number; readonly scale: number }
  | { readonly name: 'uuid' | 'duration' | 'date' }
  | { readonly name: 'time' | 'timestamp' | 'localTimestamp'; readonly unit: TimeUnit }

export type TimeUnit = 'millis' | 'micros' | 'nanos'

/** As schemas write the name of a type. */
export const avroTypeName = (type: AvroType): string =>
  type.kind === 'primitive' || type.kind === 'named' ? type.name : type.kind
