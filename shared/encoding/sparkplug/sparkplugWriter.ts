import { encodeUtf8 } from '#shared/mqtt/utf8'
import { createByteWriter, type ByteWriter } from '../byteWriter'
import { EncodingFault } from '../encodingFault'
import { sparkplugTypes, valueFields, type SparkplugType } from './dataTypes'
import { wireType } from '../protobuf/wireType'
import { numberOf } from '../writtenNumber'
import type { WrittenValue } from '../writtenValue'

type WriteField = (out: ByteWriter, value: WrittenValue) => void

/**
 * Writes a payload of Sparkplug B (`sparkplug_b.proto`) from JSON: `timestamp`, `metrics`, `seq`, `uuid` and `body`; of a metric
 * `name`, `alias`, `timestamp`, `dataType`, `value`, `isHistorical` and `isTransient`. A metric without a value is null. Fields
 * stand in the order in which they are typed. Throws an `EncodingFault` for anything else.
 */
export const writeSparkplug = (out: ByteWriter, payload: WrittenValue, onRounded: (position: number) => void): void =>
  writeMembers(out, payload, payloadFields(onRounded))

const payloadFields = (onRounded: (position: number) => void): ReadonlyMap<string, WriteField> =>
  new Map<string, WriteField>([
    ['timestamp', unsignedField(1)],
    [
      'metrics',
      (out, value) => {
        if (value.kind !== 'list') throw notSparkplug(value)
        for (const metric of value.items) {
          const inner = createByteWriter()
          writeMetric(inner, metric, onRounded)
          writeBytes(out, 2, inner.finish())
        }
      },
    ],
    ['seq', unsignedField(3)],
    ['uuid', textField(4)],
    ['body', bytesField(5)],
  ])

const writeMetric = (out: ByteWriter, metric: WrittenValue, onRounded: (position: number) => void) => {
  const type = typeOf(metric)
  writeMembers(
    out,
    metric,
    new Map<string, WriteField>([
      ['name', textField(1)],
      ['alias', unsignedField(2)],
      ['timestamp', unsignedField(3)],
      ['dataType', (inner) => writeNumber(inner, 4, BigInt(type?.code ?? 0))],
      ['isHistorical', booleanField(5)],
      ['isTransient', booleanField(6)],
      [
        'value',
        (inner, value) => {
          if (value.kind === 'constant' && value.value === null) writeNumber(inner, 7, 1n)
          else if (type) writeValue(inner, { type, value, onRounded })
          else throw notSparkplug(value)
        },
      ],
    ]),
  )
}

/** The data type that a metric names; null = it names none. */
const typeOf = (metric: WrittenValue): SparkplugType | null => {
  const named = metric.kind === 'map' ? metric.members.find(([key]) => key === 'dataType')?.[1] : undefined
  if (!named) return null
  const type = named.kind === 'text' ? sparkplugTypes.get(named.text) : undefined
  if (!type) throw notSparkplug(named)
  return type
}

interface TypedValue {
  readonly type: SparkplugType
  readonly value: WrittenValue
  readonly onRounded: (position: number) => void
}

const writeValue = (out: ByteWriter, { type: { field, bits, isSigned }, value, onRounded }: TypedValue) => {
  const number = valueFields[field]
  if (field === 'text') textField(number)(out, value)
  else if (field === 'bytes') bytesField(number)(out, value)
  else if (field === 'boolean') booleanField(number)(out, value)
  else if (bits > 0) {
    const least = isSigned ? -(2n ** BigInt(bits - 1)) : 0n
    const whole = integerOf(value, { least, most: least + 2n ** BigInt(bits) - 1n })
    // Negative ones as two's complement: those of up to 32 bits in a field of 32 bits.
    writeNumber(out, number, BigInt.asUintN(bits === 64 ? 64 : 32, whole))
  } else writeFloat(out, { number, isDouble: field === 'double', value, onRounded })
}

interface FloatValue {
  readonly number: number
  readonly isDouble: boolean
  readonly value: WrittenValue
  readonly onRounded: (position: number) => void
}

const writeFloat = (out: ByteWriter, { number, isDouble, value, onRounded }: FloatValue) => {
  if (value.kind !== 'number') throw notSparkplug(value)
  const read = numberOf(value.digits, value.position)
  const float = Number(read.value)
  if (!Number.isFinite(isDouble ? float : Math.fround(float))) throw new EncodingFault('numberTooLarge', value.position)
  if (isDouble && read.kind === 'float' && !read.isExact) onRounded(value.position)
  const bytes = new DataView(new ArrayBuffer(isDouble ? 8 : 4))
  if (isDouble) bytes.setFloat64(0, float, true)
  else bytes.setFloat32(0, float, true)
  writeTag(out, number, isDouble ? wireType.i64 : wireType.i32)
  out.bytes(new Uint8Array(bytes.buffer))
}

const writeMembers = (out: ByteWriter, value: WrittenValue, fields: ReadonlyMap<string, WriteField>) => {
  if (value.kind !== 'map') throw notSparkplug(value)
  for (const [key, member] of value.members) {
    const write = fields.get(key)
    if (!write) throw notSparkplug(member)
    write(out, member)
  }
}

const mostUnsigned = { least: 0n, most: 2n ** 64n - 1n }

const unsignedField =
  (field: number): WriteField =>
  (out, value) =>
    writeNumber(out, field, integerOf(value, mostUnsigned))

const booleanField =
  (field: number): WriteField =>
  (out, value) => {
    if (value.kind !== 'constant' || value.value === null) throw notSparkplug(value)
    writeNumber(out, field, value.value ? 1n : 0n)
  }

const textField =
  (field: number): WriteField =>
  (out, value) => {
    if (value.kind !== 'text') throw notSparkplug(value)
    writeBytes(out, field, encodeUtf8(value.text))
  }

const bytesField =
  (field: number): WriteField =>
  (out, value) => {
    if (value.kind !== 'bytes') throw notSparkplug(value)
    writeBytes(out, field, value.bytes)
  }

/** A whole number within its bounds; `21.0` is one as well, so that a template may reckon. */
const integerOf = (value: WrittenValue, { least, most }: { readonly least: bigint; readonly most: bigint }): bigint => {
  if (value.kind !== 'number') throw notSparkplug(value)
  const read = numberOf(value.digits, value.position)
  if (!Number.isInteger(Number(read.value))) throw notSparkplug(value)
  const whole = BigInt(read.value)
  if (whole < least || whole > most) throw notSparkplug(value)
  return whole
}

const writeNumber = (out: ByteWriter, field: number, value: bigint) => {
  writeTag(out, field, wireType.varint)
  writeVarint(out, value)
}

const writeBytes = (out: ByteWriter, field: number, bytes: Uint8Array) => {
  writeTag(out, field, wireType.len)
  writeVarint(out, BigInt(bytes.length))
  out.bytes(bytes)
}

const writeTag = (out: ByteWriter, field: number, wireType: number) => writeVarint(out, BigInt(field * 8 + wireType))

/** Seven bits a byte, the lowest first; the highest bit says that more follow. */
const writeVarint = (out: ByteWriter, value: bigint) => {
  let rest = value
  while (rest >= 0x80n) {
    out.byte(Number(rest & 0x7fn) | 0x80)
    rest >>= 7n
  }
  out.byte(Number(rest))
}

const notSparkplug = ({ position }: WrittenValue) => new EncodingFault('notSparkplug', position)
