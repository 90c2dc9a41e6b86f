import type { NodeMember, PayloadNode } from '../payloadNode'
import { tagNode, type FieldTag } from './fieldTag'

/** The fields of a message while it is read: the values of one field may stand apart from each other. */
export interface CollectedFields {
  readonly inOrder: CollectedField[]
  /** Those that more values may be added to, by number and shape. */
  readonly open: Map<number, CollectedField>
}

export const collectFields = (): CollectedFields => ({ inOrder: [], open: new Map() })

/** A value of a field that is there once. As often as it comes, it is a member. */
export const addSingle = (fields: CollectedFields, field: NamedTag, value: PayloadNode): void => {
  begin(fields, field, { shape: shapes.item, offset: value.offset }).items.push(value)
}

/** Values of a list: one, or those of a packed field. */
export const addItems = (fields: CollectedFields, field: NamedTag, { values, offset, length }: Items): void => {
  const list = collecting(fields, field, { shape: shapes.list, offset })
  for (const value of values) list.items.push(value)
  list.end = offset + length
}

/** One of a map. */
export const addEntry = (fields: CollectedFields, field: NamedTag, { member, offset, length }: Entry): void => {
  const map = collecting(fields, field, { shape: shapes.map, offset })
  map.entries.push(member)
  map.end = offset + length
}

/** A value of a field without a name; several are a list. */
export const addUnknown = (fields: CollectedFields, tag: FieldTag, value: PayloadNode): void => {
  const { offset, length, type } = value
  const field = collecting(fields, { tag, name: String(tag.number), type }, { shape: shapes.item, offset })
  field.items.push(value)
  field.end = offset + length
}

/** In the order in which they first came. */
export const membersOf = ({ inOrder }: CollectedFields): readonly NodeMember[] => inOrder.map(memberOf)

interface NamedTag {
  readonly tag: FieldTag
  readonly name: string
  /** Of the list or map as a whole. */
  readonly type: string
}

interface Items {
  readonly values: readonly PayloadNode[]
  readonly offset: number
  readonly length: number
}

interface Entry {
  readonly member: NodeMember
  readonly offset: number
  readonly length: number
}

const shapes = { item: 0, list: 1, map: 2 } as const
type Shape = (typeof shapes)[keyof typeof shapes]

interface Beginning {
  readonly shape: Shape
  readonly offset: number
}

interface CollectedField {
  readonly name: string
  readonly key: PayloadNode
  readonly type: string
  readonly shape: Shape
  readonly items: PayloadNode[]
  readonly entries: NodeMember[]
  readonly offset: number
  end: number
}

const begin = (
  fields: CollectedFields,
  { tag, name, type }: NamedTag,
  { shape, offset }: Beginning,
): CollectedField => {
  const field = { name, key: tagNode(tag, offset), type, shape, items: [], entries: [], offset, end: offset }
  fields.inOrder.push(field)
  return field
}

const collecting = (fields: CollectedFields, field: NamedTag, beginning: Beginning): CollectedField => {
  const id = 4 * field.tag.number + beginning.shape
  const known = fields.open.get(id)
  if (known) return known
  const begun = begin(fields, field, beginning)
  fields.open.set(id, begun)
  return begun
}

const memberOf = ({ name, key, type, shape, items, entries, offset, end }: CollectedField): NodeMember => {
  const [only, second] = items
  if (shape === shapes.item && only && !second) return { name, key, value: only }
  const length = end - offset
  return shape === shapes.map
    ? { name, key, value: { kind: 'map', members: entries, type, offset, length } }
    : { name, key, value: { kind: 'list', items, type, offset, length } }
}
