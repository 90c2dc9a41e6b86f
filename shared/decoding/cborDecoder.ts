import { createByteCursor } from '#shared/encoding/byteCursor'
import { decodedPayload } from '#shared/encoding/decodingFault'
import { createCborFinder } from './cborFinder'
import { readItems } from './cborItem'
import type { Decoder } from './decoder'

/** CBOR (RFC 8949), also several data items behind each other (RFC 8742). */
export const cborDecoder: Decoder = {
  name: 'cbor',
  otherNames: ['cbor-seq'],
  decode: (bytes) => decodedPayload(() => readItems(createByteCursor(bytes))),
  finder: createCborFinder,
}
