import { cborDecoder } from './cborDecoder'
import { csvDecoder } from './csvDecoder'
import type { Decoder } from './decoder'
import { imageDecoder } from './imageDecoder'
import { influxDecoder } from './influxDecoder'
import { jsonDecoder, jsonLinesDecoder } from './jsonDecoder'
import { jwtDecoder } from './jwtDecoder'
import { meshtasticDecoder } from './meshtasticDecoder'
import { messagePackDecoder } from './messagePackDecoder'
import { numberDecoders } from './numberDecoders'
import { avroDecoder, delimitedProtobufDecoder, framedAvroDecoders, protobufDecoder } from './schemaDecoders'
import { sparkplugDecoder } from './sparkplugDecoder'
import { structDecoder } from './structDecoder'
import { bytesDecoder, textDecoder } from './textDecoder'
import { unixTimeDecoders } from './unixTimeDecoders'
import { xmlDecoder } from './xmlDecoder'

/** All of them, in the order they are offered in. */
export const decoders: readonly Decoder[] = [
  textDecoder,
  jsonDecoder,
  jsonLinesDecoder,
  csvDecoder,
  xmlDecoder,
  influxDecoder,
  jwtDecoder,
  cborDecoder,
  messagePackDecoder,
  protobufDecoder,
  delimitedProtobufDecoder,
  avroDecoder,
  ...framedAvroDecoders,
  sparkplugDecoder,
  meshtasticDecoder,
  ...numberDecoders,
  ...unixTimeDecoders,
  structDecoder,
  imageDecoder,
  bytesDecoder,
]
