import type { Charset } from '#shared/decoding/charsets'
import { decodeAs, finderAs, readDecoderName, type DecodedAs } from '#shared/decoding/decodeAs'
import type { DecoderSettings, NodeFinder } from '#shared/decoding/decoder'
import { decompress } from '#shared/decoding/decompress'
import { parseAvroSchema } from '#shared/encoding/avro/parsedAvroSchema'
import type { ProtobufSchema } from '#shared/encoding/protobuf/protobufSchema'
import { createProtobufTypes } from '#shared/encoding/protobuf/protobufTypes'
import type { JsonPath } from '#shared/json/jsonPath'

/** How payloads of topics under a filter are decoded, as plain data: threads get it. */
export interface DecodingRule {
  readonly id: string
  readonly filter: string
  /** As `readDecoderName` takes it. */
  readonly decoder: string
  readonly charset: Charset | null
  readonly schema: DecodingSchema | null
}

/** A schema as it crosses to a thread. */
export type DecodingSchema =
  | { readonly kind: 'protobuf'; readonly schema: ProtobufSchema; readonly name: string }
  | { readonly kind: 'avro'; readonly text: string }

/** Never throws, whatever the bytes are. */
type DecodePayload = (bytes: Uint8Array) => DecodedAs

/** How payloads are decoded as one rule says it. */
export interface RuleDecoder {
  readonly decode: DecodePayload
  /** For when only a few fields of many payloads are wanted. */
  createFinder(paths: readonly JsonPath[]): NodeFinder
}

/** Null = no decoder has this name. */
export const decoderOf = ({ decoder, charset, schema }: Omit<DecodingRule, 'id' | 'filter'>): RuleDecoder | null => {
  const read = readDecoderName(decoder)
  if (!read.ok) return null
  const settings: DecoderSettings = { decompress, ...(charset ? { charset } : {}), ...schemaSettings(schema) }
  return {
    decode: (bytes) => decodeAs(bytes, read.chain, settings),
    createFinder: (paths) => finderAs(paths, read.chain, settings),
  }
}

/** The decoder of this name, with nothing else said. */
export const plainDecoder = (decoder: string): RuleDecoder | null => decoderOf({ decoder, charset: null, schema: null })

const schemaSettings = (schema: DecodingSchema | null): Pick<DecoderSettings, 'protobuf' | 'avro'> => {
  if (schema?.kind === 'protobuf') return { protobuf: { types: createProtobufTypes(schema.schema), name: schema.name } }
  if (schema?.kind !== 'avro') return {}
  const parsed = parseAvroSchema(schema.text)
  return parsed.ok ? { avro: { schema: parsed.schema, name: null } } : {}
}
