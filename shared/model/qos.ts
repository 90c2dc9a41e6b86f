import { z } from 'zod'

/** Quality of Service, MQTT 5 §4.3. */
export const qosSchema = z.union([z.literal(0), z.literal(1), z.literal(2)])
export type Qos = z.infer<typeof qosSchema>

/** The three wire protocols, by the names people know them under. */
export const protocolVersionSchema = z.enum(['5', '3.1.1', '3.1'])
export type ProtocolVersion = z.infer<typeof protocolVersionSchema>
