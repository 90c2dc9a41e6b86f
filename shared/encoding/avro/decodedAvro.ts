import { hexPair } from '#shared/mqtt/payloadText'
import { createByteCursor, type ByteCursor } from '../byteCursor'
import { decodedPayload, DecodingFault, type DecodedPayload } from '../decodingFault'
import { readAvro } from './avroReader'
import type { AvroSchema } from './avroSchema'

export interface AvroReading {
  readonly schema: AvroSchema
  /** The full name of a declared type; null = what the schema as a whole is. */
  readonly name: string | null
  /** What stands before the data. */
  readonly framing: 'none' | 'confluent' | 'singleObject'
}

/** What bytes are in Avro. Never throws, whatever the bytes are. */
export const decodeAvro = (bytes: Uint8Array, { schema, name, framing }: AvroReading): DecodedPayload =>
  decodedPayload(() => {
    const from = createByteCursor(bytes)
    if (framing === 'confluent') skipConfluent(from)
    else if (framing === 'singleObject') skipSingleObject(from, schema)
    if (name !== null && !schema.named.has(name)) throw new DecodingFault('unknownType', 0)
    const value = readAvro(from, schema.named, name === null ? schema.root : { kind: 'named', name })
    if (!from.isAtEnd()) throw new DecodingFault('leftOver', from.at())
    return [value]
  })

/** The id of the schema in a registry that stands in Confluent's wire format; null = bytes in another one. */
export const confluentSchemaId = (bytes: Uint8Array): number | null =>
  bytes.length < 5 || bytes[0] !== 0 ? null : new DataView(bytes.buffer, bytes.byteOffset).getUint32(1)

const skipConfluent = (from: ByteCursor) => {
  if (from.byte() !== 0) throw new DecodingFault('badFraming', 0)
  from.bytes(4)
}

const skipSingleObject = (from: ByteCursor, { fingerprint }: AvroSchema) => {
  const [first, second] = from.bytes(2)
  if (first !== 0xc3 || second !== 0x01) throw new DecodingFault('badFraming', 0)
  const sent = Array.from(from.bytes(8), hexPair).join('')
  if (sent !== fingerprint) throw new DecodingFault('otherSchema', 2)
}
