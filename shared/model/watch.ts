import { z } from 'zod'
import { profileIdSchema } from './profile'

export const watchLimits = { watches: 200, rules: 20 } as const

/** What of a watched value a person wants to hear of. */
const watchRuleSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('above'), limit: z.number() }),
  z.object({ kind: z.literal('below'), limit: z.number() }),
  z.object({ kind: z.literal('outside'), low: z.number(), high: z.number() }),
  z.object({ kind: z.literal('changed') }),
  /** No message for so long while the connection is online. */
  z.object({ kind: z.literal('silent'), seconds: z.number().min(1).max(31_536_000) }),
  /** The payload does not conform to the schema that a payload rule binds to the topic. */
  z.object({ kind: z.literal('schema') }),
  /** The message passes a query of the log (build/docs/query.md). */
  z.object({ kind: z.literal('query'), query: z.string().min(1).max(10_000) }),
])
export type WatchRule = z.infer<typeof watchRuleSchema>
export const watchRuleKinds = [
  'above',
  'below',
  'outside',
  'changed',
  'silent',
  'schema',
  'query',
] as const satisfies readonly WatchRule['kind'][]

/** A value that is looked at across connections: one of a topic's JSON payloads, or all of the payload (an empty path). */
export const watchSchema = z.looseObject({
  id: z.string().min(1).max(64),
  connectionId: profileIdSchema,
  topic: z.string().min(1).max(65_535),
  path: z.array(z.union([z.string().max(65_535), z.number().int().min(0)])).max(200),
  /** '' = topic and path are its name. */
  name: z.string().max(200),
  /** '' = what stands behind the number, as in `23,5 °C`. */
  unit: z.string().max(40),
  rules: z.array(watchRuleSchema).max(watchLimits.rules),
})
export type Watch = z.infer<typeof watchSchema>

/** What the system shows beside the window. A click on it brings the window and the message to the front. */
export const alertSchema = z.object({
  /** Of one watch not more than one in a while is shown. */
  watchId: z.string().min(1).max(64),
  title: z.string().max(300),
  body: z.string().max(1_000),
  connectionId: profileIdSchema,
  /** Null = it tells of no message. */
  sequence: z.number().int().min(1).nullable(),
})
export type Alert = z.infer<typeof alertSchema>
