import type { SchemaElement } from 'hyparquet'
import { ByteWriter } from 'hyparquet-writer/src/bytewriter.js'
import { ParquetWriter } from 'hyparquet-writer/src/parquet-writer.js'
import { decodeUtf8, isUtf8 } from '#shared/mqtt/utf8'
import { mosquittoProperties } from '../mosquittoProperties'
import { nothingBeside, type RecordingWriter, type WritingOptions, type WrittenMessage } from '../recordingWriter'

interface Column {
  readonly name: string
  readonly element: Omit<SchemaElement, 'name' | 'repetition_type'>
  readonly say: (message: WrittenMessage) => string | number | bigint | boolean | Uint8Array | null
}

const text = { type: 'BYTE_ARRAY', converted_type: 'UTF8' } as const
const smallNumber = { type: 'INT32' } as const

/** Of 64 bits with a sign. */
const fits = (value: bigint): bigint | null => (BigInt.asIntN(64, value) === value ? value : null)
const textOf = (bytes: Uint8Array): string | null => (isUtf8(bytes) ? decodeUtf8(bytes) : null)

/** Rounded down, also before 1970, where BigInt rounds towards 0. */
const microseconds = (time: bigint): bigint => (time - (((time % 1_000n) + 1_000n) % 1_000n)) / 1_000n

/**
 * Times are microseconds in UTC, which every reader takes and which reach to every year; `t` has the nanoseconds, as far as 64 bits
 * hold them (1677 to 2262).
 */
const columns: readonly Column[] = [
  {
    name: 'time',
    element: { type: 'INT64', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' } },
    say: ({ time }) => (time === null ? null : fits(microseconds(time))),
  },
  { name: 't', element: { type: 'INT64' }, say: ({ time }) => (time === null ? null : fits(time)) },
  { name: 'topic', element: text, say: ({ topic }) => topic },
  { name: 'qos', element: smallNumber, say: ({ qos }) => qos },
  { name: 'retain', element: { type: 'BOOLEAN' }, say: ({ retain }) => retain },
  { name: 'dup', element: { type: 'BOOLEAN' }, say: ({ dup }) => dup },
  { name: 'direction', element: text, say: ({ direction }) => direction },
  { name: 'connection', element: text, say: ({ connection }) => connection },
  { name: 'packet_id', element: smallNumber, say: ({ packetId }) => packetId },
  { name: 'payload', element: { type: 'BYTE_ARRAY' }, say: ({ payload }) => payload },
  { name: 'payload_text', element: text, say: ({ payload }) => textOf(payload) },
  {
    name: 'payload_bytes',
    element: { type: 'INT64' },
    say: ({ payload, payloadBytes }) => BigInt(payloadBytes ?? payload.length),
  },
  { name: 'properties', element: text, say: ({ properties }) => propertiesJson(properties) },
]

const decodedColumn: Column = { name: 'decoded', element: text, say: ({ decoded }) => decoded ?? null }

const propertiesJson = (properties: WrittenMessage['properties']): string | null => {
  const members = mosquittoProperties(properties, textOf)
  return members && JSON.stringify(members)
}

/** What is gathered before it is written: rows of a group are compressed together, and readers skip whole groups. */
const groupRows = 16_384
const groupBytes = 16 * 2 ** 20

/**
 * Parquet with Snappy: rows in groups, the directory of them at the end. Made with hyparquet-writer, and read by DuckDB, Spark and
 * pandas.
 */
export const createParquetWriter = ({ decoded }: WritingOptions = nothingBeside): RecordingWriter => {
  const written = decoded ? [...columns, decodedColumn] : columns
  const bytes = new ByteWriter(2 ** 20)
  const schema: SchemaElement[] = [
    { name: 'root', num_children: written.length },
    ...written.map(({ name, element }) => ({ ...element, name, repetition_type: 'OPTIONAL' as const })),
  ]
  const writer = new ParquetWriter({ writer: bytes, schema, createdBy: 'Topicscope' })
  let rows: WrittenMessage[] = []
  let held = 0
  const take = (): Uint8Array => {
    const made = bytes.getBytes().slice()
    bytes.index = 0
    return made
  }
  const writeGroup = () => {
    const columnData = written.map(({ name, say }) => ({ name, data: rows.map(say) }))
    if (rows.length > 0) void writer.write({ columnData, rowGroupSize: rows.length })
    rows = []
    held = 0
  }
  return {
    begin: take,
    message: (message) => {
      rows.push(message)
      held += message.payload.length + message.topic.length
      if (rows.length < groupRows && held < groupBytes) return nothing
      writeGroup()
      return take()
    },
    mark: null,
    end: () => {
      writeGroup()
      void writer.finish()
      return take()
    },
  }
}

const nothing = new Uint8Array(0)
