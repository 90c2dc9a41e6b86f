import { decodedPayload } from '#shared/encoding/decodingFault'
import { readText } from './charsets'
import type { Decoder } from './decoder'

/** The whole payload as one text. */
export const textDecoder: Decoder = {
  name: 'text',
  decode: (bytes, { charset = 'utf-8' }) =>
    decodedPayload(() => {
      const { text, assumed } = readText(bytes, charset)
      // Which order it was read in stands beside the text, where neither a mark nor a name says it.
      return [{ kind: 'text', text, type: assumed ? `${assumed} (assumed)` : charset, offset: 0, length: bytes.length }]
    }),
}

/** The bytes as they are: what is left where only formats in front are named. */
export const bytesDecoder: Decoder = {
  name: 'bytes',
  decode: (bytes) => decodedPayload(() => [{ kind: 'bytes', bytes, type: 'bytes', offset: 0, length: bytes.length }]),
}
