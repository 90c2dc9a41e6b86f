import type { AvroSchema } from '#shared/encoding/avro/avroSchema'
import type { DecodedPayload } from '#shared/encoding/decodingFault'
import type { PayloadNode } from '#shared/encoding/payloadNode'
import type { ProtobufTypes } from '#shared/encoding/protobuf/protobufTypes'
import type { JsonPath } from '#shared/json/jsonPath'
import type { Charset } from './charsets'

/** One way to read payloads. All are in `decoders.ts`. */
export interface Decoder {
  /** As rules and the command line name it. */
  readonly name: string
  readonly otherNames?: readonly string[]
  /** What stands behind a colon after the name: null = it has nothing there. Answers what is wrong with it, or null. */
  readonly argumentProblem?: (argument: string) => string | null
  /** Never throws, whatever the bytes are. */
  readonly decode: (bytes: Uint8Array, settings: DecoderSettings) => DecodedPayload
  /** A faster way to what stands at a few paths; null = these are found by decoding. Absent = all are. */
  readonly finder?: (paths: readonly JsonPath[], settings: DecoderSettings) => NodeFinder | null
}

/** Finds what stands at some paths, each of which has a slot. */
export interface NodeFinder {
  /** Whether the payload can be decoded: all of it is read, though nodes are made of what is wanted alone. Never throws. */
  read(bytes: Uint8Array): boolean
  /** Of the payload that was read last; null = nothing. */
  readonly found: readonly (PayloadNode | null)[]
}

/** What a rule or a command line says beside the name. Each decoder takes what it needs. */
export interface DecoderSettings {
  readonly charset?: Charset
  /** Without one, Protobuf is read as fields by their number. */
  readonly protobuf?: { readonly types: ProtobufTypes; readonly name: string }
  readonly avro?: { readonly schema: AvroSchema; readonly name: string | null }
  /** Behind the colon of the name. */
  readonly argument?: string
  /** What this process has to decompress with. */
  readonly decompress: Decompress
}

export type Compression = 'gzip' | 'zlib' | 'deflate' | 'brotli' | 'zstd'

/** Throws a `DecodingFault`, with `tooLarge` where more than `mostBytes` come out. */
export type Decompress = (compression: Compression, bytes: Uint8Array, mostBytes: number) => Uint8Array
