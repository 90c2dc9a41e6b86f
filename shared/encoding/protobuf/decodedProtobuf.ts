import { createByteCursor, type ByteCursor } from '../byteCursor'
import { decodedPayload, DecodingFault, type DecodedPayload } from '../decodingFault'
import type { PayloadNode } from '../payloadNode'
import { readMessage } from './protobufReader'
import type { ProtobufTypes } from './protobufTypes'
import { readWithoutSchema } from './unknownReader'

export interface ProtobufReading {
  /** null = without a schema: fields by their number. */
  readonly message: { readonly types: ProtobufTypes; readonly name: string } | null
  /** Messages one behind the other, each behind its length. */
  readonly isDelimited?: boolean
}

/** What bytes are in Protobuf. Never throws, whatever the bytes are. */
export const decodeProtobuf = (bytes: Uint8Array, { message, isDelimited = false }: ProtobufReading): DecodedPayload =>
  decodedPayload(() => {
    const from = createByteCursor(bytes)
    const read = readerOf(message)
    if (!isDelimited) return [read(from)]
    const values: PayloadNode[] = []
    while (!from.isAtEnd()) values.push(from.within(from.varint(), () => read(from)))
    return values
  })

const readerOf = (message: ProtobufReading['message']): ((from: ByteCursor) => PayloadNode) => {
  if (!message) return (from) => readWithoutSchema(from)
  const type = message.types.message(message.name)
  if (!type) throw new DecodingFault('unknownType', 0)
  return (from) => readMessage(from, type, message.types)
}
