import { z } from 'zod'
import { mqttStringSchema, optionalWhole, userPropertiesSchema } from './fieldSchemas'

/**
 * The reason codes that a client may give (MQTT 5 §3.14.2.1), the usual one first. With 0x00 the server does not publish the
 * will; with every other code it does.
 */
export const farewellCodes = [
  0x00, 0x04, 0x80, 0x81, 0x82, 0x83, 0x90, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99,
] as const

/** How a connection is ended from here. */
export const farewellSchema = z.discriminatedUnion('kind', [
  /** The socket is closed and nothing is said, as where a network fails: the server publishes the will. */
  z.object({ kind: z.literal('drop') }),
  z.object({
    kind: z.literal('disconnect'),
    reasonCode: z.number().int().min(0).max(255),
    /** The rest is of MQTT 5 (§3.14.2.2). '' and null = not sent. */
    reasonString: mqttStringSchema,
    sessionExpirySeconds: optionalWhole(0, 4_294_967_295),
    userProperties: userPropertiesSchema,
  }),
])
export type Farewell = z.infer<typeof farewellSchema>

/** As a person who is done ends it. */
export const plainFarewell: Extract<Farewell, { kind: 'disconnect' }> = {
  kind: 'disconnect',
  reasonCode: 0,
  reasonString: '',
  sessionExpirySeconds: null,
  userProperties: [],
}
