/**
 * The types of .proto files as plain data, which can be stored and can cross to the page. `electron/core/schemas` makes it of
 * .proto files; `createProtobufTypes` makes of it what is written and read by.
 */
export interface ProtobufSchema {
  readonly messages: readonly ProtobufMessage[]
  readonly enums: readonly ProtobufEnum[]
}

export interface ProtobufMessage {
  /** With its package, without a dot before it. */
  readonly name: string
  /** By their number. */
  readonly fields: readonly ProtobufField[]
}

export interface ProtobufEnum {
  readonly name: string
  /** As declared; of several names of one number, the first is its name. */
  readonly values: readonly (readonly [symbol: string, number: number])[]
}

export interface ProtobufField {
  /** As in the .proto file; of an extension its full name in brackets. */
  readonly name: string
  /** Its other name in JSON. */
  readonly jsonName: string
  readonly number: number
  readonly type: FieldKind
  readonly label: 'single' | 'repeated' | 'map'
  /** Of maps, the type of their keys. */
  readonly mapKey: ScalarType | null
  /** Repeated numbers that are written as one run of bytes. Both forms are read. */
  readonly isPacked: boolean
  /** A message written between two tags instead of behind its length. */
  readonly isGroup: boolean
  readonly isRequired: boolean
  /** Without presence: the default value is not written. */
  readonly isImplicit: boolean
  readonly oneof: string | null
}

export type FieldKind =
  | { readonly kind: 'scalar'; readonly name: ScalarType }
  | { readonly kind: 'message' | 'enum'; readonly name: string }

export const scalarTypes = [
  'double',
  'float',
  'int32',
  'int64',
  'uint32',
  'uint64',
  'sint32',
  'sint64',
  'fixed32',
  'fixed64',
  'sfixed32',
  'sfixed64',
  'bool',
  'string',
  'bytes',
] as const
export type ScalarType = (typeof scalarTypes)[number]
