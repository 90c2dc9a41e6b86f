import { encodeUtf8 } from '#shared/mqtt/utf8'
import { createByteReader, Unreadable, type ByteReader } from '../byteReader'
import type { JsonPieces } from '../jsonPieces'
import { sparkplugTypeNames, sparkplugTypes, valueFields, type SparkplugType } from './dataTypes'
import { wireType } from '../protobuf/wireType'

/** A field of a message of protobuf, as it lies in the bytes. */
interface Field {
  readonly number: number
  readonly wire: number
  /** Of a number; of four and eight bytes and of a length: 0. */
  readonly value: bigint
  readonly bytes: Uint8Array
}

/** A member of the JSON that is said of a message. */
type Member = readonly [name: string, say: () => void]

/** Reads a payload of Sparkplug B and says it in JSON, as `writeSparkplug` reads it. Data sets, templates and property sets have none. */
export const readSparkplug = (bytes: ByteReader, json: JsonPieces): void => {
  const fields = readFields(bytes)
  const metrics = fields.filter(({ number }) => number === 2)
  const members: Member[] = []
  for (const field of fields) {
    if (field.number === 1) members.push(['timestamp', () => json.integer(numberIn(field))])
    else if (field.number === 3) members.push(['seq', () => json.integer(numberIn(field))])
    else if (field.number === 4) members.push(['uuid', () => json.text(bytesIn(field))])
    else if (field.number === 5) members.push(['body', () => json.bytes(bytesIn(field))])
    else if (field.number !== 2) throw new Unreadable('beyondJson')
    else if (field === metrics[0]) members.push(['metrics', () => sayMetrics(metrics, json)])
  }
  sayMembers(members, json)
}

const sayMetrics = (metrics: readonly Field[], json: JsonPieces) => {
  const next = metrics.values()
  json.list(metrics.length, () => {
    const metric = next.next().value
    if (metric) sayMetric(readFields(createByteReader(bytesIn(metric))), json)
  })
}

const sayMetric = (fields: readonly Field[], json: JsonPieces) => {
  const typed = fields.find(({ number }) => number === 4)
  const name = typed && sparkplugTypeNames.get(Number(numberIn(typed)))
  const type = name === undefined ? undefined : sparkplugTypes.get(name)
  if (typed && !type) throw new Unreadable('beyondJson')
  sayMembers(
    fields.flatMap((field) => {
      const member = metricMember(field, { name, type, json })
      return member ? [member] : []
    }),
    json,
  )
}

interface MetricParts {
  readonly name: string | undefined
  readonly type: SparkplugType | undefined
  readonly json: JsonPieces
}

const metricMember = (field: Field, { name, type, json }: MetricParts): Member | null => {
  switch (field.number) {
    case 1:
      return ['name', () => json.text(bytesIn(field))]
    case 2:
      return ['alias', () => json.integer(numberIn(field))]
    case 3:
      return ['timestamp', () => json.integer(numberIn(field))]
    case 4:
      return ['dataType', () => json.text(encodeUtf8(name ?? ''))]
    case 5:
      return ['isHistorical', () => json.constant(numberIn(field) !== 0n)]
    case 6:
      return ['isTransient', () => json.constant(numberIn(field) !== 0n)]
    case 7:
      return numberIn(field) === 0n ? null : ['value', () => json.constant(null)]
    default:
      return ['value', () => sayValue(field, type, json)]
  }
}

const sayValue = (field: Field, type: SparkplugType | undefined, json: JsonPieces) => {
  const { int, long, float, double, boolean, text, bytes } = valueFields
  if (field.number === int || field.number === long) json.integer(integerIn(field, type))
  else if (field.number === float) json.float(floatIn(field, wireType.i32))
  else if (field.number === double) json.float(floatIn(field, wireType.i64))
  else if (field.number === boolean) json.constant(numberIn(field) !== 0n)
  else if (field.number === text) json.text(bytesIn(field))
  else if (field.number === bytes) json.bytes(bytesIn(field))
  else throw new Unreadable('beyondJson')
}

/** Without a data type nobody says whether it is signed. */
const integerIn = (field: Field, type: SparkplugType | undefined): bigint => {
  const value = numberIn(field)
  return type?.isSigned ? BigInt.asIntN(type.bits, value) : value
}

const floatIn = ({ bytes, wire }: Field, wanted: number): number => {
  if (wire !== wanted) throw new Unreadable('notEncoded')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return wanted === wireType.i32 ? view.getFloat32(0, true) : view.getFloat64(0, true)
}

const sayMembers = (members: readonly Member[], json: JsonPieces) => {
  let next = 0
  json.map(
    members.length,
    () => json.text(encodeUtf8(members[next]?.[0] ?? '')),
    () => members[next++]?.[1](),
  )
}

const numberIn = ({ wire, value }: Field): bigint => {
  if (wire !== wireType.varint) throw new Unreadable('notEncoded')
  return value
}

const bytesIn = ({ wire, bytes }: Field): Uint8Array => {
  if (wire !== wireType.len) throw new Unreadable('notEncoded')
  return bytes
}

const nothing = new Uint8Array()

const readFields = (bytes: ByteReader): readonly Field[] => {
  const fields: Field[] = []
  while (!bytes.isAtEnd()) {
    const tag = readVarint(bytes)
    const number = Number(tag >> 3n)
    const wire = Number(tag & 7n)
    const field = { number, wire, value: 0n, bytes: nothing }
    if (wire === wireType.varint) fields.push({ ...field, value: readVarint(bytes) })
    else if (wire === wireType.len) fields.push({ ...field, bytes: bytes.bytes(readVarint(bytes)) })
    else if (wire === wireType.i64) fields.push({ ...field, bytes: bytes.bytes(8) })
    else if (wire === wireType.i32) fields.push({ ...field, bytes: bytes.bytes(4) })
    else throw new Unreadable('notEncoded')
  }
  return fields
}

/** Ten bytes hold the 64 bits of the largest. */
const mostVarintBytes = 10

const readVarint = (bytes: ByteReader): bigint => {
  let value = 0n
  for (let place = 0; place < mostVarintBytes; place++) {
    const byte = bytes.byte()
    value |= BigInt(byte & 0x7f) << BigInt(7 * place)
    if (byte < 0x80) return BigInt.asUintN(64, value)
  }
  throw new Unreadable('notEncoded')
}
