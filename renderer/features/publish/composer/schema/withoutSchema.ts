import { isSchemaFormat } from '#shared/encoding/payloadInFormat'
import { payloadBytes, type SchemaWriters } from '#shared/model/composing'
import { formatBase64 } from '#shared/mqtt/payloadText'
import { isTemplateDraft, type Draft } from '../draft'

/** The same draft with the bytes that its schema makes now: what main sends later knows no schemas. */
export const withoutSchema = <Kind extends Draft>(draft: Kind, writers: SchemaWriters): Kind => {
  const { message, file } = draft
  const bytes =
    isSchemaFormat(message.format) && !file && !isTemplateDraft(draft) ? payloadBytes(message, writers) : null
  return bytes ? { ...draft, message: { ...message, format: 'base64', payload: formatBase64(bytes) } } : draft
}
