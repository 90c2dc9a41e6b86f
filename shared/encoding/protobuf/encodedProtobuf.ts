import { encodeBySchema, type EncodedBySchema } from '../encodedBySchema'
import { writeVarint } from '../littleEndian'
import { SchemaFault } from '../schemaFault'
import { createByteWriter } from '../byteWriter'
import { writeMessage } from './protobufWriter'
import type { ProtobufTypes } from './protobufTypes'

export interface ProtobufMessageName {
  readonly types: ProtobufTypes
  /** The full name of the message, e.g. `example.Reading`. */
  readonly name: string
  /** With the length before it, as in streams of messages. */
  readonly isDelimited?: boolean
}

/**
 * The bytes of a message written as JSON by the rules of ProtoJSON: fields by either name, integers as numbers or texts with every
 * digit, bytes in Base64 or as `{"$hex": "00ff"}`, enums by symbol or number, extensions as `"[full.name]"`, and the well-known
 * types (Timestamp, Duration, Struct, Value, wrappers, FieldMask, Any) in their own forms. Fields are written by their number.
 */
export const encodeProtobuf = (text: string, { types, name, isDelimited }: ProtobufMessageName): EncodedBySchema =>
  encodeBySchema(text, ({ out, onRounded }, value) => {
    const type = types.message(name)
    if (!type) throw new SchemaFault('unknownType', 0, name)
    const message = createByteWriter()
    writeMessage({ out: message, onRounded, types }, type, value)
    const bytes = message.finish()
    if (isDelimited) writeVarint(out, bytes.length)
    out.bytes(bytes)
  })
