import { z } from 'zod'
import { bytesSchema } from './bytes'
import { qosSchema, type ProtocolVersion } from './qos'

export const userPropertySchema = z.tuple([z.string(), z.string()])

/** MQTT 5 PUBLISH properties a person sets (§3.3.2.3). Absent = not sent. */
export const publishPropertiesSchema = z.object({
  payloadFormatIndicator: z.union([z.literal(0), z.literal(1)]).optional(),
  contentType: z.string().optional(),
  responseTopic: z.string().optional(),
  correlationData: bytesSchema.optional(),
  messageExpirySeconds: z.number().int().min(0).max(4_294_967_295).optional(),
  userProperties: z.array(userPropertySchema).optional(),
})
export type PublishProperties = z.infer<typeof publishPropertiesSchema>

export const publishRequestSchema = z.object({
  connectionId: z.string(),
  topic: z.string(),
  payload: bytesSchema,
  qos: qosSchema,
  retain: z.boolean(),
  properties: publishPropertiesSchema,
})
export type PublishRequest = z.infer<typeof publishRequestSchema>

/** What became of a publish: for QoS 0 written to the socket, for 1 and 2 completed by the broker with its reason code. */
export interface PublishReceipt {
  readonly sequence: number
  /** Before MQTT 5 always 0: there is none on the wire. */
  readonly reasonCode: number
  readonly protocolVersion: ProtocolVersion
  readonly milliseconds: number
}

export const payloadFormats = ['text', 'json', 'hex', 'base64'] as const
export const payloadFormatSchema = z.enum(payloadFormats)
export type PayloadFormat = z.infer<typeof payloadFormatSchema>

/** A message as it stands in the composer: the payload is the text of the editor in its format. */
export const composedMessageSchema = z.object({
  topic: z.string(),
  payload: z.string(),
  format: payloadFormatSchema,
  qos: qosSchema,
  retain: z.boolean(),
  contentType: z.string(),
  responseTopic: z.string(),
  /** UTF-8 text, or hex pairs behind a leading `0x`. */
  correlationData: z.string(),
  /** '' or whole seconds as typed. */
  messageExpiry: z.string(),
  userProperties: z.array(userPropertySchema),
  /** True = say that the payload is UTF-8 text (payload format indicator 1). */
  payloadFormatIndicator: z.boolean().optional(),
})
export type ComposedMessage = z.infer<typeof composedMessageSchema>

export const savedMessageSchema = z.object({
  id: z.string().min(1),
  name: z.string().trim().min(1).max(200),
  folder: z.string().max(200),
  message: composedMessageSchema,
})
export type SavedMessage = z.infer<typeof savedMessageSchema>

export const historyEntrySchema = z.object({ sentAt: z.number(), message: composedMessageSchema })
export type HistoryEntry = z.infer<typeof historyEntrySchema>

/** Named messages of all connections and the last sent ones of each, newest first. */
export const publishLibrarySchema = z.object({
  savedMessages: z.array(savedMessageSchema),
  history: z.record(z.string(), z.array(historyEntrySchema)),
})
export type PublishLibrary = z.infer<typeof publishLibrarySchema>
export const emptyPublishLibrary: PublishLibrary = { savedMessages: [], history: {} }
