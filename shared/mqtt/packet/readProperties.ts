import { hexPair } from '#shared/mqtt/payloadText'
import { broken, fieldOf, type FieldReader } from './fieldReader'
import { labelOf } from './fieldTerms'
import type { PacketField, PacketProblem } from './packetField'
import { mayRepeat, propertiesClause, propertyClause, propertyKinds, type PropertyOwner } from './propertyTable'

/** Numbers and texts of the properties of a packet by their identifiers; of one that stands twice, the last. */
export type PropertyValues = ReadonlyMap<number, number | string>

/** Reads a property section with its length (MQTT 5 §2.2.2) into one group. */
export const readProperties = (reader: FieldReader, owner: PropertyOwner): PropertyValues => {
  const values = new Map<number, number | string>()
  if (reader.isBroken()) return values
  const { context, fields } = reader
  const start = reader.at()
  const firstField = fields.length
  const length = reader.variable(() => ({ field: 'mqtt.property_len', term: 'propertyLength' }))
  const children = fields.splice(firstField)
  const isCut = length !== null && length > reader.left()
  const group = reader.group(length ?? 0)
  if (length !== null) readEach(group, { owner, values })
  const problems = values.has(0x16) && !values.has(0x15) ? broken(context, 'authenticationWithoutMethod') : []
  const isWill = owner === 'will'
  fields.push(
    fieldOf(context, [start, reader.at() - start], {
      field: isWill ? 'mqtt.will_properties' : 'mqtt.properties',
      term: isWill ? 'willProperties' : 'properties',
      clause: propertiesClause(owner),
      children: [...children, ...group.fields],
      problems,
    }),
  )
  if (isCut && group.isBroken()) reader.stop()
  else if (isCut) reader.strayed('cutShort')
  return values
}

interface Section {
  readonly owner: PropertyOwner
  readonly values: Map<number, number | string>
}

const readEach = (reader: FieldReader, section: Section): void => {
  while (reader.left() > 0 && !reader.isBroken()) readProperty(reader, section)
}

const readProperty = (reader: FieldReader, { owner, values }: Section): void => {
  const { context } = reader
  const id = context.bytes[reader.at()] ?? 0
  const kind = propertyKinds.get(id)
  if (!kind) {
    reader.number(1, () => ({ field: 'mqtt.property_id', term: 'propertyId', value: hexOf(id) }))
    reader.strayed('propertyUnknown', hexOf(id))
    return
  }
  const label = labelOf(kind.term, context.version)
  const own = propertyClause(owner, id)
  const clause = own ?? 'MQTT 5 §2.2.2.2'
  const name = `${label} (${hexOf(id)})`
  const problems: PacketProblem[] = [
    ...(own === null ? broken(context, 'propertyNotAllowed', label) : []),
    ...(values.has(id) && !mayRepeat(owner, id) ? broken(context, 'propertyTwice', label) : []),
  ]
  reader.number(1, () => ({
    field: 'mqtt.property_id',
    term: kind.term,
    value: hexOf(id),
    text: name,
    clause,
    problems,
  }))
  const value = readValue(reader, { id, owner, clause })
  if (value !== null) values.set(id, value)
}

interface PropertyPlace {
  readonly id: number
  readonly owner: PropertyOwner
  readonly clause: string
}

const readValue = (reader: FieldReader, place: PropertyPlace): number | string | null => {
  const { id, clause } = place
  const kind = propertyKinds.get(id)
  if (!kind) return null
  const { term } = kind
  const { context } = reader
  const numberParts = (value: number) => ({
    field: numberFields.get(id) ?? 'mqtt.prop_number',
    term,
    clause,
    text: numberText(id, value),
    problems: numberProblems(reader, place, value),
  })
  switch (kind.shape) {
    case 'byte':
      return reader.number(1, numberParts)
    case 'two':
      return reader.number(2, numberParts)
    case 'four':
      return reader.number(4, numberParts)
    case 'variable':
      return reader.variable(numberParts)
    case 'text':
      if (id === contentType) return readContentType(reader, clause)
      return reader.text('mqtt.prop_string_len', (value) => ({
        field: 'mqtt.prop_string',
        term,
        clause,
        problems: id === responseTopic && /[+#]/.test(value) ? broken(context, 'responseTopicWildcard') : [],
      }))
    case 'binary':
      return reader.binary('mqtt.prop_string_len', { field: 'mqtt.prop_string', term, clause })
    case 'pair': {
      const key = reader.text('mqtt.prop_key_len', () => ({ field: 'mqtt.prop_key', term: 'userPropertyName', clause }))
      const value = reader.text('mqtt.prop_value_len', () => ({
        field: 'mqtt.prop_value',
        term: 'userPropertyValue',
        clause,
      }))
      return key === null || value === null ? null : key
    }
  }
}

const contentType = 0x03
const responseTopic = 0x08
const topicAlias = 0x23
const maximumQos = 0x24

/** Wireshark has fields of their own for some. */
const numberFields: ReadonlyMap<number, string> = new Map([
  [topicAlias, 'mqtt.property.topic_alias'],
  [maximumQos, 'mqtt.property.max_qos'],
])

/** One field for length and text, as Wireshark has it. */
const readContentType = (reader: FieldReader, clause: string): string | null => {
  const { fields } = reader
  const first = fields.length
  const offset = reader.at()
  const value = reader.text('mqtt.prop_string_len', () => ({
    field: 'mqtt.property.content_type',
    term: 'contentType',
    clause,
  }))
  const read = fields.splice(first)
  const text = read.at(1)
  const joined: readonly PacketField[] = value === null || !text ? read : [{ ...text, offset, length: text.length + 2 }]
  fields.push(...joined)
  return value
}

const numberProblems = (
  { context }: FieldReader,
  { id, owner }: PropertyPlace,
  value: number,
): readonly PacketProblem[] => {
  const kind = propertyKinds.get(id)
  const { from } = context
  const label = kind ? labelOf(kind.term, context.version) : ''
  return [
    ...(kind?.isSound?.(value) === false ? broken(context, 'propertyValue', label) : []),
    ...(id === topicAlias && value === 0 ? broken(context, 'aliasZero') : []),
    ...(id === 0x0b && owner === 'PUBLISH' && from === 'client' ? broken(context, 'identifierFromClient') : []),
    ...(id === 0x11 && owner === 'DISCONNECT' && from === 'server' ? broken(context, 'expiryFromServer') : []),
  ]
}

/** Properties that are 0 or 1 and say whether something is there. */
const yesNo: ReadonlySet<number> = new Set([0x25, 0x28, 0x29, 0x2a, 0x17, 0x19])

const numberText = (id: number, value: number): string => {
  if (id === 0x01 && value <= 1) return value === 1 ? 'UTF-8 (1)' : 'unspecified bytes (0)'
  if (id === 0x11 && value === 0xffffffff) return 'does not expire (4294967295)'
  if ([0x02, 0x11, 0x13, 0x18].includes(id)) return `${value} s`
  if (yesNo.has(id) && value <= 1) return value === 1 ? 'yes (1)' : 'no (0)'
  return String(value)
}

const hexOf = (byte: number): string => `0x${hexPair(byte)}`
