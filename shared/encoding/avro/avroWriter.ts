import { utf8Length } from '#shared/mqtt/topicFilter'
import type { Output } from '../encodedBySchema'
import { deepestLevel, EncodingFault } from '../encodingFault'
import { writeDouble, writeSingle, writeVarint, zigZag } from '../littleEndian'
import { SchemaFault } from '../schemaFault'
import { floatOf } from '../schemaNumbers'
import type { WrittenValue } from '../writtenValue'
import type { AvroNamed, AvroSchema, AvroType } from './avroSchema'
import { bytesValue, textValue, wholeValue } from './logicalWriter'
import { branchFor, firstBranchFor } from './unionBranch'

/** Where values are written to, and the types that others name. */
export interface AvroOutput extends Output {
  readonly named: AvroSchema['named']
  /** Of values inside each other: a record's default may be the record itself. */
  readonly depth: number
}

type Primitive = Extract<AvroType, { kind: 'primitive' }>
type AvroRecord = Extract<AvroNamed, { kind: 'record' }>

/** Writes a value in Avro's binary encoding. Throws a `SchemaFault` where it is none of the type. */
export const writeAvro = (to: AvroOutput, type: AvroType, value: WrittenValue): void => {
  if (to.depth > deepestLevel) throw new EncodingFault('tooDeep', value.position)
  const inside = { ...to, depth: to.depth + 1 }
  switch (type.kind) {
    case 'primitive':
      writePrimitive(to, type, value)
      break
    case 'array':
      if (value.kind !== 'list') throw new SchemaFault('wrongKind', value.position, 'array')
      writeBlock(to, value.items, (item) => writeAvro(inside, type.items, item))
      break
    case 'map':
      if (value.kind !== 'map') throw new SchemaFault('wrongKind', value.position, 'map')
      writeBlock(to, value.members, ([key, item]) => {
        writeText(to, key)
        writeAvro(inside, type.values, item)
      })
      break
    case 'union': {
      const { index, branch, content } = branchFor(to.named, type.branches, value)
      writeWhole(to, index)
      writeAvro(inside, branch, content)
      break
    }
    case 'named':
      writeNamed(inside, namedType(to.named, type.name, value.position), value)
  }
}

/** Those of a union stand without the name of their branch, which is the first one that takes them (before 1.12: the first). */
export const writeDefault = (to: AvroOutput, type: AvroType, value: WrittenValue): void => {
  if (type.kind !== 'union') {
    writeAvro(to, type, value)
    return
  }
  const { index, branch, content } = firstBranchFor(to.named, type.branches, value)
  writeWhole(to, index)
  writeAvro({ ...to, depth: to.depth + 1 }, branch, content)
}

const writePrimitive = (to: AvroOutput, { name, logical }: Primitive, value: WrittenValue) => {
  if (name === 'null' || name === 'boolean') {
    if (value.kind !== 'constant' || (value.value === null) !== (name === 'null')) {
      throw new SchemaFault('wrongKind', value.position, name)
    }
    if (value.value !== null) to.out.byte(value.value ? 1 : 0)
  } else if (name === 'int' || name === 'long') writeWhole(to, wholeValue(value, { name, logical }))
  else if (name === 'float' || name === 'double') {
    const float = floatOf(value, name, name === 'float' ? 32 : 64)
    if (!float.isExact) to.onRounded(value.position)
    if (name === 'float') writeSingle(to.out, float.value)
    else writeDouble(to.out, float.value)
  } else if (name === 'string') writeText(to, textValue(value, logical))
  else {
    const bytes = bytesValue(value, { name, logical, size: null })
    writeWhole(to, bytes.length)
    to.out.bytes(bytes)
  }
}

const namedType = (named: AvroSchema['named'], name: string, position: number): AvroNamed => {
  const type = named.get(name)
  if (!type) throw new SchemaFault('unknownType', position, name)
  return type
}

const writeNamed = (to: AvroOutput, type: AvroNamed, value: WrittenValue) => {
  if (type.kind === 'record') writeRecord(to, type, value)
  else if (type.kind === 'enum') {
    if (value.kind !== 'text') throw new SchemaFault('wrongKind', value.position, type.name)
    const index = type.symbols.indexOf(value.text)
    if (index < 0) throw new SchemaFault('unknownSymbol', value.position, type.name)
    writeWhole(to, index)
  } else to.out.bytes(bytesValue(value, type))
}

/** Fields in the order of the schema, in which there is nothing between them. */
const writeRecord = (to: AvroOutput, { name, fields }: AvroRecord, value: WrittenValue) => {
  if (value.kind !== 'map') throw new SchemaFault('wrongKind', value.position, name)
  const values = new Map<string, WrittenValue>()
  for (const [key, member, position] of value.members) {
    if (values.has(key)) throw new SchemaFault('fieldTwice', position, key)
    if (!fields.some((field) => field.name === key)) throw new SchemaFault('unknownField', position, key)
    values.set(key, member)
  }
  for (const field of fields) {
    const given = values.get(field.name)
    if (given) writeAvro(to, field.type, given)
    else if (field.defaultValue) writeDefault({ ...to, onRounded: () => undefined }, field.type, field.defaultValue)
    else throw new SchemaFault('missingField', value.position, field.name)
  }
}

/** The items behind their number, then a block of none. */
const writeBlock = <T>(to: Output, items: readonly T[], write: (item: T) => void) => {
  if (items.length > 0) {
    writeWhole(to, items.length)
    items.forEach(write)
  }
  writeWhole(to, 0)
}

const writeWhole = ({ out }: Output, value: number | bigint) => writeVarint(out, zigZag(value))

const writeText = (to: Output, text: string) => {
  const length = utf8Length(text)
  writeWhole(to, length)
  to.out.text(text, length)
}
