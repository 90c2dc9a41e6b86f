import type { ProtobufEnum, ProtobufField, ProtobufMessage, ProtobufSchema, ScalarType } from './protobufSchema'

/** The types of a schema, each leading to those of its fields. Made once for many messages. */
export interface ProtobufTypes {
  message(name: string): MessageType | null
}

export interface MessageType {
  readonly name: string
  /** By their number. */
  readonly fields: readonly FieldType[]
  /** By either name. */
  readonly byName: ReadonlyMap<string, FieldType>
  readonly byNumber: ReadonlyMap<number, FieldType>
}

export type FieldType = Omit<ProtobufField, 'type'> & {
  readonly type: ValueType
  /** As a .proto file says it: `repeated uint32`, `map<string, example.Kind>`. */
  readonly typeName: string
  /** Of a map, the message that its entries are. */
  readonly entry: MessageType | null
}

export type ValueType =
  | { readonly kind: 'scalar'; readonly scalar: ScalarType }
  | { readonly kind: 'message'; readonly message: MessageType }
  | { readonly kind: 'enum'; readonly values: EnumType }

export interface EnumType {
  readonly name: string
  readonly numbers: ReadonlyMap<string, number>
  readonly symbols: ReadonlyMap<number, string>
}

/** Fields whose type the schema does not have are left out: they are read as unknown ones. */
export const createProtobufTypes = (schema: ProtobufSchema): ProtobufTypes => {
  const enums = new Map(schema.enums.map((one) => [one.name, enumType(one)]))
  const messages = new Map(schema.messages.map((one) => [one.name, emptyType(one)]))
  const valueType = ({ type }: ProtobufField): ValueType | null => {
    if (type.kind === 'scalar') return { kind: 'scalar', scalar: type.name }
    const message = type.kind === 'message' ? messages.get(type.name) : undefined
    if (message) return { kind: 'message', message }
    const values = type.kind === 'enum' ? enums.get(type.name) : undefined
    return values ? { kind: 'enum', values } : null
  }
  for (const { name, fields } of schema.messages) {
    for (const field of fields) {
      const type = valueType(field)
      if (type)
        messages.get(name)?.add({ ...field, type, typeName: fieldTypeName(field, type), entry: entryType(field, type) })
    }
  }
  return { message: (name) => messages.get(name) ?? null }
}

/** As a .proto file names it. */
export const valueTypeName = (type: ValueType): string =>
  type.kind === 'scalar' ? type.scalar : type.kind === 'enum' ? type.values.name : type.message.name

const fieldTypeName = ({ label, mapKey }: ProtobufField, type: ValueType): string => {
  const name = valueTypeName(type)
  return label === 'single' ? name : label === 'repeated' ? `repeated ${name}` : `map<${mapKey}, ${name}>`
}

/** Each entry is a message with the key as field 1 and the value as field 2. */
const entryType = ({ name, mapKey }: ProtobufField, type: ValueType): MessageType | null => {
  if (mapKey === null) return null
  const entry = emptyType({ name: `${name} entry`, fields: [] })
  const plain = { label: 'single', isPacked: false, isGroup: false, isRequired: false, isImplicit: false } as const
  const rest = { ...plain, mapKey: null, oneof: null, entry: null }
  const key = { type: { kind: 'scalar', scalar: mapKey }, typeName: mapKey } as const
  entry.add({ ...rest, ...key, name: 'key', jsonName: 'key', number: 1 })
  entry.add({ ...rest, type, typeName: valueTypeName(type), name: 'value', jsonName: 'value', number: 2 })
  return entry
}

/** Types lead to each other in circles, so all are there before the first has its fields. */
const emptyType = ({ name }: ProtobufMessage): MessageType & { add(field: FieldType): void } => {
  const fields: FieldType[] = []
  const byName = new Map<string, FieldType>()
  const byNumber = new Map<number, FieldType>()
  return {
    name,
    fields,
    byName,
    byNumber,
    add: (field) => {
      fields.push(field)
      byNumber.set(field.number, field)
      if (!byName.has(field.jsonName)) byName.set(field.jsonName, field)
      byName.set(field.name, field)
    },
  }
}

const enumType = ({ name, values }: ProtobufEnum): EnumType => {
  const symbols = new Map<number, string>()
  for (const [symbol, number] of values) if (!symbols.has(number)) symbols.set(number, symbol)
  return { name, numbers: new Map(values), symbols }
}
