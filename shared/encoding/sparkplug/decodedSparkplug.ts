import { createByteCursor } from '../byteCursor'
import { decodedPayload, DecodingFault, type DecodedPayload } from '../decodingFault'
import type { NodeMember, PayloadNode } from '../payloadNode'
import { readMessage } from '../protobuf/protobufReader'
import { meantValue, typeNameOf, typeNode } from './meantValue'
import { payloadTypes } from './payloadSchema'

/** What a birth certificate says of a metric. */
export interface KnownMetric {
  readonly name: string
  readonly type: string | null
}

/** Finds the metric of an alias; null = no birth told of it. */
export type FindMetric = (alias: string) => KnownMetric | null

/**
 * What bytes are as a payload of Sparkplug B: a table of metrics with their values by their data types. Names and types that data leaves
 * out come from the birth, where `find` knows it. Never throws, whatever the bytes are.
 */
export const decodeSparkplug = (bytes: Uint8Array, find: FindMetric = () => null): DecodedPayload =>
  decodedPayload(() => {
    const type = payloadTypes.message('Payload')
    if (!type) throw new DecodingFault('unknownType', 0)
    return [
      mapped(readMessage(createByteCursor(bytes), type, payloadTypes), (member) =>
        member.name === 'metrics' ? { ...member, value: listOf(member.value, (one) => metricNode(one, find)) } : member,
      ),
    ]
  })

/** The metrics of a birth by their aliases, from which data is read. */
export const metricsByAlias = (payload: PayloadNode): ReadonlyMap<string, KnownMetric> => {
  const known = new Map<string, KnownMetric>()
  for (const metric of itemsOf(valueOf(payload, 'metrics'))) {
    const [alias, name, type] = ['alias', 'name', 'datatype'].map((one) => valueOf(metric, one))
    if (alias?.kind !== 'number' || name?.kind !== 'text') continue
    known.set(alias.digits, { name: name.text, type: type?.kind === 'symbol' ? type.text : null })
  }
  return known
}

/** A payload inside of another, compressed; null = none is. */
export const compressedBody = (
  payload: PayloadNode,
): { readonly algorithm: 'gzip' | 'deflate'; readonly bytes: Uint8Array } | null => {
  const uuid = valueOf(payload, 'uuid')
  const body = valueOf(payload, 'body')
  if (uuid?.kind !== 'text' || uuid.text !== 'SPBV1.0_COMPRESSED' || body?.kind !== 'bytes') return null
  const named = itemsOf(valueOf(payload, 'metrics')).find((metric) => {
    const name = valueOf(metric, 'name')
    return name?.kind === 'text' && name.text === 'algorithm'
  })
  const algorithm = named ? valueOf(named, 'value') : undefined
  const isGzip = algorithm?.kind === 'text' && algorithm.text.toUpperCase() === 'GZIP'
  return { algorithm: isGzip ? 'gzip' : 'deflate', bytes: body.bytes }
}

const valueOf = (node: PayloadNode, name: string): PayloadNode | undefined =>
  node.kind === 'map' ? node.members.findLast((member) => member.name === name)?.value : undefined

const itemsOf = (node: PayloadNode | undefined): readonly PayloadNode[] => (node?.kind === 'list' ? node.items : [])

const mapped = (node: PayloadNode, change: (member: NodeMember) => NodeMember): PayloadNode =>
  node.kind === 'map' ? { ...node, members: node.members.map(change) } : node

const listOf = (node: PayloadNode, change: (item: PayloadNode) => PayloadNode): PayloadNode =>
  node.kind === 'list' ? { ...node, items: node.items.map(change) } : node

const valueField = /^(?:int|long|float|double|boolean|string|bytes|dataset|template|propertysets?)_value$/

/** Of a metric, its type and its value by the type; where data has an alias alone, with the name that the birth gave it. */
const metricNode = (metric: PayloadNode, find: FindMetric): PayloadNode => {
  if (metric.kind !== 'map') return metric
  const alias = valueOf(metric, 'alias')
  const known = alias?.kind === 'number' ? find(alias.digits) : null
  const type = typeNameOf(valueOf(metric, 'datatype')) ?? known?.type ?? null
  const isNamed = valueOf(metric, 'name') !== undefined
  const members = metric.members.flatMap((member): readonly NodeMember[] => {
    const { name, value } = member
    if (name === 'alias' && known && !isNamed) {
      const { offset, length } = value
      return [
        member,
        { name: 'resolvedName', key: null, value: { kind: 'text', text: known.name, type: 'birth', offset, length } },
      ]
    }
    if (name === 'datatype') return [{ ...member, value: typeNode(value) }]
    if (name === 'properties') return [{ ...member, value: propertySet(value) }]
    if (name === 'is_null' && isTrue(value)) return [member, { ...member, name: 'value', value: nullNode(value, type) }]
    return [valueField.test(name) ? { ...member, name: 'value', value: metricValue(value, type, find) } : member]
  })
  return { ...metric, members }
}

const metricValue = (value: PayloadNode, type: string | null, find: FindMetric): PayloadNode => {
  if (value.type === 'DataSet') return dataSet(value)
  if (value.type !== 'Template') return meantValue(value, type)
  return mapped(value, (member) =>
    member.name === 'metrics'
      ? { ...member, value: listOf(member.value, (one) => metricNode(one, find)) }
      : member.name === 'parameters'
        ? { ...member, value: listOf(member.value, typedValue) }
        : { ...member, name: templateNames.get(member.name) ?? member.name },
  )
}

const templateNames = new Map([
  ['template_ref', 'templateRef'],
  ['is_definition', 'isDefinition'],
])

const isTrue = (node: PayloadNode | undefined): boolean => node?.kind === 'constant' && node.value === true

const nullNode = ({ offset, length }: PayloadNode, type: string | null): PayloadNode => ({
  kind: 'constant',
  value: null,
  type: type ?? 'null',
  offset,
  length,
})

/** A parameter or a property: its type stands beside its value. */
const typedValue = (node: PayloadNode): PayloadNode => {
  const type = typeNameOf(valueOf(node, 'type'))
  return mapped(node, (member) => {
    if (member.name === 'type') return { ...member, value: typeNode(member.value) }
    return valueField.test(member.name) ? { ...member, name: 'value', value: meantValue(member.value, type) } : member
  })
}

/** Keys and values, which are sent as two lists, as one map; as they were sent where the lists are not of one length. */
const propertySet = (set: PayloadNode): PayloadNode => {
  const keys = itemsOf(valueOf(set, 'keys'))
  const values = itemsOf(valueOf(set, 'values'))
  if (set.kind !== 'map' || keys.length !== values.length) return set
  const members = keys.map((key, index): NodeMember => {
    const value = values[index] ?? key
    return { name: key.kind === 'text' ? key.text : '', key, value: propertyValue(value) }
  })
  return { ...set, members }
}

const propertyValue = (property: PayloadNode): PayloadNode => {
  const type = typeNameOf(valueOf(property, 'type'))
  const isNull = valueOf(property, 'is_null')
  if (isNull && isTrue(isNull)) return nullNode(isNull, type)
  const value = property.kind === 'map' ? property.members.find(({ name }) => valueField.test(name))?.value : undefined
  if (!value) return property
  if (value.type === 'PropertySet') return propertySet(value)
  if (value.type === 'PropertySetList') return listOf(valueOf(value, 'propertyset') ?? value, propertySet)
  return meantValue(value, type)
}

/** Columns, the names of their types, and rows as lists of values. */
const dataSet = (set: PayloadNode): PayloadNode => {
  const types = itemsOf(valueOf(set, 'types')).map(typeNameOf)
  const cell = (element: PayloadNode, column: number): PayloadNode => {
    const value = element.kind === 'map' ? element.members.find(({ name }) => valueField.test(name))?.value : undefined
    return value ? meantValue(value, types[column] ?? null) : nullNode(element, types[column] ?? null)
  }
  return mapped(set, (member) => {
    if (member.name === 'types') return { ...member, value: listOf(member.value, typeNode) }
    if (member.name !== 'rows') return member
    return { ...member, value: listOf(member.value, (row) => rowNode(row, cell)) }
  })
}

const rowNode = (row: PayloadNode, cell: (element: PayloadNode, column: number) => PayloadNode): PayloadNode => {
  const { offset, length } = row
  return { kind: 'list', items: itemsOf(valueOf(row, 'elements')).map(cell), type: 'Row', offset, length }
}
