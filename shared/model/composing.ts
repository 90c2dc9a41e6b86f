import {
  bytesFromText,
  isSchemaFormat,
  type PayloadBytes,
  type PayloadTextProblem,
  type SchemaFormat,
  type SchemaWriter,
} from '#shared/encoding/payloadInFormat'
import { parseHex } from '#shared/mqtt/payloadText'
import { topicNameProblem, type TopicProblem } from '#shared/mqtt/topicFilter'
import { encodeUtf8 } from '#shared/mqtt/utf8'
import type { ComposedMessage, MadeMessage, PayloadFormat, PublishProperties } from './publish'
import { messageExpirySchema, mqttBytesProblem, mqttTextProblem, type MqttTextProblem } from './publishRules'

/** `position` is the UTF-16 offset into the payload's text to blame. */
export interface PayloadProblem {
  readonly code: PayloadTextProblem
  readonly position: number
  readonly detail: string
  /** Of a schema, the type, field or symbol that it is about. */
  readonly name?: string
}

/** What writes payloads of a topic by the schema that is bound to it; null = none of that format is. */
export type SchemaWriters = (topic: string, format: SchemaFormat) => SchemaWriter | null

const noWriters: SchemaWriters = () => null

type Payload = Pick<ComposedMessage, 'topic' | 'payload' | 'format'>

const bytesOf = ({ topic, payload, format }: Payload, writers: SchemaWriters) =>
  bytesFromText(payload, format, isSchemaFormat(format) ? writers(topic, format) : null)

/** A rule of MQTT strings and binary data, or text that stands for no value. */
export type PropertyProblemCode = MqttTextProblem | 'expiryRange' | 'correlationHex'

/** What keeps a message from being sent, by field; topics by the codes of topic names. */
export interface MessageProblems {
  readonly topic?: TopicProblem
  readonly payload?: PayloadProblem
  readonly contentType?: PropertyProblemCode
  readonly responseTopic?: TopicProblem
  readonly correlationData?: PropertyProblemCode
  readonly messageExpiry?: PropertyProblemCode
  /** By row. */
  readonly userProperties?: Readonly<Record<number, PropertyProblemCode>>
}

/** What is wrong with the payload's text in its format. JSON too: there it is a warning, since it can be sent. */
export const payloadProblem = (message: Payload, writers: SchemaWriters = noWriters): PayloadProblem | null => {
  if (message.format === 'text' || message.payload === '') return null
  const read = bytesOf(message, writers)
  return read.ok ? null : problemOf(read)
}

export const problemOf = ({ problem, position, detail = '', name }: Extract<PayloadBytes, { ok: false }>) => ({
  code: problem,
  position,
  detail,
  ...(name === undefined ? {} : { name }),
})

/**
 * The bytes a payload stands for, or null where its text stands for none in its format. Text that is not JSON is sent as typed: to
 * see how a receiver takes broken JSON is a fair test.
 */
export const payloadBytes = (message: Payload, writers: SchemaWriters = noWriters): Uint8Array | null => {
  if (isSentAsText(message.format)) return encodeUtf8(message.payload)
  const read = bytesOf(message, writers)
  return read.ok ? read.bytes : null
}

/** Everything that is wrong with a message; `payload` is absent for JSON, which is sent as typed. */
export const messageProblems = (message: ComposedMessage, writers: SchemaWriters = noWriters): MessageProblems =>
  withoutAbsent({
    topic: topicNameProblem(message.topic),
    payload: message.format === 'json' ? null : payloadProblem(message, writers),
    contentType: mqttTextProblem(message.contentType),
    responseTopic: message.responseTopic === '' ? null : topicNameProblem(message.responseTopic),
    correlationData: correlationProblem(message.correlationData),
    messageExpiry: expiryProblem(message.messageExpiry),
    userProperties: userPropertyProblems(message.userProperties),
  })

/** What a message without problems is sent as. */
export const composedPublish = (message: ComposedMessage, writers: SchemaWriters = noWriters): MadeMessage => ({
  topic: message.topic,
  payload: payloadBytes(message, writers) ?? new Uint8Array(),
  qos: message.qos,
  retain: message.retain,
  properties: propertiesOf(message),
})

/** Whether the payload is the editor's text itself; else the text says which bytes it is. */
export const isSentAsText = (format: PayloadFormat): boolean => format === 'text' || format === 'json'

const isFilled = ([key, value]: readonly [string, string]) => key !== '' || value !== ''

/** The properties a message carries; what was left empty is absent. */
const propertiesOf = (message: ComposedMessage): PublishProperties => {
  const userProperties = message.userProperties.filter(isFilled)
  const correlationData = parseCorrelationData(message.correlationData)
  return {
    ...(message.payloadFormatIndicator ? { payloadFormatIndicator: 1 as const } : {}),
    ...(message.contentType === '' ? {} : { contentType: message.contentType }),
    ...(message.responseTopic === '' ? {} : { responseTopic: message.responseTopic }),
    ...(message.correlationData === '' || !correlationData ? {} : { correlationData }),
    ...(message.messageExpiry.trim() === '' ? {} : { messageExpirySeconds: Number(message.messageExpiry) }),
    ...(userProperties.length === 0 ? {} : { userProperties }),
  }
}

const correlationProblem = (text: string): PropertyProblemCode | null => {
  const bytes = parseCorrelationData(text)
  return bytes ? mqttBytesProblem(bytes) : 'correlationHex'
}

const expiryProblem = (text: string): PropertyProblemCode | null => {
  const typed = text.trim()
  if (typed === '') return null
  return /^\d+$/.test(typed) && messageExpirySchema.safeParse(Number(typed)).success ? null : 'expiryRange'
}

const userPropertyProblems = (rows: ComposedMessage['userProperties']) => {
  const problems: Record<number, PropertyProblemCode> = {}
  for (const [row, [key, value]] of rows.entries()) {
    const problem = mqttTextProblem(key) ?? mqttTextProblem(value)
    if (problem) problems[row] = problem
  }
  return Object.keys(problems).length > 0 ? problems : undefined
}

const withoutAbsent = <Fields extends object>(fields: Fields) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value != null)) as {
    [Name in keyof Fields]?: NonNullable<Fields[Name]>
  }

const hexPrefix = /^0x/i

/** Bytes of correlation data (MQTT 5 §3.3.2.3.6): UTF-8 text, or hex pairs behind `0x`. null = broken hex. */
export const parseCorrelationData = (text: string): Uint8Array | null => {
  if (!hexPrefix.test(text)) return encodeUtf8(text)
  const parsed = parseHex(text.slice(2))
  return parsed.ok ? parsed.bytes : null
}
