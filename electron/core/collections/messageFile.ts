// Why it is so: build/docs/decisions/44-a-message-is-a-file.md
import { z } from 'zod'
import { bytesFromText, textFromBytes } from '#shared/encoding/payloadInFormat'
import type { DamageReason } from '#shared/model/collection'
import { composedMessageSchema, largestSavedPayload, payloadFormats, type ComposedMessage } from '#shared/model/publish'
import { qosSchema } from '#shared/model/qos'
import { decodeUtf8, isUtf8 } from '#shared/mqtt/utf8'

const currentVersion = 1

/** What one file says, and `extra`: what it says besides, which is written again as it came. */
export interface FiledMessage {
  /** '' = the file has none; then it is known by its path. */
  readonly id: string
  readonly name: string
  readonly order: number | null
  readonly shortcut: string
  readonly message: ComposedMessage
  readonly extra: ExtraKeys
}

export interface ExtraKeys {
  readonly ofMessage: Readonly<Record<string, unknown>>
  readonly ofProperties: Readonly<Record<string, unknown>>
}
export const noExtra: ExtraKeys = { ofMessage: {}, ofProperties: {} }

export interface MessageFileContent {
  readonly text: string
  /** What stands in the file beside it; null = there is none. */
  readonly bytes: Uint8Array | null
}

/** Why a file cannot be read. */
export interface Damage {
  readonly reason: DamageReason
  readonly detail: string
}

export type ReadMessage =
  | { readonly ok: true; readonly filed: FiledMessage; readonly payloadFile: string | null }
  | Unread
type Unread = { readonly ok: false; readonly damage: Damage }

const propertiesSchema = z.looseObject({
  payloadFormatIndicator: z.boolean().optional(),
  contentType: z.string().optional(),
  responseTopic: z.string().optional(),
  correlationData: z.string().optional(),
  messageExpiry: z.string().optional(),
  userProperties: z.array(z.tuple([z.string(), z.string()])).optional(),
})

/** One file. What may be left out has the value that a new message has. */
const fileSchema = z.looseObject({
  version: z.literal(currentVersion),
  id: z.string().max(100).optional(),
  name: z.string().trim().min(1).max(200),
  order: z.number().optional(),
  shortcut: z.string().max(100).optional(),
  topic: z.string(),
  qos: qosSchema.optional(),
  retain: z.boolean().optional(),
  isTemplate: z.boolean().optional(),
  properties: propertiesSchema.optional(),
  format: z.enum(payloadFormats).optional(),
  /** Lines, or one text. */
  payload: z.union([z.string(), z.array(z.string())]).optional(),
  /** A file beside this one with the bytes of the payload. */
  payloadFile: z.string().min(1).max(255).optional(),
})

/** The payload's bytes where its editor shows bytes and not text; null = it is a text, or cannot be read as bytes. */
const bytesOf = ({ format, payload, isTemplate }: ComposedMessage): Uint8Array | null => {
  if (isTemplate || payload === '' || (format !== 'hex' && format !== 'base64')) return null
  const parsed = bytesFromText(payload, format)
  return parsed.ok && parsed.bytes.length > 0 && parsed.bytes.length <= largestSavedPayload ? parsed.bytes : null
}

const propertiesOf = (message: ComposedMessage, { ofProperties }: ExtraKeys) => ({
  ...(message.payloadFormatIndicator && { payloadFormatIndicator: true }),
  ...(message.contentType !== '' && { contentType: message.contentType }),
  ...(message.responseTopic !== '' && { responseTopic: message.responseTopic }),
  ...(message.correlationData !== '' && { correlationData: message.correlationData }),
  ...(message.messageExpiry !== '' && { messageExpiry: message.messageExpiry }),
  ...(message.userProperties.length > 0 && { userProperties: message.userProperties }),
  ...ofProperties,
})

/**
 * A message as JSON that a person can read and git can merge: keys in one order, each line of its payload on a line of its own,
 * bytes in the file beside it. What has the value of a new message is left out.
 */
export const writeMessageFile = (filed: FiledMessage, payloadFile: string): MessageFileContent => {
  const { id, name, order, shortcut, message, extra } = filed
  const bytes = bytesOf(message)
  const properties = propertiesOf(message, extra)
  const content = {
    version: currentVersion,
    id,
    name,
    ...(order !== null && { order }),
    ...(shortcut !== '' && { shortcut }),
    topic: message.topic,
    qos: message.qos,
    retain: message.retain,
    ...(message.isTemplate && { isTemplate: true }),
    ...(Object.keys(properties).length > 0 && { properties }),
    format: message.format,
    ...(bytes ? { payloadFile } : { payload: message.payload.split('\n') }),
    ...extra.ofMessage,
  }
  return { text: `${JSON.stringify(content, null, 2)}\n`, bytes }
}

const damaged = (reason: DamageReason, detail = ''): Unread => ({ ok: false, damage: { reason, detail } })

/** The three markers that git leaves where two changes of the same lines met. */
const hasConflict = (text: string) =>
  /^<{7}(?: |\r?$)/m.test(text) && /^={7}\r?$/m.test(text) && /^>{7}(?: |\r?$)/m.test(text)

const parseJson = (text: string): { readonly value: unknown } | null => {
  try {
    return { value: JSON.parse(text.replace(/^\ufeff/, '')) }
  } catch {
    return null
  }
}

const isNewer = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  'version' in value &&
  typeof value.version === 'number' &&
  value.version > currentVersion

const fieldOf = ({ issues }: z.ZodError): string => issues[0]?.path.join('.') ?? ''

/** What a file says; where its payload stands in a file beside it, that is named and the payload is empty. */
export const readMessageFile = (bytes: Uint8Array): ReadMessage => {
  if (!isUtf8(bytes)) return damaged('notJson')
  const text = decodeUtf8(bytes)
  if (hasConflict(text)) return damaged('conflict')
  const json = parseJson(text)
  if (!json) return damaged('notJson')
  if (isNewer(json.value)) return damaged('newer')
  const parsed = fileSchema.safeParse(json.value)
  if (!parsed.success) return damaged('invalid', fieldOf(parsed.error))
  return filedFrom(parsed.data)
}

const filedFrom = (content: z.infer<typeof fileSchema>): ReadMessage => {
  const { version: _version, id = '', name, order = null, shortcut = '', payload = '', payloadFile, ...rest } = content
  const { topic, qos = 0, retain = false, isTemplate, format = 'text', properties = {}, ...ofMessage } = rest
  const { payloadFormatIndicator, contentType = '', responseTopic = '', ...more } = properties
  const { correlationData = '', messageExpiry = '', userProperties = [], ...ofProperties } = more
  const message = composedMessageSchema.safeParse({
    topic,
    payload: payloadFile === undefined ? (typeof payload === 'string' ? payload : payload.join('\n')) : '',
    format,
    qos,
    retain,
    contentType,
    responseTopic,
    correlationData,
    messageExpiry,
    userProperties,
    ...(payloadFormatIndicator && { payloadFormatIndicator }),
    ...(isTemplate && { isTemplate }),
  })
  if (!message.success) return damaged('invalid', fieldOf(message.error))
  const filed = { id, name, order, shortcut, message: message.data, extra: { ofMessage, ofProperties } }
  return { ok: true, filed, payloadFile: payloadFile ?? null }
}

/** The message with these bytes as its payload, as text where its file says so and they are. */
export const withPayloadBytes = (message: ComposedMessage, bytes: Uint8Array): ComposedMessage => {
  const { format: said } = message
  const isText = (said === 'text' || said === 'json') && isUtf8(bytes)
  const format = isText || said === 'hex' ? said : 'base64'
  return { ...message, format, payload: textFromBytes(bytes, format) }
}
