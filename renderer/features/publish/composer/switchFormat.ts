import type { UnreadableReason } from '#shared/encoding/byteReader'
import { jsonSentAs } from '#shared/encoding/decodedJson'
import { isEncoding, isSchemaFormat, textFromBytes } from '#shared/encoding/payloadInFormat'
import { payloadBytes, isSentAsText, type SchemaWriters } from '#shared/model/composing'
import type { PayloadFormat } from '#shared/model/publish'
import { isUtf8 } from '#shared/mqtt/utf8'
import type { Composed } from '../../../state/composerRequest'

/** `kept`: the payload could not be carried over, so text and format stay as they were. */
export type SwitchedFormat =
  | { readonly outcome: 'converted'; readonly message: Composed }
  | { readonly outcome: 'kept'; readonly reason: 'unreadable' | 'notText' | 'bySchema' | UnreadableReason }

/**
 * The same payload in another format. Hex and Base64 stand for bytes: from and to them, the bytes stay what they are. Between
 * the others the text stays, and the format says what is made of it.
 */
export const switchFormat = (message: Composed, format: PayloadFormat, writers?: SchemaWriters): SwitchedFormat => {
  if (message.format === format || (isTypedAsText(message.format) && isTypedAsText(format))) {
    return { outcome: 'converted', message: { ...message, format } }
  }
  const bytes = payloadBytes(message, writers)
  if (!bytes) return { outcome: 'kept', reason: 'unreadable' }
  const text = textOf(bytes, format)
  return 'reason' in text
    ? { outcome: 'kept', reason: text.reason }
    : { outcome: 'converted', message: { ...message, format, payload: text.text } }
}

/** Whether the editor's text is JSON or plain text, and does not spell bytes. */
const isTypedAsText = (format: PayloadFormat): boolean =>
  isSentAsText(format) || isEncoding(format) || isSchemaFormat(format)

const textOf = (bytes: Uint8Array, format: PayloadFormat) => {
  if (isEncoding(format)) {
    if (bytes.length === 0) return { text: '' }
    const json = jsonSentAs(bytes, format)
    return json.ok ? { text: json.text } : { reason: json.reason }
  }
  if (isSchemaFormat(format)) return bytes.length === 0 ? { text: '' } : { reason: 'bySchema' as const }
  if (isSentAsText(format) && !isUtf8(bytes)) return { reason: 'notText' as const }
  return { text: textFromBytes(bytes, format) }
}
