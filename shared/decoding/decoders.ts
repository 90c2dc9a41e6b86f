import { cborDecoder } from './cborDecoder'
import type { Decoder } from './decoder'
import { jsonDecoder, jsonLinesDecoder } from './jsonDecoder'
import { messagePackDecoder } from './messagePackDecoder'
import { numberDecoders } from './numberDecoders'
import { avroDecoder, delimitedProtobufDecoder, framedAvroDecoders, protobufDecoder } from './schemaDecoders'
import { sparkplugDecoder } from './sparkplugDecoder'
import { bytesDecoder, textDecoder } from './textDecoder'

/** All of them, in the order they are offered in. */
export const decoders: readonly Decoder[] = [
  textDecoder,
  jsonDecoder,
  jsonLinesDecoder,
  cborDecoder,
  messagePackDecoder,
  protobufDecoder,
  delimitedProtobufDecoder,
  avroDecoder,
  ...framedAvroDecoders,
  sparkplugDecoder,
  ...numberDecoders,
  bytesDecoder,
]
