import type { ByteCursor } from '../byteCursor'
import type { NodeMember, PayloadNode } from '../payloadNode'
import {
  addEntry,
  addItems,
  addSingle,
  addUnknown,
  collectFields,
  membersOf,
  type CollectedFields,
} from './collectedFields'
import { nextTag, type FieldTag } from './fieldTag'
import { valueTypeName, type FieldType, type MessageType, type ProtobufTypes, type ValueType } from './protobufTypes'
import { defaultScalar, readEnum, readScalar } from './scalarReader'
import { readUnknown } from './unknownReader'
import { isWellKnown, wellKnownNode } from './wellKnownReader'
import { wireType, wireTypeOf } from './wireType'

export const anyName = 'google.protobuf.Any'

/**
 * Reads the fields of a message to the end of its bytes, or of its group. Fields that the schema does not have, or that came with
 * another wire type than theirs, stand by their number. A field that is there once stands as often as it came.
 */
export const readMessage = (from: ByteCursor, type: MessageType, types: ProtobufTypes): PayloadNode =>
  readFields(from, { type, types, group: null })

interface Reading {
  readonly type: MessageType
  /** That an Any may name. */
  readonly types: ProtobufTypes
  /** The number of the group that the message is; null = it ends with its bytes. */
  readonly group: number | null
}

const readFields = (from: ByteCursor, reading: Reading): PayloadNode =>
  from.deeper(() => {
    from.count()
    const offset = from.at()
    const fields = collectFields()
    let end = from.at()
    for (let tag = nextTag(from, reading.group); tag; tag = nextTag(from, reading.group)) {
      readField(from, reading, { fields, tag })
      end = from.at()
    }
    const node = {
      kind: 'map',
      type: reading.type.name,
      offset,
      length: end - offset,
      members: membersOf(fields),
    } as const
    return reading.type.name === anyName ? anyNode(from, node, reading.types) : wellKnownNode(node)
  })

interface Next {
  readonly fields: CollectedFields
  readonly tag: FieldTag
}

const readField = (from: ByteCursor, reading: Reading, { fields, tag }: Next) => {
  const field = reading.type.byNumber.get(tag.number)
  const isPacked = field !== undefined && isPackedIn(field, tag)
  if (!field || (tag.wire !== wireOf(field) && !isPacked)) {
    addUnknown(fields, tag, readUnknown(from, tag))
    return
  }
  const { name, label, typeName } = field
  if (label === 'single') addSingle(fields, { tag, name, type: typeName }, readValue(from, reading, field))
  else if (label === 'map') readEntry(from, reading, { field, fields, tag })
  else {
    const named = { tag, name, type: typeName }
    if (!isPacked) {
      const value = readValue(from, reading, field)
      addItems(fields, named, { values: [value], offset: value.offset, length: value.length })
    } else {
      from.within(from.varint(), () => {
        const offset = from.at()
        const values: PayloadNode[] = []
        while (!from.isAtEnd()) values.push(readValue(from, reading, field))
        addItems(fields, named, { values, offset, length: from.at() - offset })
      })
    }
  }
}

/** Numbers in one run of bytes, whatever the schema says. */
export const isPackedIn = ({ label, type }: FieldType, { wire }: FieldTag): boolean =>
  label === 'repeated' && wire === wireType.len && wireTypeOf(type) !== wireType.len

/** How the field is sent: a value with another wire type is none of it. */
export const wireOf = ({ isGroup, label, type }: FieldType): number =>
  isGroup ? wireType.startGroup : label === 'map' ? wireType.len : wireTypeOf(type)

/** One value of the field, behind its tag. */
export const readValue = (
  from: ByteCursor,
  { types }: Pick<Reading, 'types'>,
  { type, isGroup, number }: FieldType,
): PayloadNode => {
  if (type.kind === 'scalar') return readScalar(from, type.scalar)
  if (type.kind === 'enum') return readEnum(from, type.values)
  return isGroup
    ? readFields(from, { type: type.message, types, group: number })
    : readInside(from, type.message, types)
}

const readInside = (from: ByteCursor, type: MessageType, types: ProtobufTypes): PayloadNode =>
  from.within(from.varint(), () => readMessage(from, type, types))

/** What an entry leaves out is the default; of what it has twice, the last counts. */
const readEntry = (
  from: ByteCursor,
  { types }: Reading,
  { field, fields, tag }: Next & { readonly field: FieldType },
) => {
  const { name, entry, mapKey, type, typeName } = field
  if (!entry || !mapKey) return
  const node = readInside(from, entry, types)
  const members = node.kind === 'map' ? node.members : []
  const last = (key: string) => members.findLast((member) => member.name === key)?.value
  const end = node.offset + node.length
  const key = last('key') ?? defaultScalar(mapKey, end)
  const member = { name: keyName(key), key, value: last('value') ?? defaultNode(type, end) }
  addEntry(fields, { tag, name, type: typeName }, { member, offset: node.offset, length: node.length })
}

const keyName = (key: PayloadNode): string =>
  key.kind === 'text' ? key.text : key.kind === 'number' ? key.digits : key.kind === 'constant' ? String(key.value) : ''

const defaultNode = (type: ValueType, offset: number): PayloadNode => {
  if (type.kind === 'scalar') return defaultScalar(type.scalar, offset)
  const place = { type: valueTypeName(type), offset, length: 0 }
  if (type.kind === 'message') return wellKnownNode({ ...place, kind: 'map', members: [] })
  const text = type.values.symbols.get(0)
  return text === undefined
    ? { ...place, kind: 'number', digits: '0' }
    : { ...place, kind: 'symbol', text, digits: '0' }
}

/** The message in an Any stands in place of its bytes, as ProtoJSON has it, where the schema has its type. */
const anyNode = (from: ByteCursor, node: Extract<PayloadNode, { kind: 'map' }>, types: ProtobufTypes): PayloadNode => {
  const last = (name: string) => node.members.findLast((member) => member.name === name)
  const url = last('type_url')
  const type = url?.value.kind === 'text' ? types.message(url.value.text.replace(/^.*\//, '')) : null
  if (!url || !type) return node
  const bytes = last('value')
  const { offset, length } = bytes?.value ?? { offset: node.offset + node.length, length: 0 }
  const content = from.again(offset, length, () => readMessage(from, type, types))
  const named: NodeMember = { ...url, name: '@type' }
  const isPlain = content.kind === 'map' && !isWellKnown(type.name) && type.name !== anyName
  const rest = isPlain ? content.members : [{ name: 'value', key: bytes?.key ?? null, value: content }]
  return { ...node, members: [named, ...rest] }
}
