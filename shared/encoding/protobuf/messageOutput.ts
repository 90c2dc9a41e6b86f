import { createByteWriter } from '../byteWriter'
import type { Output } from '../encodedBySchema'
import { writeVarint } from '../littleEndian'
import type { ProtobufTypes } from './protobufTypes'

/** Where messages are written to, and the types that an Any may name. */
export interface MessageOutput extends Output {
  readonly types: ProtobufTypes
}

/** What `write` writes, as a value of its own: its length comes before it, or it is not written at all. */
export const bytesOf = (to: MessageOutput, write: (inner: MessageOutput) => void): Uint8Array => {
  const out = createByteWriter()
  write({ ...to, out })
  return out.finish()
}

export const writeTag = ({ out }: Output, number: number, wire: number): void =>
  writeVarint(out, BigInt(number) * 8n + BigInt(wire))
