import { z } from 'zod'
import type { Result } from '#shared/result'
import { bytesSchema } from './bytes'
import { messageExpirySchema, mqttBytesSchema, mqttTextSchema, topicNameSchema } from './publishRules'
import { qosSchema, type ProtocolVersion } from './qos'

const userPropertySchema = z.tuple([z.string(), z.string()])

/** MQTT 5 PUBLISH properties a person sets (§3.3.2.3). Absent = not sent. */
const publishPropertiesSchema = z.object({
  payloadFormatIndicator: z.union([z.literal(0), z.literal(1)]).optional(),
  contentType: mqttTextSchema.optional(),
  responseTopic: topicNameSchema.optional(),
  correlationData: mqttBytesSchema.optional(),
  messageExpirySeconds: messageExpirySchema.optional(),
  userProperties: z.array(z.tuple([mqttTextSchema, mqttTextSchema])).optional(),
})
export type PublishProperties = z.infer<typeof publishPropertiesSchema>

/** A file of the person's on disk, chosen in the system's dialog. The window knows it by its token and never by its path. */
export interface PayloadFile {
  readonly token: string
  readonly name: string
  /** Bytes. */
  readonly size: number
  /** Milliseconds since 1970. */
  readonly modifiedAt: number
}
export const fileTokenSchema = z.string().min(1).max(64)

/** The library is one file that is written whole, so it holds no larger payloads. */
export const largestSavedPayload = 256 * 1024

/** What can be sent, but for what depends on the connection: its version and the server's limits. */
export const publishRequestSchema = z.object({
  connectionId: z.string(),
  topic: topicNameSchema,
  payload: bytesSchema,
  qos: qosSchema,
  retain: z.boolean(),
  properties: publishPropertiesSchema,
})
export type PublishRequest = z.infer<typeof publishRequestSchema>
/** A message that is ready to be sent, over whatever connection. */
export type MadeMessage = Omit<PublishRequest, 'connectionId'>

/** A message whose payload is read from a file when it is sent. */
export const publishFileRequestSchema = publishRequestSchema
  .omit({ payload: true })
  .extend({ fileToken: fileTokenSchema })
export type PublishFileRequest = z.infer<typeof publishFileRequestSchema>

/** What became of a publish: for QoS 0 written to the socket, for 1 and 2 completed by the broker with its reason code. */
export interface PublishReceipt {
  readonly sequence: number
  /** Before MQTT 5 always 0: there is none on the wire. */
  readonly reasonCode: number
  readonly protocolVersion: ProtocolVersion
  readonly milliseconds: number
}

/** A message that was read from its file and given to the session. */
export interface PublishedFile {
  /** As it was read. */
  readonly file: PayloadFile
  /** What was read; null = over `largestSavedPayload`. */
  readonly kept: Uint8Array | null
  readonly delivery: Result<PublishReceipt>
}

export const payloadFormats = [
  'text',
  'json',
  'hex',
  'base64',
  'cbor',
  'messagePack',
  'sparkplug',
  'protobuf',
  'avro',
] as const
const payloadFormatSchema = z.enum(payloadFormats)
export type PayloadFormat = z.infer<typeof payloadFormatSchema>

/** As typed. A text that is too long for MQTT is complained about when it is sent. */
const typedTextSchema = z.string().max(2 * 65_535)
/** `largestSavedPayload` bytes as hex with a space behind each. */
const longestSavedText = 3 * largestSavedPayload

/** A message as it stands in the composer: the payload is the text of the editor in its format. */
export const composedMessageSchema = z.object({
  topic: typedTextSchema,
  payload: z.string().max(longestSavedText),
  format: payloadFormatSchema,
  qos: qosSchema,
  retain: z.boolean(),
  contentType: typedTextSchema,
  responseTopic: typedTextSchema,
  /** UTF-8 text, or hex pairs behind a leading `0x`. */
  correlationData: z.string().max(4 * 65_535),
  /** '' or whole seconds as typed. */
  messageExpiry: z.string().max(100),
  userProperties: z.array(userPropertySchema),
  /** True = say that the payload is UTF-8 text (payload format indicator 1). */
  payloadFormatIndicator: z.boolean().optional(),
  /** True = its texts are templates, which are filled in for each message; else `{{` is sent as it is. */
  isTemplate: z.boolean().optional(),
})
export type ComposedMessage = z.infer<typeof composedMessageSchema>

/** What a message is before anything of it is typed. */
export const emptyMessage: ComposedMessage = {
  topic: '',
  payload: '',
  format: 'text',
  qos: 0,
  retain: false,
  contentType: '',
  responseTopic: '',
  correlationData: '',
  messageExpiry: '',
  userProperties: [],
}

/** A named message as it stood in the library before there were collections. */
export const savedMessageSchema = z.object({
  id: z.string().min(1).max(64),
  name: z.string().trim().min(1).max(200),
  folder: z.string().max(200),
  message: composedMessageSchema,
})
export type SavedMessage = z.infer<typeof savedMessageSchema>

export const sentMessageSchema = z.object({ sentAt: z.number(), message: composedMessageSchema })
export type SentMessage = z.infer<typeof sentMessageSchema>

/** The last messages that were sent on each connection, newest first. */
export const publishLibrarySchema = z.object({ history: z.record(z.string(), z.array(sentMessageSchema)) })
export type PublishLibrary = z.infer<typeof publishLibrarySchema>
export const emptyPublishLibrary: PublishLibrary = { history: {} }
