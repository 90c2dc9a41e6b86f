import type { ByteCursor } from '#shared/encoding/byteCursor'
import { nextTag, type FieldTag } from '#shared/encoding/protobuf/fieldTag'
import { anyName, isPackedIn, readValue, wireOf } from '#shared/encoding/protobuf/protobufReader'
import type { ScalarType } from '#shared/encoding/protobuf/protobufSchema'
import type { FieldType, MessageType, ProtobufTypes } from '#shared/encoding/protobuf/protobufTypes'
import { readUnknown } from '#shared/encoding/protobuf/unknownReader'
import { isWellKnown } from '#shared/encoding/protobuf/wellKnownReader'
import { wireType, wireTypeOf } from '#shared/encoding/protobuf/wireType'
import { createWantedNodes, memberNamed, type WantedNode, type WantedNodes } from '#shared/encoding/wantedNodes'
import type { JsonPath } from '#shared/json/jsonPath'
import type { NodeFinder } from './decoder'
import { createNodeFinder } from './nodeFinder'

interface Message {
  readonly types: ProtobufTypes
  readonly name: string
}

/**
 * Finds in Protobuf exactly what stands in the nodes that are made of it; null = a path leads where values are gathered from
 * several places (lists, maps, fields without a name) or are put in place of others (Any, the well-known types).
 */
export const createProtobufFinder = (paths: readonly JsonPath[], { types, name }: Message): NodeFinder | null => {
  const type = types.message(name)
  if (!type || !leadsThroughFields(type, createWantedNodes(paths).root)) return null
  return createNodeFinder(paths, (from, nodes) =>
    findInMessage({ from, types, nodes }, { type, group: null }, nodes.root),
  )
}

const leadsThroughFields = (type: MessageType, { isWanted, items, members }: WantedNode): boolean =>
  !isWanted &&
  items.size === 0 &&
  type.name !== anyName &&
  !isWellKnown(type.name) &&
  members.every(({ name, wanted }) => {
    const field = type.fields.find((one) => one.name === name)
    if (field?.label !== 'single') return false
    return wanted.isWanted || (field.type.kind === 'message' && leadsThroughFields(field.type.message, wanted))
  })

interface Search {
  readonly from: ByteCursor
  readonly types: ProtobufTypes
  readonly nodes: WantedNodes
}

interface MessagePlace {
  readonly type: MessageType
  /** The number of the group that it is; null = it ends with its bytes. */
  readonly group: number | null
}

const findInMessage = (search: Search, { type, group }: MessagePlace, wanted: WantedNode | null): void => {
  const { from } = search
  from.deeper(() => {
    from.count()
    for (let tag = nextTag(from, group); tag; tag = nextTag(from, group)) {
      const field = type.byNumber.get(tag.number)
      if (field && (tag.wire === wireOf(field) || isPackedIn(field, tag))) findInField(search, { field, tag }, wanted)
      else readUnknown(from, tag)
    }
  })
}

interface Next {
  readonly field: FieldType
  readonly tag: FieldTag
}

const findInField = (search: Search, { field, tag }: Next, wanted: WantedNode | null) => {
  const { from, nodes } = search
  if (field.label === 'map') skipEntry(search, field)
  else if (isPackedIn(field, tag)) {
    from.within(from.varint(), () => {
      while (!from.isAtEnd()) findInValue(search, field, null)
    })
  } else {
    const member = wanted && memberNamed(wanted, field.name)
    if (member?.isWanted) nodes.give(member, readValue(from, search, field))
    else {
      // The second of a field counts, and the first no more.
      if (member) nodes.forget(member)
      findInValue(search, field, member)
    }
  }
}

const skipEntry = (search: Search, { entry }: FieldType) => {
  const { from } = search
  if (entry) from.within(from.varint(), () => findInMessage(search, { type: entry, group: null }, null))
}

const findInValue = (search: Search, field: FieldType, wanted: WantedNode | null) => {
  const { from } = search
  const { type, isGroup, number } = field
  if (type.kind === 'message') {
    const { message } = type
    // What is in an Any is a message, which may be wrong.
    if (message.name === anyName) readValue(from, search, field)
    else if (isGroup) findInMessage(search, { type: message, group: number }, wanted)
    else from.within(from.varint(), () => findInMessage(search, { type: message, group: null }, wanted))
    return
  }
  from.count()
  if (type.kind === 'enum') from.varint()
  else skipScalar(from, type.scalar)
}

const skipScalar = (from: ByteCursor, scalar: ScalarType) => {
  if (scalar === 'string') from.skipText(from.varint())
  else if (scalar === 'bytes') from.skip(from.varint())
  else {
    const wire = wireTypeOf({ kind: 'scalar', scalar })
    if (wire === wireType.varint) from.varint()
    else from.skip(wire === wireType.i32 ? 4 : 8)
  }
}
