import { decodeAvro, type AvroReading } from '#shared/encoding/avro/decodedAvro'
import type { DecodedPayload } from '#shared/encoding/decodingFault'
import { decodeProtobuf } from '#shared/encoding/protobuf/decodedProtobuf'
import type { Decoder, DecoderSettings } from './decoder'
import { createProtobufFinder } from './protobufFinder'

export const protobufDecoder: Decoder = {
  name: 'protobuf',
  decode: (bytes, { protobuf = null }) => decodeProtobuf(bytes, { message: protobuf }),
  finder: (paths, { protobuf = null }) => protobuf && createProtobufFinder(paths, protobuf),
}

/** Messages one behind the other, each behind its length. */
export const delimitedProtobufDecoder: Decoder = {
  name: 'protobuf-delimited',
  otherNames: ['protobuf-stream'],
  decode: (bytes, { protobuf = null }) => decodeProtobuf(bytes, { message: protobuf, isDelimited: true }),
}

const avroAs = (bytes: Uint8Array, { avro }: DecoderSettings, framing: AvroReading['framing']): DecodedPayload =>
  avro ? decodeAvro(bytes, { ...avro, framing }) : { ok: false, reason: 'unknownType', offset: 0 }

/**
 * Avro with whatever stands before its data: the fingerprint of this very schema, which no data begins with by chance; else
 * nothing; else, where the data cannot be read so, the id of a registry.
 */
export const avroDecoder: Decoder = {
  name: 'avro',
  decode: (bytes, settings) => {
    const single = avroAs(bytes, settings, 'singleObject')
    if (single.ok) return single
    const plain = avroAs(bytes, settings, 'none')
    if (plain.ok) return plain
    const confluent = avroAs(bytes, settings, 'confluent')
    return confluent.ok ? confluent : single.reason === 'otherSchema' ? single : plain
  },
}

const framed = (name: string, framing: AvroReading['framing']): Decoder => ({
  name,
  decode: (bytes, settings) => avroAs(bytes, settings, framing),
})

export const framedAvroDecoders: readonly Decoder[] = [
  framed('avro-datum', 'none'),
  framed('avro-confluent', 'confluent'),
  framed('avro-single-object', 'singleObject'),
]
