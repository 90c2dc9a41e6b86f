import type { PayloadFormat } from '#shared/model/publish'
import { formatBase64, formatHex, parseBase64, parseHex, type ParsedBytes } from '#shared/mqtt/payloadText'
import { jsonProblem } from '#shared/mqtt/prettyJson'
import { decodeUtf8, encodeUtf8 } from '#shared/mqtt/utf8'
import type { EncodedBySchema } from './encodedBySchema'
import { encodeJson, type Encoding, type Rounded } from './encodedJson'

/** What stands in an editor and is bytes: its text itself, the bytes it spells, or what JSON is encoded to. */
type TextFormat = Exclude<PayloadFormat, Encoding | SchemaFormat>

/** What JSON is made into by a schema. */
export type SchemaFormat = 'protobuf' | 'avro'

/** Makes bytes of JSON by the schema that is bound to a topic. */
export type SchemaWriter = (text: string) => EncodedBySchema

export type PayloadTextProblem =
  | Extract<ParsedBytes, { ok: false }>['problem']
  | 'json'
  | 'encoding'
  | 'schema'
  | 'noSchema'

export type PayloadBytes =
  | { readonly ok: true; readonly bytes: Uint8Array; readonly rounded?: Rounded | null }
  | {
      readonly ok: false
      readonly problem: PayloadTextProblem
      /** UTF-16 offset into the text of the character to blame; the text's length when something is missing. */
      readonly position: number
      /** For JSON and encodings the code of what is wrong, else the character found; absent at the end. */
      readonly detail?: string
      /** Of a schema, what the problem is about. */
      readonly name?: string
    }

/**
 * What goes over the wire for a text in the format. JSON is checked and then sent exactly as typed. Without a writer, the formats
 * that need a schema have no bytes.
 */
export const bytesFromText = (
  text: string,
  format: PayloadFormat,
  writer: SchemaWriter | null = null,
): PayloadBytes => {
  switch (format) {
    case 'text':
      return { ok: true, bytes: encodeUtf8(text) }
    case 'json': {
      const problem = jsonProblem(text)
      return problem ? { ok: false, problem: 'json', ...problem } : { ok: true, bytes: encodeUtf8(text) }
    }
    case 'hex':
      return parseHex(text)
    case 'base64':
      return parseBase64(text)
    case 'cbor':
    case 'messagePack':
    case 'sparkplug':
      // Nothing typed is an empty payload in every format.
      return text === '' ? { ok: true, bytes: new Uint8Array() } : encodeJson(text, format)
    case 'protobuf':
    case 'avro':
      if (text === '') return { ok: true, bytes: new Uint8Array() }
      return writer ? writer(text) : { ok: false, problem: 'noSchema', position: 0 }
  }
}

/** The bytes in the format. Text and JSON show bytes that are not UTF-8 as U+FFFD; hex and Base64 lose nothing. */
export const textFromBytes = (bytes: Uint8Array, format: TextFormat): string => {
  switch (format) {
    case 'text':
    case 'json':
      return decodeUtf8(bytes)
    case 'hex':
      return formatHex(bytes)
    case 'base64':
      return formatBase64(bytes)
  }
}

/** Whether the payload is written in JSON and sent as what that is by a schema. */
export const isSchemaFormat = (format: PayloadFormat): format is SchemaFormat =>
  format === 'protobuf' || format === 'avro'

/** Whether the payload is written in JSON and sent as what that is encoded to. */
export const isEncoding = (format: PayloadFormat): format is Encoding =>
  format === 'cbor' || format === 'messagePack' || format === 'sparkplug'
