import type { WrittenValue } from '../writtenValue'
import {
  avroPrimitives,
  avroTypeName,
  type AvroField,
  type AvroLogical,
  type AvroNamed,
  type AvroSchema,
  type AvroType,
} from './avroSchema'
import { AvroSchemaFault } from './avroSchemaFault'
import { decimalType, logicalType } from './logicalTypes'

type WrittenMap = Extract<WrittenValue, { kind: 'map' }>

interface Reading {
  /** The declared types; null = of a record that is still read, inside of which its name may stand. */
  readonly named: Map<string, AvroNamed | null>
  /** Of what is around a type. */
  readonly namespace: string
}

/** The types of a schema that is written as JSON. Throws an `AvroSchemaFault`. */
export const readAvroTypes = (schema: WrittenValue): Pick<AvroSchema, 'root' | 'named'> => {
  const named: Reading['named'] = new Map()
  const root = readType({ named, namespace: '' }, schema)
  return { root, named: new Map([...named].flatMap(([name, type]) => (type ? [[name, type]] : []))) }
}

const readType = (reading: Reading, schema: WrittenValue): AvroType => {
  if (schema.kind === 'text') return readName(reading, schema.text, schema.position)
  if (schema.kind === 'list') return readUnion(reading, schema.items, schema.position)
  if (schema.kind !== 'map') throw new AvroSchemaFault('notAType', schema.position, '')
  const type = attribute(schema, 'type')
  if (type?.kind === 'map' || type?.kind === 'list') return readType(reading, type)
  const name = textAttribute(schema, 'type')
  if (name === 'array') return { kind: 'array', items: readType(reading, needed(schema, 'items')) }
  if (name === 'map') return { kind: 'map', values: readType(reading, needed(schema, 'values')) }
  if (name === 'record' || name === 'error' || name === 'enum' || name === 'fixed') {
    return readDeclaration(reading, schema, name)
  }
  const read = readName(reading, name, type?.position ?? schema.position)
  return read.kind === 'primitive' ? { ...read, logical: readLogical(schema, { base: read.name, size: 0 }) } : read
}

const readName = ({ named, namespace }: Reading, name: string, position: number): AvroType => {
  const primitive = avroPrimitives.find((one) => one === name)
  if (primitive) return { kind: 'primitive', name: primitive, logical: null }
  const full = name.includes('.') || namespace === '' ? name : `${namespace}.${name}`
  if (!named.has(full)) throw new AvroSchemaFault('unknownName', position, name)
  return { kind: 'named', name: full }
}

const readUnion = (reading: Reading, items: readonly WrittenValue[], position: number): AvroType => {
  const branches = items.map((item) => readType(reading, item))
  const names = branches.map(avroTypeName)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined || names.includes('union')) throw new AvroSchemaFault('badUnion', position, twice ?? 'union')
  return { kind: 'union', branches }
}

const readDeclaration = (
  reading: Reading,
  schema: WrittenMap,
  kind: 'record' | 'error' | 'enum' | 'fixed',
): AvroType => {
  const name = readFullName(reading, schema)
  if (reading.named.has(name)) throw new AvroSchemaFault('nameTwice', schema.position, name)
  // Its name may stand inside of it.
  reading.named.set(name, null)
  const inside = { named: reading.named, namespace: name.slice(0, Math.max(0, name.lastIndexOf('.'))) }
  reading.named.set(
    name,
    kind === 'enum'
      ? readEnum(schema, name)
      : kind === 'fixed'
        ? readFixed(schema, name)
        : readRecord(inside, schema, name),
  )
  return { kind: 'named', name }
}

const simpleName = /^[A-Za-z_]\w*$/

const readFullName = ({ namespace }: Reading, schema: WrittenMap): string => {
  const name = textAttribute(schema, 'name')
  const own = attribute(schema, 'namespace')
  const around = own?.kind === 'text' ? own.text : namespace
  const full = name.includes('.') || around === '' ? name : `${around}.${name}`
  if (!full.split('.').every((part) => simpleName.test(part)) || avroPrimitives.some((one) => one === full)) {
    throw new AvroSchemaFault('badName', schema.position, full)
  }
  return full
}

const readRecord = (reading: Reading, schema: WrittenMap, name: string): AvroNamed => {
  const fields = listAttribute(schema, 'fields').map((field) => readField(reading, field))
  const twice = twiceIn(fields.map((field) => field.name))
  if (twice !== undefined) throw new AvroSchemaFault('nameTwice', schema.position, `${name}.${twice}`)
  return { kind: 'record', name, fields }
}

const readField = (reading: Reading, field: WrittenValue): AvroField => {
  if (field.kind !== 'map') throw new AvroSchemaFault('attribute', field.position, 'fields')
  const name = textAttribute(field, 'name')
  if (!simpleName.test(name)) throw new AvroSchemaFault('badName', field.position, name)
  return { name, type: readType(reading, needed(field, 'type')), defaultValue: attribute(field, 'default') }
}

const readEnum = (schema: WrittenMap, name: string): AvroNamed => {
  const symbols = listAttribute(schema, 'symbols').map((symbol) => {
    if (symbol.kind !== 'text') throw new AvroSchemaFault('attribute', symbol.position, 'symbols')
    if (!simpleName.test(symbol.text)) throw new AvroSchemaFault('badName', symbol.position, symbol.text)
    return symbol.text
  })
  const twice = twiceIn(symbols)
  if (twice !== undefined) throw new AvroSchemaFault('nameTwice', schema.position, `${name}.${twice}`)
  return { kind: 'enum', name, symbols }
}

const largestFixed = 2 ** 28

const readFixed = (schema: WrittenMap, name: string): AvroNamed => {
  const size = numberAttribute(schema, 'size')
  if (!Number.isSafeInteger(size) || size < 0 || size > largestFixed) {
    throw new AvroSchemaFault('attribute', schema.position, 'size')
  }
  return { kind: 'fixed', name, size, logical: readLogical(schema, { base: 'fixed', size }) }
}

const readLogical = (schema: WrittenMap, sized: Parameters<typeof logicalType>[1]): AvroLogical | null => {
  const name = attribute(schema, 'logicalType')
  if (name?.kind !== 'text') return null
  if (name.text !== 'decimal') return logicalType(name.text, sized)
  const scale = attribute(schema, 'scale') ? numberAttribute(schema, 'scale') : 0
  return decimalType(numberAttribute(schema, 'precision'), scale, sized)
}

const attribute = ({ members }: WrittenMap, key: string): WrittenValue | null =>
  members.find(([one]) => one === key)?.[1] ?? null

const needed = (schema: WrittenMap, key: string): WrittenValue => {
  const value = attribute(schema, key)
  if (!value) throw new AvroSchemaFault('attribute', schema.position, key)
  return value
}

const textAttribute = (schema: WrittenMap, key: string): string => {
  const value = needed(schema, key)
  if (value.kind !== 'text') throw new AvroSchemaFault('attribute', value.position, key)
  return value.text
}

const listAttribute = (schema: WrittenMap, key: string): readonly WrittenValue[] => {
  const value = needed(schema, key)
  if (value.kind !== 'list') throw new AvroSchemaFault('attribute', value.position, key)
  return value.items
}

/** NaN where it is no number. */
const numberAttribute = (schema: WrittenMap, key: string): number => {
  const value = attribute(schema, key)
  return value?.kind === 'number' ? Number(value.digits) : NaN
}

const twiceIn = (names: readonly string[]): string | undefined => {
  const seen = new Set<string>()
  return names.find((name) => seen.size === seen.add(name).size)
}
