import { z } from 'zod'
import { addedFields, optionalWhole, userPropertiesSchema } from './fieldSchemas'

/** How a secret that is sent as bytes stands in its field. */
export const secretFormats = ['text', 'hex', 'base64'] as const
export type SecretFormat = (typeof secretFormats)[number]

/** Properties of CONNECT beside the session expiry (MQTT 5 §3.1.2.11). */
export const connectPropertiesSchema = z.object(
  addedFields({
    /** How many PUBLISH with QoS 1 or 2 the server may send without waiting (§3.1.2.11.3). */
    receiveMaximum: optionalWhole(1, 65_535),
    /** The server drops what is larger without a word (§3.1.2.11.4). */
    maximumPacketSize: optionalWhole(1, 4_294_967_295),
    /** How many topic aliases the server may use towards us (§3.1.2.11.5). */
    topicAliasMaximum: optionalWhole(0, 65_535),
    /** §3.1.2.11.6. */
    requestResponseInformation: z.boolean().default(true),
    /** Off = the server sends reason strings and user properties with refusals only (§3.1.2.11.7). */
    requestProblemInformation: z.boolean().default(true),
    userProperties: userPropertiesSchema.default([]),
  }),
)
