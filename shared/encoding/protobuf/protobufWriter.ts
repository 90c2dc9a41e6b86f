import { SchemaFault } from '../schemaFault'
import type { WrittenValue } from '../writtenValue'
import { bytesOf, writeTag, type MessageOutput } from './messageOutput'
import type { FieldType, MessageType, ValueType } from './protobufTypes'
import { nullValue, writeBytes, writeEnum, writeScalar, writeText } from './scalarWriter'
import { wellKnownWriters } from './wellKnownWriter'
import { wireType, wireTypeOf } from './wireType'

type WrittenMap = Extract<WrittenValue, { kind: 'map' }>
const anyName = 'google.protobuf.Any'

/** Writes the fields of a message, without a length. Throws a `SchemaFault` where the value is none of the type. */
export const writeMessage = (to: MessageOutput, type: MessageType, value: WrittenValue): void => {
  const writeWellKnown = wellKnownWriters.get(type.name)
  if (writeWellKnown) writeWellKnown(to, value)
  else if (value.kind !== 'map') throw new SchemaFault('wrongKind', value.position, type.name)
  else if (type.name === anyName) writeAny(to, value)
  else writeMembers(to, type, value)
}

const writeMembers = (to: MessageOutput, type: MessageType, { members, position }: WrittenMap) => {
  const values = valuesByField(type, members)
  for (const field of type.fields) {
    const value = values.get(field)
    if (value && !isUnset(field, value)) writeField(to, field, value)
    else if (field.isRequired) throw new SchemaFault('missingField', position, field.name)
  }
}

/** A message of any type, which its "@type" names; what has a form of its own stands in "value". */
const writeAny = (to: MessageOutput, value: WrittenMap) => {
  if (value.members.length === 0) return
  const [, url] = value.members.find(([key]) => key === '@type') ?? []
  if (url?.kind !== 'text') throw new SchemaFault('missingField', url?.position ?? value.position, '@type')
  const name = url.text.slice(url.text.lastIndexOf('/') + 1)
  const type = to.types.message(name)
  if (!type) throw new SchemaFault('unknownType', url.position, name)
  const members = value.members.filter(([key]) => key !== '@type')
  const content = bytesOf(to, (inner) => {
    if (name !== anyName && !wellKnownWriters.has(name)) writeMembers(inner, type, { ...value, members })
    else {
      const [only, another] = members
      if (only?.[0] !== 'value') throw new SchemaFault('missingField', value.position, 'value')
      if (another) throw new SchemaFault('unknownField', another[2], another[0])
      writeMessage(inner, type, only[1])
    }
  })
  writeTag(to, 1, wireType.len)
  writeText(to.out, url.text)
  if (content.length === 0) return
  writeTag(to, 2, wireType.len)
  writeBytes(to.out, content)
}

const valuesByField = (type: MessageType, members: WrittenMap['members']): ReadonlyMap<FieldType, WrittenValue> => {
  const values = new Map<FieldType, WrittenValue>()
  const oneofs = new Set<string>()
  for (const [key, value, position] of members) {
    const field = type.byName.get(key)
    if (!field) throw new SchemaFault('unknownField', position, key)
    if (values.has(field)) throw new SchemaFault('fieldTwice', position, key)
    values.set(field, value)
    if (field.oneof === null || isUnset(field, value)) continue
    if (oneofs.has(field.oneof)) throw new SchemaFault('oneofTwice', position, field.oneof)
    oneofs.add(field.oneof)
  }
  return values
}

/** null is a field that is not there, but for the two types that have a null. */
const isUnset = ({ type, label }: FieldType, value: WrittenValue): boolean =>
  value.kind === 'constant' && value.value === null && (label !== 'single' || !hasNull(type))

const hasNull = (type: ValueType): boolean =>
  (type.kind === 'message' && type.message.name === 'google.protobuf.Value') ||
  (type.kind === 'enum' && type.values.name === nullValue)

const writeField = (to: MessageOutput, field: FieldType, value: WrittenValue) => {
  if (field.label === 'map') writeMap(to, field, value)
  else if (field.label === 'repeated') writeRepeated(to, field, value)
  else if (!field.isImplicit) writeTagged(to, field, value)
  else {
    const bytes = bytesOf(to, (inner) => writeValue(inner, field.type, value))
    // The defaults (zero, false, empty) and only they are all zeros, the length of texts included.
    if (bytes.every((byte) => byte === 0)) return
    writeTag(to, field.number, wireTypeOf(field.type))
    to.out.bytes(bytes)
  }
}

const writeRepeated = (to: MessageOutput, field: FieldType, value: WrittenValue) => {
  if (value.kind !== 'list') throw new SchemaFault('wrongKind', value.position, field.typeName)
  const { items } = value
  if (!field.isPacked) for (const item of items) writeTagged(to, field, item)
  else if (items.length > 0) {
    writeTag(to, field.number, wireType.len)
    writeBytes(
      to.out,
      bytesOf(to, (inner) => items.forEach((item) => writeValue(inner, field.type, item))),
    )
  }
}

/** Each entry is a message with the key as field 1 and the value as field 2. */
const writeMap = (to: MessageOutput, { number, mapKey, type, typeName }: FieldType, value: WrittenValue) => {
  if (value.kind !== 'map') throw new SchemaFault('wrongKind', value.position, typeName)
  for (const [key, item, position] of value.members) {
    writeTag(to, number, wireType.len)
    const entry = bytesOf(to, (inner) => {
      const scalar = mapKey ?? 'string'
      writeTag(inner, 1, wireTypeOf({ kind: 'scalar', scalar }))
      writeScalar(inner, scalar, scalar === 'bool' ? boolKey(key, position) : { kind: 'text', text: key, position })
      writeTag(inner, 2, wireTypeOf(type))
      writeValue(inner, type, item)
    })
    writeBytes(to.out, entry)
  }
}

const boolKey = (key: string, position: number): WrittenValue =>
  key === 'true' || key === 'false'
    ? { kind: 'constant', value: key === 'true', position }
    : { kind: 'text', text: key, position }

const writeTagged = (to: MessageOutput, { number, type, isGroup }: FieldType, value: WrittenValue) => {
  if (isGroup && type.kind === 'message') {
    writeTag(to, number, wireType.startGroup)
    writeMessage(to, type.message, value)
    writeTag(to, number, wireType.endGroup)
  } else {
    writeTag(to, number, wireTypeOf(type))
    writeValue(to, type, value)
  }
}

const writeValue = (to: MessageOutput, type: ValueType, value: WrittenValue) => {
  if (type.kind === 'scalar') writeScalar(to, type.scalar, value)
  else if (type.kind === 'enum') writeEnum(to, type.values, value)
  else
    writeBytes(
      to.out,
      bytesOf(to, (inner) => writeMessage(inner, type.message, value)),
    )
}
