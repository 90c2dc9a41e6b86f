import { z } from 'zod'
import { bytesFromText } from '#shared/encoding/payloadInFormat'
import { topicNameProblem } from '#shared/mqtt/topicFilter'
import { parseCorrelationData } from './composing'
import { addedFields, optionalWhole, pathSchema, userPropertiesSchema } from './fieldSchemas'
import { mqttBytesProblem, mqttTextProblem } from './publishRules'
import { qosSchema } from './qos'

const longestIdleText = 2 ** 20
const idleText = z.string().max(longestIdleText, 'tooLong')

/** How the payload stands in the form; `file` = it is what that file holds when it is connected. */
export const willFormats = ['text', 'json', 'hex', 'base64', 'cbor', 'messagePack', 'sparkplug', 'file'] as const
export type WillFormat = (typeof willFormats)[number]

/** What MQTT 5 §3.3.2.3.2 lets a will say of its payload; `unsaid` = it is not sent. */
export const payloadIndicators = ['unsaid', '0', '1'] as const

const addedWillFields = addedFields({
  payloadFormat: z.enum(willFormats).default('text'),
  payloadFile: pathSchema.default(''),
  /** MQTT 5 §3.1.3.2.2: null and 0 mean the same to a server, and are not the same packet. */
  delaySeconds: optionalWhole(0, 4_294_967_295),
  /** MQTT 5 §3.1.3.2.4. */
  expirySeconds: optionalWhole(0, 4_294_967_295),
  payloadIndicator: z.enum(payloadIndicators).default('unsaid'),
  contentType: z.string().max(longestIdleText, 'tooLong').default(''),
  responseTopic: z.string().max(longestIdleText, 'tooLong').default(''),
  /** UTF-8 text, or hex pairs behind a leading `0x`. */
  correlationData: z.string().max(longestIdleText, 'tooLong').default(''),
  userProperties: userPropertiesSchema.default([]),
})

/** What the broker publishes when the connection ends without DISCONNECT (MQTT 5 §3.1.2.5). */
export const willSchema = z
  .object({
    enabled: z.boolean(),
    // One that is off may wait for its correction, within reason.
    topic: idleText,
    payload: idleText,
    qos: qosSchema,
    retain: z.boolean(),
    ...addedWillFields,
  })
  .superRefine((will, context) => {
    if (!will.enabled) return
    for (const [field, message] of Object.entries(willProblems(will)))
      if (message !== null) context.addIssue({ code: 'custom', path: [field], message })
  })
export type WillSettings = z.infer<typeof willSchema>

/** None. */
export const noWill: WillSettings = {
  enabled: false,
  topic: '',
  payload: '',
  qos: 0,
  retain: false,
  ...z.object(addedWillFields).parse({}),
}

/** The bytes of a payload that stands in the profile; null where its text spells none in its format. */
export const willPayloadBytes = ({ payload, payloadFormat }: WillSettings): Uint8Array | null => {
  if (payloadFormat === 'file') return new Uint8Array()
  const read = bytesFromText(payload, payloadFormat)
  return read.ok ? read.bytes : null
}

const willProblems = (will: WillSettings): Readonly<Record<string, string | null>> => ({
  topic: topicNameProblem(will.topic)?.code ?? null,
  payload: payloadProblem(will),
  payloadFile: will.payloadFormat === 'file' && will.payloadFile === '' ? 'required' : null,
  contentType: mqttTextProblem(will.contentType),
  responseTopic: will.responseTopic === '' ? null : (topicNameProblem(will.responseTopic)?.code ?? null),
  correlationData: correlationProblem(will.correlationData),
})

const payloadProblem = (will: WillSettings): string | null => {
  const bytes = willPayloadBytes(will)
  return bytes ? mqttBytesProblem(bytes) : 'notInFormat'
}

const correlationProblem = (text: string): string | null => {
  const bytes = parseCorrelationData(text)
  return bytes ? mqttBytesProblem(bytes) : 'correlationHex'
}
