import { createByteCursor } from '#shared/encoding/byteCursor'
import { decodedPayload, DecodingFault } from '#shared/encoding/decodingFault'
import type { Decoder } from './decoder'
import { createMessagePackFinder } from './messagePackFinder'
import { readObject } from './messagePackObject'

/** MessagePack: one object, and nothing behind it. */
export const messagePackDecoder: Decoder = {
  name: 'msgpack',
  otherNames: ['messagepack'],
  decode: (bytes) =>
    decodedPayload(() => {
      const from = createByteCursor(bytes)
      const node = readObject(from)
      if (!from.isAtEnd()) throw new DecodingFault('leftOver', from.at())
      return [node]
    }),
  finder: createMessagePackFinder,
}
