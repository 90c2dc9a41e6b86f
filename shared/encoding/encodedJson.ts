import type { JsonProblem } from '#shared/mqtt/prettyJson'
import { createByteWriter, type ByteWriter } from './byteWriter'
import { writeCbor } from './cborWriter'
import { EncodingFault, NoJson, type EncodingProblemCode } from './encodingFault'
import { writeMessagePack } from './messagePackWriter'
import { writeSparkplug } from './sparkplug/sparkplugWriter'
import { readWritten, type WrittenValue } from './writtenValue'

/** What bytes are made of JSON. */
export type Encoding = 'cbor' | 'messagePack' | 'sparkplug'

export type EncodedJson =
  | { readonly ok: true; readonly bytes: Uint8Array<ArrayBuffer>; readonly rounded: Rounded | null }
  | ({ readonly ok: false; readonly problem: 'json' } & JsonProblem)
  | {
      readonly ok: false
      readonly problem: 'encoding'
      /** UTF-16 offset into the text. */
      readonly position: number
      readonly detail: EncodingProblemCode
    }

/** Numbers that are sent as the nearest float, since no float has all their digits. */
export interface Rounded {
  readonly count: number
  /** Of the first one. */
  readonly position: number
}

const writers = { cbor: writeCbor, messagePack: writeMessagePack, sparkplug: writeSparkplug } as const

/**
 * The bytes of a JSON text in an encoding. Integers keep every digit (RFC 8949 §3.4.3; MessagePack has none beyond 64 bits), and
 * an object `{"$hex": "00ff"}` or `{"$base64": "AP8="}` stands for bytes.
 */
export const encodeJson = (text: string, encoding: Encoding): EncodedJson => encodeWith(text, writers[encoding])

type Write = (out: ByteWriter, value: WrittenValue, onRounded: (position: number) => void) => void

/** What `write` makes of a JSON text, or what is wrong with it. What else is thrown goes to the caller. */
export const encodeWith = (text: string, write: Write): EncodedJson => {
  const out = createByteWriter()
  let count = 0
  let first = 0
  try {
    write(out, readWritten(text), (position) => {
      if (count === 0) first = position
      count += 1
    })
    return { ok: true, bytes: out.finish(), rounded: count === 0 ? null : { count, position: first } }
  } catch (error) {
    if (error instanceof NoJson) return { ok: false, problem: 'json', ...error.problem }
    if (!(error instanceof EncodingFault)) throw error
    return { ok: false, problem: 'encoding', position: error.position, detail: error.detail }
  }
}
