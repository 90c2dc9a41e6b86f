import { z } from 'zod'
import { publishRequestSchema, type MadeMessage } from '#shared/model/publish'
import { qosSchema } from '#shared/model/qos'
import { encodeUtf8 } from '#shared/mqtt/utf8'
import type { RecordedProblem } from './row'

/** A message as it was recorded. */
export interface RecordedMessage {
  readonly message: MadeMessage
  /** When it came, in milliseconds since 1970. */
  readonly at: number
}

export type RecordedLine = RecordedMessage | { readonly problem: RecordedProblem; readonly detail: string }

/** What a line of JSON says: of Topicscope's export of messages, with keys of mosquitto or the earlier ones, or of `mosquitto_sub -F %j`. */
export const readRecordedLine = (value: unknown): RecordedLine => {
  const isMosquitto = typeof value === 'object' && value !== null && 'tst' in value
  const parsed = isMosquitto ? mosquittoLine.safeParse(value) : exportedLine.safeParse(value)
  if (!parsed.success) return noMessage('notAMessage', fieldOf(parsed.error))
  return 'tst' in parsed.data ? fromMosquitto(parsed.data) : fromExport(parsed.data)
}

const encodedSchema = z.object({ encoding: z.enum(['utf8', 'base64']), text: z.string() })

const exportedLine = z.object({
  time: z.string(),
  topic: z.string(),
  qos: qosSchema,
  retain: z.boolean(),
  copy: z.boolean().default(false),
  payloadIsWhole: z.boolean().default(true),
  payloadBytes: z.number().optional(),
  encoding: encodedSchema.shape.encoding,
  payload: z.string(),
  properties: z.looseObject({ correlationData: encodedSchema.optional() }).nullish(),
})

const mosquittoLine = z.object({
  tst: z.string(),
  topic: z.string(),
  qos: qosSchema,
  retain: z.union([z.boolean(), z.literal(0), z.literal(1)]),
  payloadlen: z.number(),
  copy: z.boolean().default(false),
  /** In the place of `payload`, where Topicscope wrote what is no text. */
  payload_base64: z.string().optional(),
  /** Other than a text: it was written with `%J`, as JSON that does not have the bytes that were sent. */
  payload: z.unknown().optional(),
  properties: z
    .looseObject({
      'payload-format-indicator': z.number().optional(),
      'message-expiry-interval': z.number().optional(),
      'content-type': z.string().optional(),
      'response-topic': z.string().optional(),
      'correlation-data': z.string().optional(),
      'correlation-data-base64': z.string().optional(),
      'user-properties': z
        .union([z.record(z.string(), z.string()), z.array(z.record(z.string(), z.string()))])
        .optional(),
    })
    .optional(),
})

const noMessage = (problem: RecordedProblem, detail = ''): RecordedLine => ({ problem, detail })

const bytesOf = ({ encoding, text }: z.infer<typeof encodedSchema>): Uint8Array =>
  encoding === 'utf8' ? encodeUtf8(text) : Uint8Array.from(Buffer.from(text, 'base64'))

const fromExport = (line: z.infer<typeof exportedLine>): RecordedLine => {
  // The broker sent it for another subscription as well; it was published once.
  if (line.copy) return noMessage('copy')
  if (!line.payloadIsWhole) return noMessage('notWhole')
  const payload = bytesOf({ encoding: line.encoding, text: line.payload })
  if (line.payloadBytes !== undefined && line.payloadBytes !== payload.length) return noMessage('payload')
  const { correlationData, ...properties } = line.properties ?? {}
  return checked(line, Date.parse(line.time), {
    payload,
    properties: { ...properties, ...(correlationData && { correlationData: bytesOf(correlationData) }) },
  })
}

const fromMosquitto = (line: z.infer<typeof mosquittoLine>): RecordedLine => {
  // The broker sent it for another subscription as well; it was published once.
  if (line.copy) return noMessage('copy')
  const text = line.payload ?? ''
  if (typeof text !== 'string') return noMessage('payload')
  const base64 = line.payload_base64
  const payload = base64 === undefined ? encodeUtf8(text) : bytesOf({ encoding: 'base64', text: base64 })
  // What is no text it writes in part.
  if (payload.length !== line.payloadlen) return noMessage('payload')
  const given = line.properties ?? {}
  const users = given['user-properties'] ?? []
  const data = given['correlation-data']
  const dataBase64 = given['correlation-data-base64']
  const properties = {
    payloadFormatIndicator: given['payload-format-indicator'],
    messageExpirySeconds: given['message-expiry-interval'],
    contentType: given['content-type'],
    responseTopic: given['response-topic'],
    correlationData:
      dataBase64 === undefined
        ? data === undefined
          ? undefined
          : encodeUtf8(data)
        : bytesOf({ encoding: 'base64', text: dataBase64 }),
    userProperties: (Array.isArray(users) ? users : [users]).flatMap((one) => Object.entries(one)),
  }
  // `2026-11-30T22:01:47.932876Z+0000`, with the microseconds and the offset written out.
  return checked(line, Date.parse(line.tst.replace(/Z?([+-]\d\d):?(\d\d)$/, '$1:$2')), { payload, properties })
}

interface Facts {
  readonly topic: string
  readonly qos: 0 | 1 | 2
  readonly retain: boolean | 0 | 1
}

const madeSchema = publishRequestSchema.omit({ connectionId: true })

const checked = (
  { topic, qos, retain }: Facts,
  at: number,
  rest: { readonly payload: Uint8Array; readonly properties: object },
): RecordedLine => {
  if (Number.isNaN(at)) return noMessage('time')
  const known = Object.entries(rest.properties).filter(
    ([name, value]) => sentProperties.has(name) && value !== undefined,
  )
  const properties = Object.fromEntries(known)
  const made = madeSchema.safeParse({ topic, qos, retain: Boolean(retain), payload: rest.payload, properties })
  if (made.success) return { message: made.data, at }
  const [field = ''] = made.error.issues[0]?.path ?? []
  return noMessage(field === 'topic' || field === 'payload' ? field : 'properties', fieldOf(made.error))
}

/** The others are of the delivery that was recorded, such as a Subscription Identifier. */
const sentProperties = new Set([
  'payloadFormatIndicator',
  'messageExpirySeconds',
  'contentType',
  'responseTopic',
  'correlationData',
  'userProperties',
])

const fieldOf = ({ issues }: z.ZodError): string => issues[0]?.path.join('.') ?? ''
