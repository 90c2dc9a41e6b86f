import type { NodeMember, PayloadNode } from '../payloadNode'
import { tagNode, type FieldTag } from './fieldTag'

/** The fields of a message while it is read: the values of one field may stand apart from each other. */
export interface CollectedFields {
  /** A value of a field that is there once. As often as it comes, it is a member. */
  single(field: NamedTag, value: PayloadNode): void
  /** Values of a list, which `place` holds: one, or several of a packed field. */
  items(field: NamedTag, values: readonly PayloadNode[], place: Place): void
  entry(field: NamedTag, entry: NodeMember, place: Place): void
  /** A value of a field without a name; several are a list. */
  unknown(tag: FieldTag, value: PayloadNode): void
  members(): readonly NodeMember[]
}

interface NamedTag {
  readonly tag: FieldTag
  readonly name: string
  /** Of the field as a whole. */
  readonly type: string
}

interface Place {
  readonly offset: number
  readonly length: number
}

interface Collecting {
  readonly name: string
  readonly key: PayloadNode
  readonly type: string
  readonly shape: 'item' | 'list' | 'map'
  readonly items: PayloadNode[]
  readonly entries: NodeMember[]
  readonly offset: number
  end: number
}

export const collectFields = (): CollectedFields => {
  const fields: Collecting[] = []
  const open = new Map<string, Collecting>()
  const begin = ({ tag, name, type }: NamedTag, shape: Collecting['shape'], { offset, length }: Place): Collecting => {
    const key = tagNode(tag, offset)
    const field = { name, key, type, shape, items: [], entries: [], offset, end: offset + length }
    fields.push(field)
    return field
  }
  const collecting = (field: NamedTag, shape: Collecting['shape'], place: Place): Collecting => {
    const id = `${shape}${field.tag.number}`
    const one = open.get(id) ?? begin(field, shape, place)
    open.set(id, one)
    one.end = place.offset + place.length
    return one
  }
  return {
    single: (field, value) => begin(field, 'item', value).items.push(value),
    items: (field, values, place) => {
      const { items } = collecting(field, 'list', place)
      for (const value of values) items.push(value)
    },
    entry: (field, entry, place) => collecting(field, 'map', place).entries.push(entry),
    unknown: (tag, value) => {
      const field = { tag, name: String(tag.number), type: `repeated ${value.type}` }
      collecting(field, 'item', value).items.push(value)
    },
    members: () => fields.map(memberOf),
  }
}

const memberOf = ({ name, key, type, shape, items, entries, offset, end }: Collecting): NodeMember => {
  const place = { type, offset, length: end - offset }
  const [only, second] = items
  if (shape === 'map') return { name, key, value: { ...place, kind: 'map', members: entries } }
  if (shape === 'item' && only && !second) return { name, key, value: only }
  return { name, key, value: { ...place, kind: 'list', items } }
}
