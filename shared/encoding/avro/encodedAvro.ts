import { parseHex } from '#shared/mqtt/payloadText'
import { encodeBySchema, type EncodedBySchema } from '../encodedBySchema'
import { SchemaFault } from '../schemaFault'
import type { AvroSchema, AvroType } from './avroSchema'
import { writeAvro } from './avroWriter'

/** What stands before the data: nothing, the id of the schema in a registry (Confluent), or its fingerprint (single object encoding). */
export type AvroFraming =
  | { readonly kind: 'none' | 'singleObject' }
  | { readonly kind: 'confluent'; readonly schemaId: number }

export interface AvroTarget {
  readonly schema: AvroSchema
  /** The full name of a declared type; null = what the schema as a whole is. */
  readonly name: string | null
  readonly framing: AvroFraming
}

/**
 * The bytes of a value written as JSON, as Avro's JSON encoding has it: unions as `{"branch": value}` or as the value itself where one
 * branch takes it, bytes and fixed as a text with a character a byte or as `{"$hex": "00ff"}`, longs with every digit. Also a decimal
 * as a number, times as texts of ISO 8601, and fields left out that have a default.
 */
export const encodeAvro = (text: string, { schema, name, framing }: AvroTarget): EncodedBySchema =>
  encodeBySchema(text, (to, value) => {
    if (framing.kind === 'confluent') {
      to.out.byte(0)
      to.out.whole(framing.schemaId, 4)
    } else if (framing.kind === 'singleObject') {
      to.out.bytes(singleObjectMarker)
      const fingerprint = parseHex(schema.fingerprint)
      if (fingerprint.ok) to.out.bytes(fingerprint.bytes)
    }
    const type: AvroType = name === null ? schema.root : { kind: 'named', name }
    if (name !== null && !schema.named.has(name)) throw new SchemaFault('unknownType', 0, name)
    writeAvro({ ...to, named: schema.named, depth: 0 }, type, value)
  })

/** Avro 1.12, "Single-object encoding". */
const singleObjectMarker = Uint8Array.of(0xc3, 0x01)
