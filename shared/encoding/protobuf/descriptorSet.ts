import { createByteCursor } from '../byteCursor'
import { decodedPayload, DecodingFault, type DecodingReason } from '../decodingFault'
import { nodeJson } from '../nodeJson'
import { typesOfTables } from './fieldTable'
import { readMessage } from './protobufReader'
import {
  scalarTypes,
  type FieldKind,
  type ProtobufEnum,
  type ProtobufField,
  type ProtobufMessage,
  type ProtobufSchema,
  type ScalarType,
} from './protobufSchema'

export type ReadDescriptorSet =
  | { readonly ok: true; readonly schema: ProtobufSchema }
  | { readonly ok: false; readonly reason: DecodingReason; readonly offset: number }

/** The types of a descriptor set (`protoc --descriptor_set_out --include_imports`), which is itself a message of Protobuf. */
export const readDescriptorSet = (bytes: Uint8Array): ReadDescriptorSet => {
  const read = decodedPayload(() => {
    const type = descriptorTypes.message('FileDescriptorSet')
    if (!type) throw new DecodingFault('unknownType', 0)
    return [readMessage(createByteCursor(bytes), type, descriptorTypes)]
  })
  if (!read.ok) return read
  const [set] = read.nodes
  const json = set ? nodeJson(set) : null
  if (json === null) return { ok: false, reason: 'tooMany', offset: 0 }
  // Its numbers are small, and of a field that stands twice the last counts, as JSON has it.
  const { file = [] } = JSON.parse(json) as FileSet
  return { ok: true, schema: schemaOf(file) }
}

/** The fields of google/protobuf/descriptor.proto that say how messages are written. Enums are read as their numbers. */
const descriptorTypes = typesOfTables({
  FileDescriptorSet: ['1 file *File'],
  File: [
    '2 package string',
    '4 message_type *Message',
    '5 enum_type *Enum',
    '7 extension *Field',
    '8 options FileOptions',
    '12 syntax string',
    '14 edition int32',
  ],
  Message: [
    '1 name string',
    '2 field *Field',
    '3 nested_type *Message',
    '4 enum_type *Enum',
    '6 extension *Field',
    '7 options MessageOptions',
    '8 oneof_decl *Oneof',
  ],
  Field: [
    '1 name string',
    '2 extendee string',
    '3 number int32',
    '4 label int32',
    '5 type int32',
    '6 type_name string',
    '8 options FieldOptions',
    '9 oneof_index int32',
    '10 json_name string',
    '17 proto3_optional bool',
  ],
  Enum: ['1 name string', '2 value *EnumValue'],
  EnumValue: ['1 name string', '2 number int32'],
  Oneof: ['1 name string'],
  FileOptions: ['50 features Features'],
  MessageOptions: ['7 map_entry bool', '12 features Features'],
  FieldOptions: ['2 packed bool', '21 features Features'],
  Features: ['1 field_presence int32', '3 repeated_field_encoding int32', '5 message_encoding int32'],
})

interface FileSet {
  readonly file?: readonly File[]
}
interface File extends Scope {
  readonly package?: string
  readonly message_type?: readonly Message[]
  readonly syntax?: string
  readonly edition?: number
}
/** What declares enums and extensions. */
interface Scope {
  readonly enum_type?: readonly Enum[]
  readonly extension?: readonly Field[]
  readonly options?: { readonly features?: Partial<Features>; readonly map_entry?: boolean }
}
interface Message extends Scope {
  readonly name?: string
  readonly field?: readonly Field[]
  readonly nested_type?: readonly Message[]
  readonly oneof_decl?: readonly { readonly name?: string }[]
}
interface Field {
  readonly name?: string
  readonly extendee?: string
  readonly number?: number
  readonly label?: number
  readonly type?: number
  readonly type_name?: string
  readonly options?: { readonly packed?: boolean; readonly features?: Partial<Features> }
  readonly oneof_index?: number
  readonly json_name?: string
}
interface Enum {
  readonly name?: string
  readonly value?: readonly { readonly name?: string; readonly number?: number }[]
}
/** Presence: 1 explicit, 2 implicit, 3 required. Lists: 1 packed, 2 not. Messages: 1 behind their length, 2 as groups. */
interface Features {
  readonly field_presence: number
  readonly repeated_field_encoding: number
  readonly message_encoding: number
}

/** By their number in descriptor.proto; 10, 11 and 14 are groups, messages and enums. */
const typeNumbers: Readonly<Record<ScalarType, number>> = {
  double: 1,
  float: 2,
  int64: 3,
  uint64: 4,
  int32: 5,
  fixed64: 6,
  fixed32: 7,
  bool: 8,
  string: 9,
  bytes: 12,
  uint32: 13,
  sfixed32: 15,
  sfixed64: 16,
  sint32: 17,
  sint64: 18,
}
const groupType = 10
const messageType = 11
const enumType = 14
const requiredLabel = 2
const repeatedLabel = 3

/** A message, or what an extension stands in. */
interface Holder {
  /** Where names without a dot before them are looked for first. */
  readonly scope: string
  readonly message: Message
  readonly features: Features
}

interface Declared {
  readonly messages: Map<string, Holder>
  readonly enums: ProtobufEnum[]
  readonly extensions: { readonly name: string; readonly field: Field; readonly around: Around }[]
}

const schemaOf = (files: readonly File[]): ProtobufSchema => {
  const declared: Declared = { messages: new Map(), enums: [], extensions: [] }
  for (const file of files) {
    const features = { ...defaultsOf(file), ...file.options?.features }
    declare(declared, file, { prefix: file.package ?? '', features })
    for (const message of file.message_type ?? [])
      declareMessage(declared, message, { prefix: file.package ?? '', features })
  }
  const messages = [...declared.messages].flatMap(([name, holder]): ProtobufMessage[] => {
    if (holder.message.options?.map_entry) return []
    const own = (holder.message.field ?? []).map((field) => fieldOf(declared, field, holder))
    const fields = [...own, ...extensionsOf(declared, name)]
    return [{ name, fields: fields.toSorted((one, other) => one.number - other.number) }]
  })
  return { messages, enums: declared.enums }
}

const extensionsOf = (declared: Declared, message: string): readonly ProtobufField[] =>
  declared.extensions
    .filter(({ field, around }) => fullName(declared, field.extendee, around.prefix) === message)
    .map(({ name, field, around: { prefix, features } }) => ({
      ...fieldOf(declared, field, { scope: prefix, message: {}, features }),
      name: `[${name}]`,
      jsonName: `[${name}]`,
    }))

/** proto3 has no presence and packs lists, proto2 the other way round; editions have presence and pack. */
const defaultsOf = ({ syntax, edition }: File): Features => {
  const isEdition = syntax === 'editions' || edition !== undefined
  return {
    field_presence: syntax === 'proto3' ? 2 : 1,
    repeated_field_encoding: syntax === 'proto3' || isEdition ? 1 : 2,
    message_encoding: 1,
  }
}

interface Around {
  readonly prefix: string
  readonly features: Features
}

const declare = (declared: Declared, { enum_type = [], extension = [] }: Scope, { prefix, features }: Around) => {
  for (const { name, value = [] } of enum_type) {
    const values = value.map((one) => [one.name ?? '', one.number ?? 0] as const)
    declared.enums.push({ name: inside(prefix, name), values })
  }
  for (const field of extension)
    declared.extensions.push({ name: inside(prefix, field.name), field, around: { prefix, features } })
}

const declareMessage = (declared: Declared, message: Message, around: Around) => {
  const prefix = inside(around.prefix, message.name)
  const features = { ...around.features, ...message.options?.features }
  declared.messages.set(prefix, { scope: prefix, message, features })
  declare(declared, message, { prefix, features })
  for (const nested of message.nested_type ?? []) declareMessage(declared, nested, { prefix, features })
}

const inside = (prefix: string, name = ''): string => (prefix === '' ? name : `${prefix}.${name}`)

/** With a dot before it a name is whole; without, it is looked for from the innermost scope on. */
const fullName = ({ messages, enums }: Declared, name = '', scope: string): string => {
  if (name.startsWith('.')) return name.slice(1)
  const isDeclared = (full: string) => messages.has(full) || enums.some((one) => one.name === full)
  for (let around = scope; around !== ''; around = around.slice(0, Math.max(0, around.lastIndexOf('.')))) {
    if (isDeclared(`${around}.${name}`)) return `${around}.${name}`
  }
  return name
}

const fieldOf = (declared: Declared, field: Field, holder: Holder): ProtobufField => {
  const { name = '', json_name, number = 0, label, oneof_index } = field
  const features = { ...holder.features, ...field.options?.features }
  const entry = declared.messages.get(fullName(declared, field.type_name, holder.scope))
  const isMap = label === repeatedLabel && entry?.message.options?.map_entry === true
  const [key, value] = isMap ? (entry.message.field ?? []) : []
  const type = value ? kindOf(declared, value, entry?.scope ?? '') : kindOf(declared, field, holder.scope)
  const oneof = oneof_index === undefined ? null : (holder.message.oneof_decl?.[oneof_index]?.name ?? null)
  const isSingle = label !== repeatedLabel
  const isPackable = type.kind === 'enum' || (type.kind === 'scalar' && type.name !== 'string' && type.name !== 'bytes')
  return {
    name,
    jsonName: json_name ?? name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()),
    number,
    type,
    label: isMap ? 'map' : isSingle ? 'single' : 'repeated',
    mapKey: key ? scalarOf(key) : null,
    isPacked: !isSingle && !isMap && isPackable && (field.options?.packed ?? features.repeated_field_encoding === 1),
    isGroup: field.type === groupType || (!isMap && type.kind === 'message' && features.message_encoding === 2),
    isRequired: label === requiredLabel || features.field_presence === 3,
    isImplicit:
      isSingle &&
      type.kind !== 'message' &&
      oneof === null &&
      field.extendee === undefined &&
      features.field_presence === 2,
    oneof,
  }
}

const kindOf = (declared: Declared, field: Field, scope: string): FieldKind => {
  const name = fullName(declared, field.type_name, scope)
  if (field.type === enumType) return { kind: 'enum', name }
  if (field.type === messageType || field.type === groupType) return { kind: 'message', name }
  return { kind: 'scalar', name: scalarOf(field) }
}

const scalarOf = ({ type }: Field): ScalarType => scalarTypes.find((name) => typeNumbers[name] === type) ?? 'bytes'
