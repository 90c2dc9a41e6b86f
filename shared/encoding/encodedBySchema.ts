import type { ByteWriter } from './byteWriter'
import { encodeWith, type EncodedJson } from './encodedJson'
import { SchemaFault, type SchemaProblemCode } from './schemaFault'
import type { WrittenValue } from './writtenValue'

/** Bytes made of a JSON text by a schema, or what is wrong with the text. */
export type EncodedBySchema =
  | EncodedJson
  | {
      readonly ok: false
      readonly problem: 'schema'
      /** UTF-16 offset into the text. */
      readonly position: number
      readonly detail: SchemaProblemCode
      readonly name: string
    }

/** Where a value is written to. */
export interface Output {
  readonly out: ByteWriter
  /** Told where a number lost digits. */
  readonly onRounded: (position: number) => void
}

export const encodeBySchema = (text: string, write: (to: Output, value: WrittenValue) => void): EncodedBySchema => {
  try {
    return encodeWith(text, (out, value, onRounded) => write({ out, onRounded }, value))
  } catch (error) {
    if (!(error instanceof SchemaFault)) throw error
    return { ok: false, problem: 'schema', position: error.position, detail: error.detail, name: error.about }
  }
}
